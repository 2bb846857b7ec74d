using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Indicators.Matching;

namespace CitrixOps.Indicators.Sigma;

/// <summary>Reads the detection section: selections (a mapping is AND, a list is OR) and the condition over them.</summary>
internal sealed class DetectionReader
{
    private readonly Placeholders _placeholders;
    private readonly FieldNames _names;

    public DetectionReader(Placeholders placeholders, FieldNames names)
    {
        _placeholders = placeholders;
        _names = names;
    }

    public Condition Read(YamlNode? node, YamlNode rule)
    {
        if (node is not YamlMapping detection)
        {
            throw new RuleException("the rule has no detection", node ?? rule);
        }

        var selections = new Dictionary<string, Condition>(StringComparer.Ordinal);
        foreach (var entry in detection.Entries.Where(e => e.Key.Text != "condition"))
        {
            if (entry.Key.Text == "timeframe")
            {
                throw new RuleException("'timeframe' belongs to aggregations, which are no part of Sigma any more: write a correlation with a timespan", entry.Key);
            }

            selections[entry.Key.Text] = Selection(entry.Value);
        }

        return detection["condition"] switch
        {
            YamlScalar single => ConditionParser.Parse(single, selections),
            YamlSequence list when list.Items.Count > 0 && list.Items.All(i => i is YamlScalar) => new AnyOf(list.Items.Select(i => ConditionParser.Parse((YamlScalar)i, selections))),
            var other => throw new RuleException("the detection has no condition", other ?? detection),
        };
    }

    private Condition Selection(YamlNode node) => node switch
    {
        YamlMapping mapping when mapping.Entries.Count > 0 => new AllOf(mapping.Entries.Select(e => Field(e.Key, e.Value))),
        YamlSequence { Items.Count: > 0 } list when list.Items.All(i => i is YamlMapping) => new AnyOf(list.Items.Select(Selection)),
        YamlSequence { Items.Count: > 0 } list => new AnyOf(list.Items.Select(Keyword)),
        YamlScalar { IsNull: false } word => Keyword(word),
        _ => throw new RuleException("a selection must be a mapping or a list", node),
    };

    private LineCondition Keyword(YamlNode node) => node is YamlScalar { IsNull: false } ? new LineCondition(new ValueReader(new Modifiers(new YamlScalar("", false, node.Line, node.Column)), _placeholders, _names).Read(node)[0])
        : throw new RuleException("words and mappings cannot be mixed in a list, and a word must be text or a number", node);

    private Condition Field(YamlScalar key, YamlNode value)
    {
        var modifiers = new Modifiers(key);
        var reader = new ValueReader(modifiers, _placeholders, _names);
        var values = value is YamlSequence list ? list.Items : new[] { value };
        if (values.Count == 0)
        {
            throw new RuleException($"'{key.Text}' has no value", value);
        }

        var tests = values.Select(reader.Read).ToArray();
        var conditions = modifiers.Field.Length == 0
            ? new[] { Of(tests, t => new LineCondition(t), reader.All) }
            : _names.Of(modifiers.Field, tests.SelectMany(t => t).Any(t => t is AbsentTest or EmptyTest)).Select(name => Of(tests, t => new FieldCondition(name, t), reader.All)).ToArray();
        var one = One(conditions);
        return reader.Negated ? new Not(one) : one;
    }

    // variants of one value are alternatives, whatever 'all' says of the values
    private static Condition Of(IReadOnlyList<ValueTest>[] tests, Func<ValueTest, Condition> make, bool all)
    {
        var parts = tests.Select(t => One(t.Select(make).ToArray())).ToArray();
        return parts.Length > 1 && all ? new AllOf(parts) : One(parts);
    }

    private static Condition One(Condition[] variants) => variants.Length == 1 ? variants[0] : new AnyOf(variants);
}
