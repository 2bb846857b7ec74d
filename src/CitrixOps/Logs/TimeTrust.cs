namespace CitrixOps.Logs;

/// <summary>How far a record's UTC time can be relied on, best first.</summary>
public enum TimeTrust
{
    /// <summary>The line states date and year; its zone is stated by the line, by the configuration or by the caller.</summary>
    Stated,

    /// <summary>The zone is known as above; the year was inferred from the file's time or from neighbouring logs.</summary>
    YearInferred,

    /// <summary>Nothing names the zone: the vendor's default UTC was assumed.</summary>
    ZoneInferred,

    /// <summary>The line has no time of its own: it carries the time of the nearest line before (or after) it.</summary>
    Neighbour,

    /// <summary>No time could be given.</summary>
    None,
}
