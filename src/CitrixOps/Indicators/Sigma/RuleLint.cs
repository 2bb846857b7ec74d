using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Logs;

namespace CitrixOps.Indicators.Sigma;

/// <summary>What works in a rule and still weakens it: grades without ground, literals that every line has, wildcards that were meant literally.</summary>
internal static class RuleLint
{
    private const int ShortestStrong = 5;
    private const int ShortestSupporting = 4;

    /// <summary>The warnings for a rule.</summary>
    public static IEnumerable<RuleProblem> Of(YamlMapping rule, Indicator indicator)
    {
        RuleProblem Warn(string key, string message, string what) => new(Place(rule, key).Line, Place(rule, key).Column, false, message, what);
        if (rule["filter"] is not null)
        {
            yield break;
        }

        if (indicator.Description.Length == 0)
        {
            yield return Warn("description", "it has no description", "Say what a hit means and why the appliance or its users do not do it.");
        }

        if (indicator.References.Count == 0)
        {
            yield return Warn("references", "it names no source", "Add references.");
        }

        if (rule["citrixops"] is null)
        {
            yield return Warn("citrixops", "it has no grade: taken as supporting", "Add the block citrixops with grade, phase and outcome.");
        }

        if (indicator.Grade == Grade.Strong && indicator.FalsePositives.Count == 0)
        {
            yield return Warn("citrixops", "it is graded strong and names no innocent explanation", "Add falsepositives, or grade it supporting: one hit makes a verdict of Compromised.");
        }

        if (indicator.Grade == Grade.Pivot && indicator.Severity >= Severity.High)
        {
            yield return Warn("level", "a pivot never carries a verdict, but its level is high", "Lower the level.");
        }

        foreach (var warning in Detection(rule["detection"]).Concat(Unused(rule["detection"] as YamlMapping)))
        {
            yield return warning;
        }

        if (indicator is LogRule log)
        {
            foreach (var warning in Log(log, Warn).Concat(Fields(rule, log)))
            {
                yield return warning;
            }
        }
    }

    private static IEnumerable<RuleProblem> Log(LogRule rule, Func<string, string, string, RuleProblem> warn)
    {
        if (rule.Condition.Witness?.Literals is not { } witness)
        {
            yield return warn("detection", "no literal stands in every line it matches: it is tried on every line", "Add a selection with text that must be there; it makes searches many times faster.");
            yield break;
        }

        var shortest = witness.Min(w => w.Length);
        if ((rule.Grade == Grade.Strong && shortest < ShortestStrong) || (rule.Grade == Grade.Supporting && shortest < ShortestSupporting))
        {
            yield return warn("detection", $"it can rest on a text as short as '{witness.First(w => w.Length == shortest)}'", "Ordinary lines may hold it: add more text, or grade it pivot.");
        }

        if (rule.Grade != Grade.Pivot && witness.All(w => System.Net.IPAddress.TryParse(w, out _)))
        {
            yield return warn("detection", "it rests on addresses alone", "Addresses change hands: grade it pivot.");
        }

        if (rule.LogTypes.All(LogTypes.IsFirewall) && rule.Grade == Grade.Strong)
        {
            yield return warn("logsource", "a firewall shows connections, not what they did", "Grade it supporting.");
        }
    }

    // a selection that the condition forgot looks like a check and is none
    private static IEnumerable<RuleProblem> Unused(YamlMapping? detection)
    {
        var condition = string.Join(" ", SigmaReader.Texts(detection?["condition"]));
        var words = condition.Split(' ', '(', ')');
        foreach (var key in detection?.Entries.Select(e => e.Key).Where(k => k.Text != "condition") ?? Enumerable.Empty<YamlScalar>())
        {
            var named = words.Any(w => w == key.Text || (w.EndsWith("*", StringComparison.Ordinal) && key.Text.StartsWith(w.TrimEnd('*'), StringComparison.Ordinal)) || (w.Equals("them", StringComparison.OrdinalIgnoreCase) && key.Text[0] != '_'));
            if (!named)
            {
                yield return new RuleProblem(key.Line, key.Column, false, $"the selection '{key.Text}' is not in the condition", "Name it there, or take it out.");
            }
        }
    }

    private static IEnumerable<RuleProblem> Fields(YamlMapping rule, LogRule log)
    {
        var web = SigmaReader.Text(rule["logsource"] as YamlMapping, "category")?.ToLowerInvariant() is "webserver" or "proxy";
        foreach (var key in Keys(rule["detection"], 0))
        {
            var field = key.Text.Split('|')[0];
            if (field.Length > 0 && !(web ? FieldNames.OfWeb : FieldNames.Own).IsKnown(field, log.LogTypes))
            {
                yield return new RuleProblem(key.Line, key.Column, false, $"no record of {string.Join(", ", log.LogTypes)} has a field '{field}'", "It counts as absent. module/data/rules/README.md lists the fields; their case counts.");
            }
        }
    }

    // the keys of mappings below the selections
    private static IEnumerable<YamlScalar> Keys(YamlNode? node, int depth) => node switch
    {
        YamlMapping mapping => mapping.Entries.Where(e => depth > 0 || e.Key.Text != "condition").SelectMany(e => (depth > 0 ? new[] { e.Key } : Array.Empty<YamlScalar>()).Concat(Keys(e.Value, depth + 1))),
        YamlSequence list => list.Items.SelectMany(i => Keys(i, depth)),
        _ => Enumerable.Empty<YamlScalar>(),
    };

    private static IEnumerable<RuleProblem> Detection(YamlNode? node)
    {
        foreach (var (key, value) in Values(node, ""))
        {
            if (key.IndexOf("|re", StringComparison.Ordinal) >= 0)
            {
                if (new[] { "\\d", "\\w", "\\s", "\\b" }.Any(c => value.Text.IndexOf(c, StringComparison.Ordinal) >= 0))
                {
                    yield return new RuleProblem(value.Line, value.Column, false, "\\d, \\w, \\s and \\b mean other things in other Sigma tools", "Write the class, for example [0-9].");
                }
            }
            else if (Unescaped(value.Text) && key.IndexOf("|cidr", StringComparison.Ordinal) < 0)
            {
                yield return new RuleProblem(value.Line, value.Column, false, "an unescaped ? stands for any one character", "Write \\? when the question mark itself is meant.");
            }
        }
    }

    private static bool Unescaped(string text)
    {
        for (var i = text.IndexOf('?'); i >= 0; i = text.IndexOf('?', i + 1))
        {
            if (i == 0 || text[i - 1] != '\\')
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<(string Key, YamlScalar Value)> Values(YamlNode? node, string key) => node switch
    {
        YamlMapping mapping => mapping.Entries.Where(e => e.Key.Text is not "condition").SelectMany(e => Values(e.Value, e.Key.Text)),
        YamlSequence list => list.Items.SelectMany(i => Values(i, key)),
        YamlScalar scalar => new[] { (key, scalar) },
        _ => Enumerable.Empty<(string, YamlScalar)>(),
    };

    private static YamlNode Place(YamlMapping rule, string key) => rule.Entries.FirstOrDefault(e => e.Key.Text == key).Key ?? (YamlNode)rule;
}
