using System;
using CitrixOps.Appliances;
using CitrixOps.Logs;

namespace CitrixOps.Investigation.Hunting;

/// <summary>A record that a conclusion can point to: where it stands and what it says, kept small.</summary>
internal sealed class Evidence
{
    private const int ExcerptLength = 240;

    public Evidence(LogRecord record, in LineContext context)
    {
        Context = context;
        Context.LoggedTime = context.LoggedTime;
        Excerpt = SafeText.Cell(SecretMask.Apply(SafeText.FromRecord(record.Raw, ExcerptLength), context.ShowSecret));
    }

    /// <summary>A place that no record describes: a file, or a line of one that was counted and not kept.</summary>
    public Evidence(ApplianceFile file, string node, long line, DateTimeOffset? time, TimeTrust trust, string excerpt)
    {
        Context = new LineContext { File = file, Node = node, Number = line, Time = time, TimeTrust = trust };
        Excerpt = SafeText.Cell(SafeText.FromText(excerpt));
    }

    public LineContext Context;

    public string Excerpt { get; }
}
