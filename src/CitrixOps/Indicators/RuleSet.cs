using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Appliances.Sources;
using CitrixOps.Indicators.Files;
using CitrixOps.Indicators.Heuristics;
using CitrixOps.Indicators.Sigma;

namespace CitrixOps.Indicators;

/// <summary>All rules, correlations and file indicators of some folders and the built-in heuristics, and what could not be loaded of them.</summary>
public sealed class RuleSet
{
    private RuleSet(List<Indicator> indicators, List<SkippedRule> skipped)
    {
        LogRules = indicators.OfType<LogRule>().ToArray();
        Correlations = indicators.OfType<CorrelationRule>().ToArray();
        FileIndicators = indicators.OfType<FileIndicator>().ToArray();
        Heuristics = indicators.OfType<Heuristic>().ToArray();
        Skipped = skipped;
        Waiting = Array.Empty<SkippedRule>();
    }

    /// <summary>A set without rules.</summary>
    public static RuleSet Empty { get; } = new(new List<Indicator>(), new List<SkippedRule>());

    /// <summary>Rules over log lines.</summary>
    public IReadOnlyList<LogRule> LogRules { get; }

    /// <summary>Correlations over their hits.</summary>
    public IReadOnlyList<CorrelationRule> Correlations { get; }

    /// <summary>Indicators over files.</summary>
    public IReadOnlyList<FileIndicator> FileIndicators { get; }

    /// <summary>What is concluded from many records together; built in.</summary>
    public IReadOnlyList<Heuristic> Heuristics { get; }

    /// <summary>Optional rules whose placeholders have no values, with place and reason: they are not searched for.</summary>
    public IReadOnlyList<SkippedRule> Waiting { get; private init; }

    /// <summary>What was not loaded, with place and reason.</summary>
    public IReadOnlyList<SkippedRule> Skipped { get; }

    /// <summary>Loads rules (<c>.yml</c>) and file indicators (<c>.json</c>) below folders. Names that begin with an underscore are templates.</summary>
    /// <param name="folders">The folders, or files.</param>
    /// <param name="yaml">Reads YAML.</param>
    /// <param name="placeholders">Values of placeholders, besides those of files placeholders.yml in the folders; these count more.</param>
    /// <returns>The set.</returns>
    public static RuleSet Load(IEnumerable<string> folders, IYamlReader yaml, Placeholders? placeholders = null)
    {
        var loader = new RuleLoader(yaml);
        loader.Load(folders, placeholders ?? Placeholders.None);
        return new RuleSet(loader.Indicators, loader.Skipped) { Waiting = loader.Waiting };
    }

    /// <summary>The part that concerns some CVEs. Indicators without a CVE always belong to it.</summary>
    /// <param name="cve">The CVEs; empty means all.</param>
    public RuleSet For(IReadOnlyCollection<string> cve) => cve.Count == 0 ? this : Part(i => i.Cve.Count == 0 || i.Cve.Any(c => cve.Contains(c, StringComparer.OrdinalIgnoreCase)));

    // a correlation that stays needs the rules it correlates, which make no findings of their own then
    private RuleSet Part(Func<Indicator, bool> wanted)
    {
        var kept = All.Where(wanted).ToList();
        foreach (var inner in Needed(kept.OfType<CorrelationRule>().ToList()))
        {
            if (!kept.Contains(inner))
            {
                kept.Add(inner switch { LogRule rule => rule.Silent(), CorrelationRule correlation => correlation.Silent(), _ => inner });
            }
        }

        return new RuleSet(kept, Skipped.ToList()) { Waiting = Waiting };
    }

    private IEnumerable<Indicator> Needed(IReadOnlyList<CorrelationRule> correlations)
    {
        var names = new HashSet<string>(correlations.SelectMany(c => c.Rules), StringComparer.Ordinal);
        var inner = Correlations.Where(c => c.Names.Any(names.Contains)).ToList();
        return LogRules.Where(r => r.Names.Any(names.Contains)).Concat<Indicator>(inner).Concat(inner.Count > 0 ? Needed(inner) : Array.Empty<Indicator>()).Distinct().ToList();
    }

    /// <summary>The CVEs that the indicators belong to, in ordinal order.</summary>
    public IReadOnlyList<string> Cve => All.SelectMany(i => i.Cve).Distinct().OrderBy(c => c, StringComparer.Ordinal).ToArray();

    /// <summary>Those of some CVEs that no indicator belongs to: a search cannot say anything about them.</summary>
    /// <param name="cve">The CVEs.</param>
    public IReadOnlyList<string> NotCovered(IReadOnlyCollection<string> cve)
    {
        var known = Cve;
        return cve.Where(c => !known.Contains(c, StringComparer.OrdinalIgnoreCase)).ToArray();
    }

    /// <summary>The part that belongs to some campaigns.</summary>
    /// <param name="campaigns">The campaigns' names; empty means all.</param>
    public RuleSet OfCampaigns(IReadOnlyCollection<string> campaigns) => campaigns.Count == 0 ? this : Part(i => i.Campaigns.Any(c => campaigns.Contains(c, StringComparer.OrdinalIgnoreCase)));

    /// <summary>The campaigns that the indicators belong to, in ordinal order.</summary>
    public IReadOnlyList<string> Campaigns => All.SelectMany(i => i.Campaigns).Distinct(StringComparer.Ordinal).OrderBy(c => c, StringComparer.Ordinal).ToArray();

    /// <summary>How many indicators there are.</summary>
    public int Count => LogRules.Count + Correlations.Count + FileIndicators.Count + Heuristics.Count;

    /// <summary>The rules for a log type, compiled.</summary>
    /// <param name="logType">The log type.</param>
    public LogMatcher MatcherFor(string logType) => new(logType, LogRules.Where(r => r.LogTypes.Contains(logType)));

    /// <summary>The same without rules whose hits nobody would ever see or count.</summary>
    internal LogMatcher SearchedFor(string logType)
    {
        var counted = new HashSet<string>(Correlations.SelectMany(c => c.Rules), StringComparer.Ordinal);
        return new LogMatcher(logType, LogRules.Where(r => r.LogTypes.Contains(logType) && (r.IsShown || r.Names.Any(counted.Contains))));
    }

    /// <summary>The file indicators, compiled.</summary>
    /// <param name="limits">How much of one file is read at most; null for the ordinary bounds.</param>
    public FileMatcher FileMatcher(ReadLimits? limits = null) => new(FileIndicators, limits ?? new ReadLimits());

    private IEnumerable<Indicator> All => LogRules.Concat<Indicator>(Correlations).Concat(FileIndicators).Concat(Heuristics);
}
