using System.Collections.Generic;
using System.Linq;
using CitrixOps.Indicators;
using CitrixOps.Logs;

namespace CitrixOps.Investigation;

/// <summary>
/// What the coverage does not answer. A log type is needed when a strong rule of the search reads it: without it, or with a hole in
/// it, a success could have gone unseen.
/// </summary>
internal static class CoverageLimits
{
    public static IReadOnlyList<string> Of(RuleSet rules, IReadOnlyCollection<string> cve, IReadOnlyList<NodeCoverage> nodes, IReadOnlyList<LogCoverage> coverage, SearchWindow window)
    {
        var limits = rules.NotCovered(cve).Select(c => $"No indicator of {c} is known here: nothing was searched for it.").ToList();
        if (window.Since is null)
        {
            limits.Add("No window could be set, so nothing can be covered: give -Since.");
        }

        var needed = rules.LogRules.Where(r => r.Grade == Grade.Strong && r.Outcome == Outcome.Success).SelectMany(r => r.LogTypes.Take(1))
            .Concat(rules.Heuristics.Where(h => h.Grade == Grade.Strong && h.Outcome == Outcome.Success).SelectMany(h => h.LogTypes)).Where(t => !LogTypes.IsFirewall(t)).Distinct().ToList();
        if (needed.Count == 0)
        {
            limits.Add("None of the rules can show a success in a log.");
        }

        var judged = nodes.Where(n => !n.IsBeside).ToList();
        foreach (var node in (judged.Count > 0 ? judged : nodes).Select(n => n.Node).Distinct())
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
