using System;
using CitrixOps.Appliances;
using CitrixOps.Logs;

namespace CitrixOps.Investigation;

/// <summary>Where a line stands and when it was written.</summary>
internal struct LineContext
{
    public ApplianceFile File;
    public string Kind;
    public string Node;
    public long Number;
    public long Offset;
    public DateTimeOffset? Time;
    public TimeTrust TimeTrust;
    public string? LoggedTime;

    /// <summary>True when the time as written is left to be read from the record.</summary>
    public bool StampInRecord;

    public bool ShowSecret;
}
