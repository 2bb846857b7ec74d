using System.Collections.Generic;
using System.Linq;
using CitrixOps.Indicators;

namespace CitrixOps.Investigation;

/// <summary>
/// What the coverage does not answer. A log type is needed when a strong rule of the search reads it: without it, or with a hole in
/// it, a success could have gone unseen.
/// </summary>
internal static class CoverageLimits
{
    public static IReadOnlyList<string> Of(RuleSet rules, IReadOnlyList<NodeCoverage> nodes, IReadOnlyList<LogCoverage> coverage, SearchWindow window, bool sawFiles)
    {
        _ = sawFiles;
        var limits = new List<string>();
        if (window.Since is null)
        {
            limits.Add("No window could be set, so nothing can be covered: give -Since.");
        }

        var needed = rules.LogRules.Where(r => r.Grade == Grade.Strong && r.Outcome == Outcome.Success).SelectMany(r => r.LogTypes.Take(1)).Distinct().ToList();
        foreach (var node in nodes.Select(n => n.Node).Distinct())
        {
            var rows = coverage.Where(c => c.Node == node).ToList();
            foreach (var type in needed)
            {
                var logs = rows.Where(r => r.LogType == type).ToList();
                if (logs.Count == 0)
                {
                    limits.Add($"{node}: no {type} log was among what was searched.");
                }

                limits.AddRange(logs.Where(l => l.Covers != CoverageAnswer.True).Select(l => $"{node}: {l.Kind} {l.CoversReason}."));
            }
        }

        return limits;
    }
}
