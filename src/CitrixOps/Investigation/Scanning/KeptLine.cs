using CitrixOps.Logs;

namespace CitrixOps.Investigation.Scanning;

/// <summary>A line, or a record joined into one, that a rule matched or an observer wants.</summary>
internal struct KeptLine
{
    /// <summary>Lines before it in the block.</summary>
    public int LinesBefore;

    /// <summary>Bytes before it in the block.</summary>
    public int BytesBefore;

    /// <summary>Whether a time is known from the block itself.</summary>
    public bool HasTime;

    /// <summary>The time in UTC.</summary>
    public long Ticks;

    /// <summary>How far it can be relied on.</summary>
    public TimeTrust Trust;

    /// <summary>The time as written, of a line that has one of its own.</summary>
    public string? LoggedTime;

    /// <summary>True when the time as written is left to be read from the record: hardly anybody will ask.</summary>
    public bool StampInRecord;

    /// <summary>The record, parsed.</summary>
    public LogRecord Record;

    /// <summary>Where its rules begin in the block's list.</summary>
    public int FirstRule;

    /// <summary>How many rules match.</summary>
    public int RuleCount;

    /// <summary>Which observers want it.</summary>
    public uint Observers;
}
