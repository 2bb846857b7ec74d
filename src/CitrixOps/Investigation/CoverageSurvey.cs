using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CitrixOps.Appliances;
using CitrixOps.Indicators;
using CitrixOps.Investigation.Scanning;

namespace CitrixOps.Investigation;

/// <summary>Reads logs only for what they cover.</summary>
public static class CoverageSurvey
{
    /// <summary>Reads the logs of sources.</summary>
    /// <param name="sources">The sources.</param>
    /// <param name="options">Window, zone and names.</param>
    /// <param name="sink">Where progress and problems go.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>One row per gateway, node and log.</returns>
    public static IReadOnlyList<LogCoverage> Read(IReadOnlyList<ApplianceSource> sources, InvestigationOptions options, IInvestigationSink sink, CancellationToken cancellationToken)
    {
        var surveyed = Surveys.Of(sources, options.Threads, sink, cancellationToken);
        var gateways = GatewayNames.Of(surveyed.Select(s => s.Facts), options.GatewayName);
        var progress = new ProgressTally(sources, sink);
        var nothing = new MatcherCache(RuleSet.Empty, everything: false);
        var rows = new List<LogCoverage>();
        for (var i = 0; i < surveyed.Count; i++)
        {
            var (source, facts) = surveyed[i];
            var window = new SearchWindow(options.Since, options.Until ?? facts.CollectedAt ?? DateTimeOffset.MaxValue, "");
            using var flow = new SearchFlow(options.Threads, cancellationToken);
            var search = new GatewaySearch(gateways[i], nothing, window, options, keepFindings: false, sink);
            search.Add(source, facts, flow, cancellationToken);
            search.Search(flow, progress, cancellationToken);
            rows.AddRange(search.Complete(TimeSpan.Zero).Coverage);
        }

        return rows;
    }
}
