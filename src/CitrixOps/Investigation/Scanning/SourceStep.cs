using System;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;
using CitrixOps.Appliances;
using CitrixOps.Errors;
using CitrixOps.Indicators.Files;

namespace CitrixOps.Investigation.Scanning;

/// <summary>Something a source led to, in its order: a problem, hits on a file, a failure, or (<see cref="FileRun"/>) a log.</summary>
internal class SourceStep
{
    /// <summary>The file concerned.</summary>
    public ApplianceFile? File { get; init; }

    /// <summary>What to report.</summary>
    public List<Problem> Problems { get; } = new();

    /// <summary>Indicators that the file fulfils.</summary>
    public IReadOnlyList<FileHit> Hits { get; init; } = Array.Empty<FileHit>();

    /// <summary>True for a log by its name, and for a step that is about no file.</summary>
    public bool IsLogByName { get; init; }

    /// <summary>What to throw when its turn comes.</summary>
    public ExceptionDispatchInfo? Failure { get; set; }
}
