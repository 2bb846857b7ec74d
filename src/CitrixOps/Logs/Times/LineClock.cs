using System;
using System.Runtime.CompilerServices;
using CitrixOps.Polyfills;

namespace CitrixOps.Logs.Times;

/// <summary>
/// Reads the times of the lines of a block. A line that repeats one of the last two minutes only tells its second; any other is read in
/// full. The result is always that of reading it in full.
/// </summary>
internal sealed class LineClock
{
    private readonly ILogFormat _format;
    private readonly StampPlace? _place;
    private KnownMinute _last = new();
    private KnownMinute _other = new();
    private TimeResolver _resolver = new(null, null);

    public LineClock(ILogFormat format)
    {
        _format = format;
        _place = (format as IRepeatedStamp)?.Place;
    }

    /// <summary>Starts a block.</summary>
    /// <param name="resolver">Resolves its stamps.</param>
    public void Start(TimeResolver resolver)
    {
        _resolver = resolver;
        _last.Clear();
        _other.Clear();
    }

    /// <summary>The time of a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="ticks">The time in UTC.</param>
    /// <param name="trust">How far it can be relied on.</param>
    /// <returns>False when it has none.</returns>
    [MethodImpl(Jit.AtOnce)]
    public bool TryRead(ReadOnlySpan<byte> line, out long ticks, out TimeTrust trust)
    {
        if (_place is null)
        {
            return TryReadInFull(line, out ticks, out trust);
        }

        var start = _place.Start(line);
        if (start >= 0)
        {
            if (_last.TryRepeat(line, start, _resolver.Order, out ticks) && !_place.Disturbed(line, _last.Window))
            {
                trust = _last.Trust;
                return true;
            }

            if (_other.TryRepeat(line, start, _resolver.Order, out ticks) && !_place.Disturbed(line, _other.Window))
            {
                (_last, _other) = (_other, _last);
                trust = _last.Trust;
                return true;
            }
        }

        return TryReadInFull(line, out ticks, out trust, start);
    }

    private bool TryReadInFull(ReadOnlySpan<byte> line, out long ticks, out TimeTrust trust, int start = -1)
    {
        ticks = 0;
        trust = TimeTrust.None;
        if (!_format.TryReadStamp(line, out var stamp) || !_resolver.TryResolve(stamp, out var time, out trust))
        {
            return false;
        }

        ticks = time.UtcTicks;
        if (start >= 0 && _place!.TryDescribe(line, stamp, out var window) && window.Length <= KnownMinute.LongestWindow && _resolver.TryMinute(stamp, trust, out var minute))
        {
            (_last, _other) = (_other, _last);
            _last.Set(line.Slice(start, window.Length), window, minute, trust, _resolver.Order);
        }

        return true;
    }
}
