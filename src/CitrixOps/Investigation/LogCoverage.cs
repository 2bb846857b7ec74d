using System;
using System.Collections.Generic;

namespace CitrixOps.Investigation;

/// <summary>What the logs of one kind cover, and what they do not. The property names are part of the public interface.</summary>
public sealed class LogCoverage
{
    /// <summary>The gateway.</summary>
    public string Gateway { get; set; } = "";

    /// <summary>The node of the gateway.</summary>
    public string Node { get; set; } = "";

    /// <summary>The log, by the name of its live file without rotation (<c>httpaccess.log</c>).</summary>
    public string Kind { get; set; } = "";

    /// <summary>The log type (<see cref="Logs.LogTypes"/>).</summary>
    public string LogType { get; set; } = "";

    /// <summary>Time of the earliest record, UTC; null when no record has a time.</summary>
    public DateTimeOffset? First { get; set; }

    /// <summary>Time of the latest record, UTC; null when no record has a time.</summary>
    public DateTimeOffset? Last { get; set; }

    /// <summary>When the log was collected, UTC, where known: up to then silence means that nothing was logged.</summary>
    public DateTimeOffset? CollectedAt { get; set; }

    /// <summary>Lines read.</summary>
    public long Lines { get; set; }

    /// <summary>Lines without a time of their own and without a neighbour to take one from.</summary>
    public long LinesWithoutTime { get; set; }

    /// <summary>The files read, oldest first.</summary>
    public IReadOnlyList<string> Files { get; set; } = Array.Empty<string>();

    /// <summary>Stretches inside the log that no record covers, longer than this kind of log is ordinarily silent.</summary>
    public IReadOnlyList<CoverageGap> Gaps { get; set; } = Array.Empty<CoverageGap>();

    /// <summary>Rotation files that should be there and are not (<c>httpaccess.log.2.gz</c>).</summary>
    public IReadOnlyList<string> Missing { get; set; } = Array.Empty<string>();

    /// <summary>Files that could not be read or ended early, with the reason.</summary>
    public IReadOnlyList<string> Unreadable { get; set; } = Array.Empty<string>();

    /// <summary>How the times were resolved: zones, inferred years, and the lines that had neither.</summary>
    public IReadOnlyList<string> TimeNotes { get; set; } = Array.Empty<string>();

    /// <summary>Whether the log covers the window that was asked for; Unknown where there is no window or no time.</summary>
    public CoverageAnswer Covers { get; set; }

    /// <summary>Why <see cref="Covers"/> is what it is, in one sentence.</summary>
    public string CoversReason { get; set; } = "";

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {First:u} .. {Last:u} ({Covers})";
}
