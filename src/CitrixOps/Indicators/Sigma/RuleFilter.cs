using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Indicators.Matching;

namespace CitrixOps.Indicators.Sigma;

/// <summary>A Sigma filter: a further condition for rules that exist, as an organisation's own scanners and management networks need.</summary>
internal sealed class RuleFilter : Indicator
{
    private readonly IReadOnlyList<string> _rules;
    private readonly Condition _condition;
    private readonly IReadOnlyList<string>? _logTypes;

    private RuleFilter(IReadOnlyList<string> rules, Condition condition, IReadOnlyList<string>? logTypes)
    {
        _rules = rules;
        _condition = condition;
        _logTypes = logTypes;
    }

    /// <summary>Reads the filter section: rules by id or name (or <c>any</c>), selections and a condition.</summary>
    public static RuleFilter Read(YamlNode node, YamlMapping document, Placeholders placeholders)
    {
        if (node is not YamlMapping filter)
        {
            throw new RuleException("a filter must be a mapping", node);
        }

        var rules = SigmaReader.Texts(filter["rules"]);
        var detection = new YamlMapping(filter.Entries.Where(e => e.Key.Text != "rules").ToArray(), filter.Line, filter.Column);
        var source = document["logsource"] is YamlMapping given ? LogSource.Read(given, own: null) : default;
        return new RuleFilter(
            rules.Count > 0 ? rules : throw new RuleException("the filter names no rules ('any' for all)", filter),
            new DetectionReader(placeholders, source.Names ?? FieldNames.Own).Read(detection, filter),
            source.LogTypes);
    }

    /// <summary>Adds the condition to the rules it names, where it names a log source to those that read one of its logs.</summary>
    public void Apply(IEnumerable<LogRule> rules)
    {
        foreach (var rule in rules.Where(r => (_rules.Contains("any", StringComparer.OrdinalIgnoreCase) || r.Names.Any(_rules.Contains)) && (_logTypes is null || r.LogTypes.Any(_logTypes.Contains))))
        {
            rule.Condition = new AllOf(new[] { rule.Condition, _condition });
        }
    }

    /// <summary>The rules it names that are not there.</summary>
    public IEnumerable<string> Missing(IReadOnlyCollection<LogRule> rules) => _rules.Where(n => !string.Equals(n, "any", StringComparison.OrdinalIgnoreCase) && !rules.Any(r => r.Names.Contains(n)));
}
