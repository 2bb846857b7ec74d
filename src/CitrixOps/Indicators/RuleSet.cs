using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
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

    /// <summary>What was not loaded, with place and reason.</summary>
    public IReadOnlyList<SkippedRule> Skipped { get; }

    /// <summary>Loads rules (<c>.yml</c>) and file indicators (<c>.json</c>) below folders. Names that begin with an underscore are templates.</summary>
    /// <param name="folders">The folders.</param>
    /// <param name="yaml">Reads YAML.</param>
    /// <returns>The set.</returns>
    public static RuleSet Load(IEnumerable<string> folders, IYamlReader yaml)
    {
        var indicators = new List<Indicator>(HeuristicCatalogue.All);
        var skipped = new List<SkippedRule>();
        var ids = new HashSet<string>(indicators.Select(i => i.Id), StringComparer.Ordinal);
        var origins = new Dictionary<Indicator, string>();
        foreach (var file in folders.SelectMany(Files))
        {
            try
            {
                foreach (var indicator in Read(file, yaml))
                {
                    origins[indicator] = file;
                    if (ids.Add(indicator.Id))
                    {
                        indicators.Add(indicator);
                    }
                    else
                    {
                        skipped.Add(new SkippedRule(file, 1, 1, $"the id '{indicator.Id}' is taken"));
                    }
                }
            }
            catch (RuleException e)
            {
                skipped.Add(new SkippedRule(file, e.Line, e.Column, e.Message));
            }
            catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
            {
                skipped.Add(new SkippedRule(file, 1, 1, e.Message));
            }
        }

        var logRules = indicators.OfType<LogRule>().ToList();
        foreach (var filter in indicators.OfType<RuleFilter>())
        {
            filter.Apply(logRules);
        }

        Connect(indicators, logRules, origins, skipped);
        return new RuleSet(indicators, skipped);
    }

    // a correlation that names a rule which is not there would never hit, and nobody would know
    private static void Connect(List<Indicator> indicators, List<LogRule> rules, Dictionary<Indicator, string> origins, List<SkippedRule> skipped)
    {
        foreach (var correlation in indicators.OfType<CorrelationRule>().ToList())
        {
            var missing = correlation.Rules.FirstOrDefault(name => !rules.Any(r => r.Id == name || r.SigmaId == name));
            if (missing is not null)
            {
                skipped.Add(new SkippedRule(origins[correlation], 1, 1, $"the correlation names '{missing}', which is no log rule that was loaded"));
                indicators.Remove(correlation);
            }
            else if (correlation.Generate is { } generate)
            {
                foreach (var rule in rules.Where(r => correlation.Rules.Contains(r.Id) || correlation.Rules.Contains(r.SigmaId)))
                {
                    rule.Reports = generate;
                }
            }
        }
    }

    /// <summary>The part that concerns some CVEs. Indicators without a CVE always belong to it.</summary>
    /// <param name="cve">The CVEs; empty means all.</param>
    public RuleSet For(IReadOnlyCollection<string> cve)
    {
        bool Concerns(Indicator i) => cve.Count == 0 || i.Cve.Count == 0 || i.Cve.Any(c => cve.Contains(c, StringComparer.OrdinalIgnoreCase));
        return new RuleSet(All.Where(Concerns).ToList(), Skipped.ToList());
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
    public RuleSet OfCampaigns(IReadOnlyCollection<string> campaigns) => campaigns.Count == 0 ? this : new RuleSet(
        All.Where(i => i.Campaigns.Any(c => campaigns.Contains(c, StringComparer.OrdinalIgnoreCase))).ToList(),
        Skipped.ToList());

    /// <summary>The campaigns that the indicators belong to, in ordinal order.</summary>
    public IReadOnlyList<string> Campaigns => All.SelectMany(i => i.Campaigns).Distinct(StringComparer.Ordinal).OrderBy(c => c, StringComparer.Ordinal).ToArray();

    /// <summary>How many indicators there are.</summary>
    public int Count => LogRules.Count + Correlations.Count + FileIndicators.Count + Heuristics.Count;

    /// <summary>The rules for a log type, compiled.</summary>
    /// <param name="logType">The log type.</param>
    public LogMatcher MatcherFor(string logType) => new(logType, LogRules.Where(r => r.LogTypes.Contains(logType)));

    /// <summary>The file indicators, compiled.</summary>
    public FileMatcher FileMatcher() => new(FileIndicators);

    private IEnumerable<Indicator> All => LogRules.Concat<Indicator>(Correlations).Concat(FileIndicators).Concat(Heuristics);

    private static IEnumerable<string> Files(string folder) => File.Exists(folder) ? new[] { folder } : Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".yml" or ".yaml" or ".json" && Path.GetFileName(f)[0] != '_')
            .OrderBy(f => f, StringComparer.Ordinal)
        : Enumerable.Empty<string>();

    private static IEnumerable<Indicator> Read(string file, IYamlReader yaml)
    {
        var text = File.ReadAllText(file);
        return Path.GetExtension(file) == ".json"
            ? IndicatorFile.Read(text)
            : yaml.Read(text).Select(d => SigmaReader.Read(d, Path.GetFileNameWithoutExtension(file))).ToList();
    }
}
