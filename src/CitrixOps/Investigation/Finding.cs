using System;
using System.Collections.Generic;
using CitrixOps.Indicators;
using CitrixOps.Logs;

namespace CitrixOps.Investigation;

/// <summary>
/// One record or file that an indicator matched. Every text property is safe to print: control characters are shown as
/// escapes. The property names are part of the public interface.
/// </summary>
public sealed class Finding
{
    private static readonly char[] Separators = { '/', '\\' };

    /// <summary>When it happened, in UTC; null where no time can be given.</summary>
    public DateTimeOffset? Time { get; set; }

    /// <summary>The time as the log wrote it, or null.</summary>
    public string? LoggedTime { get; set; }

    /// <summary>How far <see cref="Time"/> can be relied on.</summary>
    public TimeTrust TimeTrust { get; set; } = TimeTrust.None;

    /// <summary>The gateway searched.</summary>
    public string Gateway { get; set; } = "";

    /// <summary>The node of the gateway.</summary>
    public string Node { get; set; } = "";

    /// <summary>The indicator that matched.</summary>
    public string IndicatorId { get; set; } = "";

    /// <summary>What it is, in one line.</summary>
    public string Title { get; set; } = "";

    /// <summary>The CVEs the indicator belongs to.</summary>
    public IReadOnlyList<string> Cve { get; set; } = Array.Empty<string>();

    /// <summary>Where in an intrusion it stands.</summary>
    public Phase Phase { get; set; }

    /// <summary>How much attention it deserves.</summary>
    public Severity Severity { get; set; }

    /// <summary>What one such finding proves.</summary>
    public Grade Grade { get; set; }

    /// <summary>What it shows.</summary>
    public Outcome Outcome { get; set; }

    /// <summary>The client address in the record, or null.</summary>
    public string? SourceAddress { get; set; }

    /// <summary>The file or archive on this machine.</summary>
    public string Source { get; set; } = "";

    /// <summary>The path inside the archive, or null.</summary>
    public string? Member { get; set; }

    /// <summary>1-based line number in the (decompressed) file; 0 for a finding about a whole file.</summary>
    public long LineNumber { get; set; }

    /// <summary>Byte offset of the line in the (decompressed) file; 0 for a finding about a whole file.</summary>
    public long Offset { get; set; }

    /// <summary>The record, cut to a readable length, control characters shown as escapes.</summary>
    public string Excerpt { get; set; } = "";

    /// <summary>What was concluded from many records, in a sentence or two; empty where the record speaks for itself.</summary>
    public string Reason { get; set; } = "";

    /// <summary>Identifies the record and the indicator: the same whenever the same record is searched, wherever it lies.</summary>
    public string Id { get; set; } = "";

    /// <summary>Findings with the same value rest on the same fact and never count as two independent ones.</summary>
    public string Independence { get; set; } = "";

    /// <summary>Where to look: file name and line (<c>httpaccess.log.2.gz:118</c>), for tables.</summary>
    public string Location
    {
        get
        {
            var path = Member ?? Source;
            var name = path.Substring(path.LastIndexOfAny(Separators) + 1);
            return LineNumber > 0 ? FormattableString.Invariant($"{name}:{LineNumber}") : name;
        }
    }

    /// <summary>A file that the attacker made, by which acts of different addresses can be told to belong together; null when none is named.</summary>
    internal string? Artefact { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"{IndicatorId} {Time:u} {Member ?? Source}:{LineNumber}";
}
