using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using CitrixOps.Advisories;
using CitrixOps.Appliances;
using CitrixOps.Errors;
using CitrixOps.Indicators;
using CitrixOps.Investigation.Chains;
using CitrixOps.Investigation.Firewalls;
using CitrixOps.Investigation.Scanning;

namespace CitrixOps.Investigation;

/// <summary>Searches appliance sources for traces of exploitation and says per gateway what was found and what could not be seen.</summary>
public sealed class Investigator
{
    private readonly RuleSet _rules;
    private readonly AdvisoryCatalogue _catalogue;
    private readonly InvestigationOptions _options;
    private readonly DateTimeOffset _now;

    /// <summary>Creates an investigator.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="catalogue">Tells since when a CVE is exploited.</param>
    /// <param name="options">What to search for, and when.</param>
    /// <param name="now">The end of the window where nothing else gives one.</param>
    public Investigator(RuleSet rules, AdvisoryCatalogue catalogue, InvestigationOptions options, DateTimeOffset now)
    {
        _rules = rules.For(options.Cve);
        Matchers = new MatcherCache(_rules, options.EvaluateEverything);
        _catalogue = catalogue;
        _options = options;
        _now = now;
    }

    /// <summary>Searches sources. Findings go to the sink while the search runs.</summary>
    /// <param name="sources">The sources.</param>
    /// <param name="keepFindings">True to keep the findings in the results too.</param>
    /// <param name="sink">Where findings, progress and problems go.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>One investigation per gateway, in the order of the sources.</returns>
    public IReadOnlyList<Investigation> Search(IReadOnlyList<ApplianceSource> sources, bool keepFindings, IInvestigationSink sink, CancellationToken cancellationToken)
    {
        foreach (var cve in _rules.NotCovered(_options.Cve))
        {
            sink.Report(new Problem("CveNotCovered", ErrorKind.NotFound, $"No indicator of '{SafeText.FromText(cve, 40)}' is known here: nothing is searched for it.", cve, "Check the number. The indicators are listed in the module's data folder; without -Cve all of them are used."));
        }

        if (!_options.LineByLine && sources.Count == 1 && HeadSurvey.Of(sources[0], cancellationToken) is { } head)
        {
            var held = new HeldEvents(sink);
            try
            {
                var results = Search(sources, new[] { (sources[0], head.Facts) }, head, keepFindings, held, cancellationToken);
                held.Release();
                return results;
            }
            catch (HeadVoidException)
            {
                sources[0].Forget();
            }
        }

        return Search(sources, Surveys.Of(sources, _options.Threads, sink, cancellationToken), null, keepFindings, sink, cancellationToken);
    }

    private List<Investigation> Search(IReadOnlyList<ApplianceSource> sources, IReadOnlyList<(ApplianceSource Source, ApplianceFacts Facts)> surveyed, HeadSurvey? head, bool keepFindings, IInvestigationSink sink, CancellationToken cancellationToken)
    {
        var gateways = GatewayNames.Of(surveyed.Select(s => s.Facts), _options.GatewayName);
        var progress = new ProgressTally(sources, sink);
        var results = new List<Investigation>();
        using var flow = new SearchFlow(_options.Threads, cancellationToken);
        var searches = new List<GatewaySearch>();
        foreach (var (gateway, group) in FirewallSources.Group(surveyed.Select((s, i) => (s.Source, s.Facts, Gateway: gateways[i])).ToList(), _options, cancellationToken))
        {
            var search = new GatewaySearch(gateway, Matchers, Window(group.Select(g => g.Facts)), _options, keepFindings, sink);
            search.Prepare(group.Select(g => g.Source).ToArray());
            foreach (var (source, facts) in group)
            {
                search.Add(source, facts, flow, cancellationToken, head);
            }

            searches.Add(search);
        }

        foreach (var search in searches)
        {
            var clock = Stopwatch.StartNew();
            search.Search(flow, progress, cancellationToken);
            results.Add(search.Complete(clock.Elapsed));
        }

        AttackersOfMany.Tell(results);
        return results;
    }

    /// <summary>The window for a gateway with these facts.</summary>
    internal SearchWindow Window(IEnumerable<ApplianceFacts> facts) => SearchWindow.Of(_options, _rules, _catalogue, facts.Select(f => f.CollectedAt), _now);

    internal MatcherCache Matchers { get; }
}
