using System.Collections.Generic;
using System.Linq;
using CitrixOps.Indicators;
using CitrixOps.Indicators.Heuristics;
using CitrixOps.Investigation.Chains;
using CitrixOps.Investigation.Firewalls;
using CitrixOps.Investigation.Sessions;
using CitrixOps.Investigation.Tampering;

namespace CitrixOps.Investigation.Hunting;

/// <summary>Every observer, once.</summary>
internal static class AllObservers
{
    /// <summary>The observers of one gateway; those of heuristics that are not searched for are left out.</summary>
    public static IReadOnlyList<LogObserver> Of(RuleSet rules, SearchWindow window, InvestigationOptions options, FindingCollector collector)
    {
        var observers = new List<LogObserver>();
        if (rules.Heuristics.Contains(SessionHeuristics.ManyUsers))
        {
            observers.Add(new SessionObserver(window));
        }

        if (rules.Heuristics.Contains(TraceHeuristics.LastCrashLine))
        {
            observers.Add(new CrashLineOrder());
            observers.Add(new PayloadResults(options));
        }

        if (rules.Heuristics.Count > 0)
        {
            observers.AddRange(new LogObserver[]
            {
                new MessageNumbers(window), new TwinLogs(), new ReturnCodes(window), new RotatedFiles(), new LogCopies(),
                new InwardTraffic(window, options), new NewFiles(window), collector.Administrators,
            });
        }

        return observers;
    }
}
