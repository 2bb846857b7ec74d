using System;
using System.Runtime.CompilerServices;
using CitrixOps.Polyfills;

namespace CitrixOps.Logs.Times;

/// <summary>A minute that was read in full once: lines that repeat its bytes only tell their second.</summary>
internal sealed class KnownMinute
{
    /// <summary>The longest window that is remembered.</summary>
    public const int LongestWindow = 256;

    private readonly byte[] _bytes = new byte[LongestWindow];
    private readonly int[] _fixedStarts = new int[4];
    private readonly int[] _fixedLengths = new int[4];
    private int _parts;
    private StampWindow _window;
    private DateOrder _order;
    private long _ticks;
    private bool _known;

    /// <summary>The window of the line it was read from.</summary>
    public ref readonly StampWindow Window => ref _window;

    /// <summary>How far the times can be relied on.</summary>
    public TimeTrust Trust { get; private set; }

    /// <summary>Forgets it.</summary>
    public void Clear() => _known = false;

    /// <summary>Remembers a minute.</summary>
    /// <param name="bytes">The window's bytes.</param>
    /// <param name="window">The window.</param>
    /// <param name="ticks">The minute in UTC.</param>
    /// <param name="trust">How far it can be relied on.</param>
    /// <param name="order">The order of day and month that was known.</param>
    public void Set(ReadOnlySpan<byte> bytes, in StampWindow window, long ticks, TimeTrust trust, DateOrder order)
    {
        bytes.CopyTo(_bytes);
        (_window, _ticks, Trust, _order, _known, _parts) = (window, ticks, trust, order, true, 0);
        var from = 0;
        if (window.OtherSeconds >= 0)
        {
            from = Part(from, window.OtherSeconds) + 2;
        }

        from = Part(from, window.Seconds) + 2;
        if (window.FractionLength > 0)
        {
            from = Part(from, window.Fraction) + window.FractionLength;
        }

        Part(from, window.Length);
    }

    /// <summary>The time of a line that repeats the minute.</summary>
    /// <param name="line">The line.</param>
    /// <param name="start">Where its window begins.</param>
    /// <param name="order">The order of day and month that is known now.</param>
    /// <param name="ticks">The time in UTC.</param>
    [MethodImpl(Jit.AtOnce)]
    public bool TryRepeat(ReadOnlySpan<byte> line, int start, DateOrder order, out long ticks)
    {
        ticks = 0;
        if (!_known || order != _order || line.Length - start < _window.Length)
        {
            return false;
        }

        var text = line.Slice(start, _window.Length);
        for (var i = 0; i < _parts; i++)
        {
            if (!text.Slice(_fixedStarts[i], _fixedLengths[i]).SequenceEqual(new ReadOnlySpan<byte>(_bytes, _fixedStarts[i], _fixedLengths[i])))
            {
                return false;
            }
        }

        var second = Second(text, _window.Seconds);
        if (second > 60 || (_window.OtherSeconds >= 0 && Second(text, _window.OtherSeconds) > 60))
        {
            return false;
        }

        for (var i = 0; i < _window.FractionLength; i++)
        {
            if (!StampReader.IsDigit(text[_window.Fraction + i]))
            {
                return false;
            }
        }

        ticks = _ticks + (Math.Min(second, 59) * TimeSpan.TicksPerSecond);
        return true;
    }

    private static uint Second(ReadOnlySpan<byte> text, int at)
    {
        var tens = (uint)(text[at] - '0');
        var ones = (uint)(text[at + 1] - '0');
        return tens <= 9 && ones <= 9 ? (tens * 10) + ones : uint.MaxValue;
    }

    private int Part(int from, int to)
    {
        if (to > from)
        {
            _fixedStarts[_parts] = from;
            _fixedLengths[_parts++] = to - from;
        }

        return to;
    }
}
