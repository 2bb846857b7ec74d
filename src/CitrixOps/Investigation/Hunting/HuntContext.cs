using System.Collections.Generic;
using System.Threading;
using CitrixOps.Appliances;
using CitrixOps.Errors;

namespace CitrixOps.Investigation.Hunting;

/// <summary>What an observer knows when it concludes.</summary>
internal sealed class HuntContext
{
    public HuntContext(FindingCollector collector, SearchWindow window, IReadOnlyList<LogCoverage> coverage, IReadOnlyList<ApplianceFacts> nodes, IReadOnlyList<NodeCoverage> logs, IProblemSink problems, CancellationToken cancellationToken)
    {
        Collector = collector;
        Window = window;
        Coverage = coverage;
        Nodes = nodes;
        Logs = logs;
        Problems = problems;
        CancellationToken = cancellationToken;
    }

    public FindingCollector Collector { get; }

    public SearchWindow Window { get; }

    public IReadOnlyList<LogCoverage> Coverage { get; }

    /// <summary>What is known of each node that was searched.</summary>
    public IReadOnlyList<ApplianceFacts> Nodes { get; }

    /// <summary>The logs of each node, file by file.</summary>
    public IReadOnlyList<NodeCoverage> Logs { get; }

    /// <summary>Told what could not be concluded for want of something.</summary>
    public IProblemSink Problems { get; }

    public CancellationToken CancellationToken { get; }

    /// <summary>What the reader should know besides findings.</summary>
    public List<string> Notes { get; } = new();
}
