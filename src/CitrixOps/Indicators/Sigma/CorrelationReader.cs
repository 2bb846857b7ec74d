using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CitrixOps.Indicators.Matching;

namespace CitrixOps.Indicators.Sigma;

/// <summary>Reads the correlation section. What is not supported, and what could never hold, refuses the rule, with its place.</summary>
internal static class CorrelationReader
{
    private static readonly string[] Keys = { "type", "rules", "group-by", "timespan", "condition", "aliases", "generate" };
    private static readonly string[] Operators = { "gt", "gte", "lt", "lte", "eq", "neq" };

    private static readonly Dictionary<string, CorrelationRule.Kind> Types = new(StringComparer.Ordinal)
    {
        ["event_count"] = CorrelationRule.Kind.EventCount,
        ["value_count"] = CorrelationRule.Kind.ValueCount,
        ["temporal"] = CorrelationRule.Kind.Temporal,
        ["temporal_ordered"] = CorrelationRule.Kind.TemporalOrdered,
        ["value_sum"] = CorrelationRule.Kind.ValueSum,
        ["value_avg"] = CorrelationRule.Kind.ValueAverage,
        ["value_percentile"] = CorrelationRule.Kind.ValuePercentile,
    };

    /// <summary>Reads it.</summary>
    public static CorrelationRule Read(YamlNode node, YamlMapping rule)
    {
        if (node is not YamlMapping correlation)
        {
            throw new RuleException("a correlation must be a mapping", node);
        }

        if (correlation.Entries.FirstOrDefault(e => Array.IndexOf(Keys, e.Key.Text) < 0) is { Key: { } unknown })
        {
            throw new RuleException($"'{unknown.Text}' is not supported in a correlation", unknown);
        }

        var type = SigmaReader.Text(correlation, "type") ?? "";
        var result = new CorrelationRule
        {
            Type = Types.TryGetValue(type, out var kind) ? kind : throw new RuleException($"the correlation type '{type}' is not supported ({string.Join(", ", Types.Keys)})", correlation["type"] ?? node),
            Rules = SigmaReader.Texts(correlation["rules"]) is { Count: > 0 } rules ? rules : throw new RuleException("the correlation names no rules", node),
            GroupBy = SigmaReader.Texts(correlation["group-by"]),
            Timespan = Span(correlation["timespan"] as YamlScalar ?? throw new RuleException("the correlation has no timespan", rule)),
            Aliases = Aliases(correlation["aliases"]),
            Generate = correlation["generate"] is YamlScalar generate ? Truth(generate) : null,
            Place = correlation["rules"],
        };
        if (result.Aliases.SelectMany(a => a.Value.Keys).FirstOrDefault(n => !result.Rules.Contains(n)) is { } stranger)
        {
            throw new RuleException($"an alias names the rule '{stranger}', which the correlation does not", correlation["aliases"]!);
        }

        Condition(correlation, result);
        return result;
    }

    private static void Condition(YamlMapping correlation, CorrelationRule result)
    {
        var temporal = result.Type is CorrelationRule.Kind.Temporal or CorrelationRule.Kind.TemporalOrdered;
        switch (correlation["condition"])
        {
            case null when temporal:
                return;
            case YamlScalar text when result.Type == CorrelationRule.Kind.Temporal:
                result.Combination = Combination(text, result.Rules);
                return;
            case YamlMapping condition when result.Type != CorrelationRule.Kind.TemporalOrdered:
                Limits(condition, result);
                return;
            case null:
                throw new RuleException("a count, sum, average or percentile needs a condition", correlation);
            case var other:
                throw new RuleException(result.Type == CorrelationRule.Kind.TemporalOrdered ? "a condition is not supported for temporal_ordered: all rules must hit, in their order" : "a condition of a count, sum, average or percentile must be a mapping", other);
        }
    }

