using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CitrixOps.Indicators.Heuristics;
using CitrixOps.Indicators.Sigma;

namespace CitrixOps.Indicators;

/// <summary>Reads the files of a rule set and joins what refers to each other: filters to rules, correlations to rules and correlations.</summary>
internal sealed class RuleLoader
{
    private readonly IYamlReader _yaml;
    private readonly HashSet<string> _ids;
    private readonly Dictionary<Indicator, string> _origins = new();

    public RuleLoader(IYamlReader yaml)
    {
        _yaml = yaml;
        Indicators = new List<Indicator>(HeuristicCatalogue.All);
        _ids = new HashSet<string>(Indicators.Select(i => i.Id), StringComparer.Ordinal);
    }

    public List<Indicator> Indicators { get; }

    public List<SkippedRule> Skipped { get; } = new();

    public List<SkippedRule> Waiting { get; } = new();

    /// <summary>The files of a folder that hold indicators or placeholders; a file is itself, and the placeholders beside it.</summary>
    public static IEnumerable<string> Files(string path) => File.Exists(path) ? Siblings(path).Concat(new[] { path }).Distinct() : Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".yml" or ".yaml" or ".json" && Path.GetFileName(f)[0] != '_')
            .OrderBy(f => f, StringComparer.Ordinal)
        : Enumerable.Empty<string>();

    public void Load(IEnumerable<string> folders, Placeholders placeholders)
    {
        var files = folders.SelectMany(Files).ToList();
        var known = Placeholders.None;
        foreach (var file in files.Where(Placeholders.IsFile))
        {
            Try(file, () => known = known.With(Placeholders.Read(File.ReadAllText(file), _yaml)));
        }

        known = known.With(placeholders);
        foreach (var file in files.Where(f => !Placeholders.IsFile(f)))
        {
            Try(file, () => Read(file, known));
        }

        var rules = Indicators.OfType<LogRule>().ToList();
        foreach (var filter in Indicators.OfType<RuleFilter>().ToList())
        {
            filter.Apply(rules);
            Skipped.AddRange(filter.Missing(rules).Select(name => new SkippedRule(_origins[filter], 1, 1, $"the filter names '{name}', which is no log rule that was loaded")));
        }

        Connect(rules);
    }

    private static IEnumerable<string> Siblings(string file) => Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(file))!, "placeholders.*").Where(Placeholders.IsFile);

    private void Read(string file, Placeholders placeholders)
    {
        var text = File.ReadAllText(file);
        if (Path.GetExtension(file) == ".json")
        {
            foreach (var indicator in IndicatorFile.Read(text))
            {
                Add(file, indicator, 1);
            }

            return;
        }

        foreach (var (document, indicator, problem) in SigmaReader.ReadAll(text, Path.GetFileNameWithoutExtension(file), _yaml, placeholders))
        {
            if (problem is not null)
            {
                (SigmaReader.Waits(document, problem) ? Waiting : Skipped).Add(new SkippedRule(file, problem.Line, problem.Column, problem.Message));
            }
            else
            {
                Add(file, indicator!, document.Line);
            }
        }
    }

    private void Add(string file, Indicator indicator, int line)
    {
        if (_ids.Add(indicator.Id))
        {
            Indicators.Add(indicator);
            _origins[indicator] = file;
        }
        else
        {
            Skipped.Add(new SkippedRule(file, line, 1, $"the id '{indicator.Id}' is taken"));
        }
    }

    // a correlation that names a rule which is not there would never hit, and nobody would know
    private void Connect(List<LogRule> rules)
    {
        var names = new HashSet<string>(rules.SelectMany(r => r.Names), StringComparer.Ordinal);
        var left = Indicators.OfType<CorrelationRule>().ToList();
        for (var found = true; found;)
        {
            var ready = left.Where(c => c.Rules.All(names.Contains)).ToList();
            found = ready.Count > 0;
            names.UnionWith(ready.SelectMany(c => c.Names));
            left = left.Except(ready).ToList();
        }

        foreach (var correlation in left)
        {
            var missing = correlation.Rules.First(name => !names.Contains(name));
            var circle = left.Exists(c => c.Names.Contains(missing));
            Skipped.Add(new SkippedRule(_origins[correlation], correlation.Place?.Line ?? 1, correlation.Place?.Column ?? 1, circle ? $"the correlation names '{missing}', which cannot be used or goes in a circle" : $"the correlation names '{missing}', which is no log rule or correlation that was loaded"));
            Indicators.Remove(correlation);
        }

        foreach (var correlation in Indicators.OfType<CorrelationRule>().Where(c => c.Generate is not null))
        {
            rules.Where(r => r.Names.Any(correlation.Rules.Contains)).ToList().ForEach(r => r.Reports = correlation.Generate!.Value);
            Indicators.OfType<CorrelationRule>().Where(c => c.Names.Any(correlation.Rules.Contains)).ToList().ForEach(c => c.Reports = correlation.Generate!.Value);
        }
    }

    private void Try(string file, Action read)
    {
        try
        {
            read();
        }
        catch (RuleException e)
        {
            Skipped.Add(new SkippedRule(file, e.Line, e.Column, e.Message));
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            Skipped.Add(new SkippedRule(file, 1, 1, e.Message));
        }
    }
}
