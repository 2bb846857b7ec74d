using System.Collections.Generic;
using CitrixOps.Appliances;

namespace CitrixOps.Investigation.Hunting;

/// <summary>What an observer knows when it concludes.</summary>
internal sealed class HuntContext
{
    public HuntContext(FindingCollector collector, SearchWindow window, IReadOnlyList<LogCoverage> coverage, IReadOnlyList<ApplianceFacts> nodes)
    {
        Collector = collector;
        Window = window;
        Coverage = coverage;
        Nodes = nodes;
    }

    public FindingCollector Collector { get; }

    public SearchWindow Window { get; }

    public IReadOnlyList<LogCoverage> Coverage { get; }

    /// <summary>What is known of each node that was searched.</summary>
    public IReadOnlyList<ApplianceFacts> Nodes { get; }
}
