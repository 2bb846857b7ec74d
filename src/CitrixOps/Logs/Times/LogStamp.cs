using System;

namespace CitrixOps.Logs.Times;

/// <summary>A time as a log line writes it: parts may be missing. A value type, read for every line without allocation.</summary>
public struct LogStamp
{
    /// <summary>Year, or 0 when the line states none.</summary>
    public int Year;

    /// <summary>Month, 1 to 12.</summary>
    public int Month;

    /// <summary>Day of the month, 1 to 31.</summary>
    public int Day;

    /// <summary>Hour, 0 to 24: some appliances write 24 for the first hour of the next day.</summary>
    public int Hour;

    /// <summary>Minute, 0 to 59.</summary>
    public int Minute;

    /// <summary>Second, 0 to 60.</summary>
    public int Second;

    /// <summary>True when the line states the zone.</summary>
    public bool HasOffset;

    /// <summary>Minutes east of UTC, when <see cref="HasOffset"/>.</summary>
    public int OffsetMinutes;

    /// <summary>What the line tells about the order of day and month.</summary>
    public DateOrder Order;

    /// <summary>Where the stamp starts in the line.</summary>
    public int Start;

    /// <summary>How many bytes it takes.</summary>
    public int Length;

    /// <summary>The stamp without its zone and, when it has none, in the given year.</summary>
    /// <param name="year">The year to use when the stamp has none.</param>
    /// <param name="time">The wall-clock time, kind Unspecified.</param>
    /// <returns>False when there is no such time (31 April, 29 February of an ordinary year).</returns>
    public readonly bool TryWallClock(int year, out DateTime time)
    {
        time = default;
        var y = Year != 0 ? Year : year;
        if (y is < 2 or > 9998 || Month is < 1 or > 12 || Day < 1 || Day > DateTime.DaysInMonth(y, Month) || Hour is < 0 or > 24 || Minute is < 0 or > 59 || Second is < 0 or > 60)
        {
            return false;
        }

        time = new DateTime(y, Month, Day).AddSeconds((Hour * 3600) + (Minute * 60) + Math.Min(Second, 59));
        return true;
    }
}
