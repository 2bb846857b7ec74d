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

    /// <summary>True once a stamp without a year was resolved.</summary>
    public bool InferredYear { get; private set; }

    /// <summary>True once a stamp was resolved whose zone nothing names.</summary>
    public bool AssumedUtc { get; private set; }

    /// <summary>Stamps that fell into the hour that a change of the clock skips or repeats: they may be an hour off.</summary>
    public long AtClockChange { get; private set; }

    /// <summary>Learns the order of day and month from a line that tells it, before or while the file is read.</summary>
    /// <param name="stamp">A stamp of the file.</param>
    public void Learn(in LogStamp stamp)
    {
        if (stamp.Order is DateOrder.DayFirst or DateOrder.MonthFirst)
        {
            _order = stamp.Order;
        }
    }

    /// <summary>Resolves a stamp.</summary>
    /// <param name="logged">The stamp.</param>
    /// <param name="time">The time in UTC.</param>
    /// <param name="trust">How far it can be relied on.</param>
    /// <returns>False when there is no such time.</returns>
    public bool TryResolve(in LogStamp logged, out DateTimeOffset time, out TimeTrust trust)
    {
        var stamp = logged;
        Learn(stamp);
        if (stamp.Order == DateOrder.Either && _order == DateOrder.DayFirst)
        {
            (stamp.Month, stamp.Day) = (stamp.Day, stamp.Month);
        }

        time = default;
        trust = TimeTrust.None;
        if (!TryWallClock(stamp, out var wall))
        {
            return false;
        }

        trust = stamp.Year != 0 ? TimeTrust.Stated : TimeTrust.YearInferred;
        InferredYear |= stamp.Year == 0;
        if (stamp.HasOffset)
        {
            time = new DateTimeOffset(wall.AddMinutes(-stamp.OffsetMinutes), TimeSpan.Zero);
            return true;
        }

        if (!_zoneKnown)
        {
            AssumedUtc = true;
            trust = TimeTrust.ZoneInferred;
            time = new DateTimeOffset(wall, TimeSpan.Zero);
            return true;
        }

        if (_zone.IsInvalidTime(wall) || _zone.IsAmbiguousTime(wall))
        {
            AtClockChange++;
        }

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
