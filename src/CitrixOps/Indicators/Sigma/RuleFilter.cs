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

    private RuleFilter(IReadOnlyList<string> rules, Condition condition)
    {
        _rules = rules;
        _condition = condition;
    }

    /// <summary>Reads the filter section: rules by id or name (or <c>any</c>), selections and a condition.</summary>
    public static RuleFilter Read(YamlNode node)
    {
        if (node is not YamlMapping filter)
        {
            throw new RuleException("a filter must be a mapping", node);
        }

        var rules = SigmaReader.Texts(filter["rules"]);
        var detection = new YamlMapping(filter.Entries.Where(e => e.Key.Text != "rules").ToArray(), filter.Line, filter.Column);
        return new RuleFilter(rules.Count > 0 ? rules : throw new RuleException("the filter names no rules ('any' for all)", filter), DetectionReader.Read(detection, filter));
    }

    /// <summary>Adds the condition to the rules it names.</summary>
    public void Apply(IEnumerable<LogRule> rules)
    {
        foreach (var rule in rules.Where(r => _rules.Contains("any", StringComparer.OrdinalIgnoreCase) || _rules.Contains(r.Id, StringComparer.Ordinal) || (r.SigmaId.Length > 0 && _rules.Contains(r.SigmaId, StringComparer.Ordinal))))
        {
            rule.Condition = new AllOf(new[] { rule.Condition, _condition });
        }
    }
}