    private static void Limits(YamlMapping condition, CorrelationRule result)
    {
        var limits = new List<(string Operator, decimal Number)>();
        foreach (var entry in condition.Entries)
        {
            switch (entry.Key.Text)
            {
                case "field":
                    result.Fields = SigmaReader.Texts(entry.Value);
                    break;
                case "percentile" when result.Type == CorrelationRule.Kind.ValuePercentile:
                    result.Percentile = entry.Value is YamlScalar percentile && int.TryParse(percentile.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 100
                        ? number : throw new RuleException("'percentile' takes a whole number from 1 to 100", entry.Value);
                    break;
                case var name when Array.IndexOf(Operators, name) < 0:
                    throw new RuleException($"'{name}' is not supported in this condition ({string.Join(", ", Operators)}, field)", entry.Key);
                default:
                    limits.Add((entry.Key.Text, Number(entry.Value, entry.Key.Text, result)));
                    break;
            }
        }

        result.Limits = limits;
        Sense(condition, result);
    }

    private static decimal Number(YamlNode node, string name, CorrelationRule result)
    {
        var whole = result.Type is CorrelationRule.Kind.EventCount or CorrelationRule.Kind.ValueCount or CorrelationRule.Kind.Temporal;
        return node is YamlScalar value && CompareTest.TryNumber(value.Text, out var number) && !(whole && number != decimal.Truncate(number)) ? number
            : throw new RuleException($"'{name}' takes a {(whole ? "whole " : "")}number", node);
    }

    // a condition that nothing, or any single hit, fulfils was not meant
    private static void Sense(YamlMapping condition, CorrelationRule result)
    {
        var fields = result.Fields.Count;
        if (result.Type is CorrelationRule.Kind.EventCount or CorrelationRule.Kind.Temporal ? fields > 0 : fields == 0 || (result.Type != CorrelationRule.Kind.ValueCount && fields > 1))
        {
            throw new RuleException(fields > 0 && result.Type is CorrelationRule.Kind.EventCount or CorrelationRule.Kind.Temporal ? "'field' means nothing where hits are counted: value_count counts values" : "it needs the field whose values are taken", condition["field"] ?? condition);
        }

        if (result.Type == CorrelationRule.Kind.ValuePercentile && result.Percentile == 0)
        {
            throw new RuleException("a value_percentile needs 'percentile' (1 to 100) in its condition: which one the specification leaves open", condition);
        }

        if (result.Limits.Count == 0)
        {
            throw new RuleException("the condition compares with nothing", condition);
        }

        if (result.Type is CorrelationRule.Kind.EventCount or CorrelationRule.Kind.ValueCount or CorrelationRule.Kind.Temporal)
        {
            var most = result.Type == CorrelationRule.Kind.Temporal ? result.Rules.Count : decimal.MaxValue;
            var least = result.Limits.Where(l => l.Operator is "gt" or "gte" or "eq").Select(l => l.Operator == "gt" ? l.Number + 1 : l.Number).DefaultIfEmpty(1).Max();
            most = result.Limits.Where(l => l.Operator is "lt" or "lte" or "eq").Select(l => l.Operator == "lt" ? l.Number - 1 : l.Number).Concat(new[] { most }).Min();
            if (most < Math.Max(1, least))
            {
                throw new RuleException("the condition can never hold: hits are counted from one, and that nothing happened cannot be seen in hits", condition);
            }
        }
    }

    // which rules must hit: names, and, or, parentheses. That one did not hit cannot be told from a log that was cut
    private static Condition Combination(YamlScalar text, IReadOnlyList<string> rules)
    {
        if (text.Text.Split(' ', '(', ')').Contains("not", StringComparer.OrdinalIgnoreCase))
        {
            throw new RuleException("'not' is not supported in the condition of a correlation: that a rule did not hit may be because lines are missing", text);
        }

        return ConditionParser.Parse(text, rules.Distinct().ToDictionary(r => r, r => (Condition)new FieldCondition(r, new AbsentTest(absent: false)), StringComparer.Ordinal));
    }

    private static Dictionary<string, IReadOnlyDictionary<string, string>> Aliases(YamlNode? node)
    {
        var aliases = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var alias in (node as YamlMapping)?.Entries ?? Array.Empty<KeyValuePair<YamlScalar, YamlNode>>())
        {
            aliases[alias.Key.Text] = alias.Value is YamlMapping names
                ? names.Entries.ToDictionary(e => e.Key.Text, e => (e.Value as YamlScalar)?.Text ?? throw new RuleException("an alias names one field per rule", e.Value), StringComparer.Ordinal)
                : throw new RuleException("an alias is a mapping from rules to fields", alias.Value);
        }

        return node is null or YamlMapping ? aliases : throw new RuleException("aliases must be a mapping", node);
    }

    private static TimeSpan Span(YamlScalar value)
    {
        var text = value.Text;
        if (text.Length is > 1 and < 8 && int.TryParse(text.Substring(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
        {
            switch (text[text.Length - 1])
            {
                case 's': return TimeSpan.FromSeconds(number);
                case 'm': return TimeSpan.FromMinutes(number);
                case 'h': return TimeSpan.FromHours(number);
                case 'd': return TimeSpan.FromDays(number);
                case 'w': return TimeSpan.FromDays(7L * number);
            }
        }

        throw new RuleException($"'{text}' is no timespan (30s, 10m, 24h, 7d, 2w)", value);
    }

    private static bool Truth(YamlScalar value) => value.Text is "true" or "True" || (value.Text is "false" or "False" ? false : throw new RuleException("'generate' takes true or false", value));
}
