using System;

namespace CitrixOps.Logs.Times;

/// <summary>
/// Turns the stamps of one log file into UTC. What the line does not state comes from the file: its zone from the configuration
/// or the caller (else UTC, the vendor's default), its year from the time the file was last written.
/// </summary>
public sealed class TimeResolver
{
    private readonly TimeZoneInfo _zone;
    private readonly bool _zoneKnown;
    private readonly DateTime _latest;
    private readonly bool _yearKnown;
    private DateOrder _order;
    private bool _learned;

    /// <summary>Creates a resolver for one file.</summary>
    /// <param name="zone">The zone of stamps that state none; null means nothing names it.</param>
    /// <param name="writtenAt">When the last line can have been written; null means unknown, and stamps without a year get no time.</param>
    public TimeResolver(TimeZoneInfo? zone, DateTimeOffset? writtenAt)
    {
        _zoneKnown = zone is not null;
        _zone = zone ?? TimeZoneInfo.Utc;
        _yearKnown = writtenAt is not null;

        // one day of slack for clocks that differ and zones that are wrong
        _latest = writtenAt is { } written ? TimeZoneInfo.ConvertTime(written, _zone).DateTime.AddDays(1) : DateTime.MaxValue;
    }

    private TimeResolver(TimeResolver other, DateOrder order) =>
        (_zone, _zoneKnown, _latest, _yearKnown, _order) = (other._zone, other._zoneKnown, other._latest, other._yearKnown, order);

    /// <summary>True once a stamp without a year was resolved.</summary>
    public bool InferredYear { get; private set; }

    /// <summary>True once a stamp was resolved whose zone nothing names.</summary>
    public bool AssumedUtc { get; private set; }

    /// <summary>Stamps that fell into the hour that a change of the clock skips or repeats: they may be an hour off.</summary>
    public long AtClockChange { get; private set; }

    /// <summary>The order of day and month as far as it is known.</summary>
    public DateOrder Order => _order;

    /// <summary>True once a stamp was resolved whose order only lines before it could tell, and none since the start did.</summary>
    internal bool UsedOrderGiven { get; private set; }

    /// <summary>A resolver for a part of the same file.</summary>
    /// <param name="order">The order that the lines before it told.</param>
    internal TimeResolver Fork(DateOrder order) => new(this, order);

    /// <summary>Takes over what the resolver of the next part noted.</summary>
    internal void Continue(TimeResolver part)
    {
        InferredYear |= part.InferredYear;
        AssumedUtc |= part.AssumedUtc;
        AtClockChange += part.AtClockChange;
        _order = part._learned ? part._order : _order;
    }

    /// <summary>Learns the order of day and month from a line that tells it, before or while the file is read.</summary>
    /// <param name="stamp">A stamp of the file.</param>
    public void Learn(in LogStamp stamp)
    {
        if (stamp.Order is DateOrder.DayFirst or DateOrder.MonthFirst)
        {
            _order = stamp.Order;
            _learned = true;
        }
    }

    /// <summary>Resolves a stamp.</summary>
    /// <param name="logged">The stamp.</param>
    /// <param name="time">The time in UTC.</param>
    /// <param name="trust">How far it can be relied on.</param>
    /// <returns>False when there is no such time.</returns>
    public bool TryResolve(in LogStamp logged, out DateTimeOffset time, out TimeTrust trust)
    {
        Learn(logged);
        UsedOrderGiven |= logged.Order == DateOrder.Either && !_learned;
        if (!TryConvert(logged, out time, out trust, out var changing))
        {
            return false;
        }

        InferredYear |= logged.Year == 0;
        AssumedUtc |= !logged.HasOffset && !_zoneKnown;
        AtClockChange += changing ? 1 : 0;
        return true;
    }

    /// <summary>The minute of a stamp that was resolved, when all its seconds are alike: neither the year nor the zone changes in it.</summary>
    internal bool TryMinute(in LogStamp logged, TimeTrust trust, out long ticks)
    {
        var stamp = logged;
        stamp.Second = 0;
        ticks = 0;
        if (!TryConvert(stamp, out var first, out var firstTrust, out var changing) || changing)
        {
            return false;
        }

        ticks = first.UtcTicks;
        stamp.Second = 59;
        return TryConvert(stamp, out var last, out var lastTrust, out changing) && !changing && firstTrust == trust && lastTrust == trust && last.UtcTicks - ticks == 59 * TimeSpan.TicksPerSecond;
    }

    private bool TryConvert(in LogStamp logged, out DateTimeOffset time, out TimeTrust trust, out bool changing)
    {
        var stamp = logged;
        if (stamp.Order == DateOrder.Either && _order == DateOrder.DayFirst)
        {
            (stamp.Month, stamp.Day) = (stamp.Day, stamp.Month);
        }

        time = default;
        trust = TimeTrust.None;
        changing = false;
        if (!TryWallClock(stamp, out var wall))
        {
            return false;
        }

        trust = !stamp.HasOffset && !_zoneKnown ? TimeTrust.ZoneInferred : stamp.Year != 0 ? TimeTrust.Stated : TimeTrust.YearInferred;
        if (stamp.HasOffset || !_zoneKnown)
        {
            time = new DateTimeOffset(wall.AddMinutes(-stamp.OffsetMinutes), TimeSpan.Zero);
            return true;
        }

        changing = _zone.IsInvalidTime(wall) || _zone.IsAmbiguousTime(wall);
        time = new DateTimeOffset(wall - _zone.GetUtcOffset(wall), TimeSpan.Zero);
        return true;
    }

    // the latest year that does not put the stamp after the file was written; 29 February waits for a leap year
    private bool TryWallClock(in LogStamp stamp, out DateTime wall)
    {
        if (stamp.Year != 0)
        {
            return stamp.TryWallClock(stamp.Year, out wall);
        }

        wall = default;
        if (!_yearKnown)
        {
            return false;
        }

        for (var year = _latest.Year; year > _latest.Year - 9 && year > 1; year--)
        {
            if (stamp.TryWallClock(year, out wall) && wall <= _latest)
            {
                return true;
            }
        }

        return false;
    }
}
