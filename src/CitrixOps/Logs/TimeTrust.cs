namespace CitrixOps.Logs;

/// <summary>How far a record's UTC time can be relied on, best first.</summary>
public enum TimeTrust
{
    /// <summary>The line states date, year and zone.</summary>
    Stated,

    /// <summary>The zone is known, the year was inferred from the file's time or from neighbouring logs.</summary>
    YearInferred,

    /// <summary>The zone was inferred (configuration, <c>-TimeZone</c>, or the vendor's default UTC).</summary>
    ZoneInferred,

    /// <summary>The line has no time of its own: it carries the time of the nearest line before (or after) it.</summary>
    Neighbour,

    /// <summary>No time could be given.</summary>
    None,
}
