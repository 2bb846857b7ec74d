using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using CitrixOps.Adapters.Archives;
using CitrixOps.Adapters.Yaml;
using CitrixOps.Advisories;
using CitrixOps.Appliances;
using CitrixOps.Appliances.Sources;
using CitrixOps.Benchmarks.Rules;
using CitrixOps.Indicators;
using CitrixOps.Investigation;

namespace CitrixOps.Benchmarks.Whole;

/// <summary>The search with everything that ships, as the cmdlet runs it: findings, coverage, verdict.</summary>
internal sealed class Engine
{
    private readonly RuleSet _rules;
    private readonly AdvisoryCatalogue _catalogue;
    private readonly HashSet<string> _counted;

    private Engine(RuleSet rules)
    {
        _rules = rules;
        _catalogue = AdvisoryCatalogue.Load(Path.Combine(Repository.Data, "advisories"), new FindingCount(new HashSet<string>()));
        _counted = rules.LogRules.Select(r => r.Id).Concat(rules.Correlations.Select(c => c.Id)).Where(i => !MutatedRules.IsMutated(i)).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>With the shipped rules, or so many times as many.</summary>
    public static Engine Load(int times = 1, int seed = 1) => new(times > 1 ? MutatedRules.Load(times, seed) : ShippedRules());

    /// <summary>The rules and indicators that ship.</summary>
    public static RuleSet ShippedRules() => RuleSet.Load(MutatedRules.Shipped, new YamlReader());

    /// <summary>How many rules and indicators it has.</summary>
    public int Rules => _rules.Count;

    /// <summary>How many of them are rules over log lines.</summary>
    public int LogRules => _rules.LogRules.Count;

    /// <summary>Searches once.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="filter">False to pass every line to every rule.</param>
    /// <param name="window">Start and end of the window; null for everything.</param>
    /// <exception cref="InvalidOperationException">Something could not be read, or nothing was covered.</exception>
    public SearchResult Search(IReadOnlyList<string> paths, bool filter = true, (DateTimeOffset Since, DateTimeOffset Until)? window = null)
    {
        var count = new FindingCount(_counted);
        var options = new InvestigationOptions { Since = window?.Since ?? new DateTimeOffset(2015, 1, 1, 0, 0, 0, TimeSpan.Zero), Until = window?.Until, EvaluateEverything = !filter };
        var clock = Stopwatch.StartNew();
        var sources = new ApplianceSources(new ArchiveReader(), new ReadLimits()).Open(paths, count, CancellationToken.None);
        var results = new Investigator(_rules, _catalogue, options, DateTimeOffset.UtcNow).Search(sources, keepFindings: true, count, CancellationToken.None);
        var elapsed = clock.Elapsed;
        if (results.Count == 0 || results.Any(r => r.Coverage.Count == 0 || r.Coverage.All(c => c.First is null)))
        {
            throw new InvalidOperationException("nothing was searched: " + string.Join(", ", paths));
        }

        return new SearchResult(elapsed, results.Sum(r => r.Bytes), results.Sum(r => r.Lines), count.Findings);
    }
}
