using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace CitrixOps.Indicators.Sigma;

/// <summary>Reads the correlation section. What is not supported refuses the rule, with its place.</summary>
internal static class CorrelationReader
{
    private static readonly string[] Keys = { "type", "rules", "group-by", "timespan", "condition", "aliases", "generate" };

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

        var result = new CorrelationRule
        {
            Type = SigmaReader.Text(correlation, "type") switch
            {
                "event_count" => CorrelationRule.Kind.EventCount,
                "value_count" => CorrelationRule.Kind.ValueCount,
                "temporal" => CorrelationRule.Kind.Temporal,
                "temporal_ordered" => CorrelationRule.Kind.TemporalOrdered,
                var other => throw new RuleException($"the correlation type '{other}' is not supported (event_count, value_count, temporal, temporal_ordered)", correlation["type"] ?? node),
            },
            Rules = SigmaReader.Texts(correlation["rules"]) is { Count: > 0 } rules ? rules : throw new RuleException("the correlation names no rules", node),
            GroupBy = SigmaReader.Texts(correlation["group-by"]),
            Timespan = Span(correlation["timespan"] as YamlScalar ?? throw new RuleException("the correlation has no timespan", rule)),
            Aliases = Aliases(correlation["aliases"]),
            Generate = correlation["generate"] is YamlScalar generate ? Truth(generate) : null,
        };
        Condition(correlation, result);
        return result;
    }

    private static void Condition(YamlMapping correlation, CorrelationRule result)
    {
        var counts = result.Type is CorrelationRule.Kind.EventCount or CorrelationRule.Kind.ValueCount;
        if (correlation["condition"] is not { } node)
        {
            if (counts)
            {
                throw new RuleException("a count needs a condition", correlation);
            }

            return;
        }

        if (node is not YamlMapping condition || !counts)
        {
            throw new RuleException(counts ? "a condition of a count must be a mapping" : "a condition is not supported for temporal correlations: all rules must hit", node);
        }

        foreach (var entry in condition.Entries)
        {
            if (entry.Key.Text == "field")
            {
                result.Field = SigmaReader.Text(condition, "field");
                continue;
            }

            if (entry.Value is not YamlScalar value || !long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                throw new RuleException($"'{entry.Key.Text}' takes a whole number", entry.Value);
            }

            Compare(result, entry.Key, number);
        }

        if (result.Type == CorrelationRule.Kind.ValueCount && result.Field is null)
        {
            throw new RuleException("a value_count needs the field whose values it counts", condition);
        }
    }

    private static void Compare(CorrelationRule result, YamlScalar key, long number)
    {
        switch (key.Text)
        {
            case "gte": result.AtLeast = Math.Max(result.AtLeast, number); break;
            case "gt": result.AtLeast = Math.Max(result.AtLeast, number + 1); break;
            case "lte": result.AtMost = Math.Min(result.AtMost, number); break;
            case "lt": result.AtMost = Math.Min(result.AtMost, number - 1); break;
            case "eq": (result.AtLeast, result.AtMost) = (number, number); break;
            case "neq": result.Not = number; break;
            default: throw new RuleException($"'{key.Text}' is not supported in a condition (gt, gte, lt, lte, eq, neq, field)", key);
        }
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
        if (text.Length is > 1 and < 8 && int.TryParse(text.Substring(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            switch (text[text.Length - 1])
            {
                case 's': return TimeSpan.FromSeconds(number);
                case 'm': return TimeSpan.FromMinutes(number);
                case 'h': return TimeSpan.FromHours(number);
                case 'd': return TimeSpan.FromDays(number);
                case 'w': return TimeSpan.FromDays(7 * number);
            }
        }

        throw new RuleException($"'{text}' is no timespan (30s, 10m, 24h, 7d, 2w)", value);
    }

    private static bool Truth(YamlScalar value) => value.Text is "true" or "True" || (value.Text is "false" or "False" ? false : throw new RuleException("'generate' takes true or false", value));
}
