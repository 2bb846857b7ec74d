using System.Collections.Generic;
using System.Linq;
using CitrixOps.Indicators.Matching;

namespace CitrixOps.Indicators.Sigma;

/// <summary>Reads the detection section: selections (a mapping is AND, a list is OR) and the condition over them.</summary>
internal static class DetectionReader
{
    public static Condition Read(YamlNode? node, YamlNode rule)
    {
        if (node is not YamlMapping detection)
        {
            throw new RuleException("the rule has no detection", node ?? rule);
        }

        var selections = new Dictionary<string, Condition>(System.StringComparer.Ordinal);
        foreach (var entry in detection.Entries.Where(e => e.Key.Text is not ("condition" or "timeframe")))
        {
            selections[entry.Key.Text] = Selection(entry.Value);
        }

        return detection["condition"] switch
        {
            YamlScalar single => ConditionParser.Parse(single, selections),
            YamlSequence list when list.Items.Count > 0 && list.Items.All(i => i is YamlScalar) => new AnyOf(list.Items.Select(i => ConditionParser.Parse((YamlScalar)i, selections))),
            var other => throw new RuleException("the detection has no condition", other ?? detection),
        };
    }

    private static Condition Selection(YamlNode node) => node switch
    {
        YamlMapping mapping when mapping.Entries.Count > 0 => new AllOf(mapping.Entries.Select(e => Field(e.Key, e.Value))),
        YamlSequence { Items.Count: > 0 } list when list.Items.All(i => i is YamlMapping) => new AnyOf(list.Items.Select(Selection)),
        YamlSequence { Items.Count: > 0 } list => new AnyOf(list.Items.Select(Keyword)),
        YamlScalar word => Keyword(word),
        _ => throw new RuleException("a selection must be a mapping or a list", node),
    };

    private static LineCondition Keyword(YamlNode node)
    {
        var key = new YamlScalar("", false, node.Line, node.Column);
        return new LineCondition(new ValueReader(new[] { "contains" }, key).Read(node)[0]);
    }

    private static Condition Field(YamlScalar key, YamlNode value)
    {
        var parts = key.Text.Split('|');
        var name = parts[0];
        var modifiers = parts.Skip(1);
        var reader = new ValueReader(name.Length == 0 ? modifiers.Append("contains") : modifiers, key);
        var values = value is YamlSequence list ? list.Items : new[] { value };
        if (values.Count == 0)
        {
            throw new RuleException($"'{key.Text}' has no value", value);
        }

        // variants of one value are alternatives, whatever 'all' says of the values
        var tests = values.Select(v => One(reader.Read(v).Select(t => name.Length == 0 ? (Condition)new LineCondition(t) : new FieldCondition(name, t)).ToArray())).ToArray();
        Condition all = tests.Length == 1 ? tests[0] : reader.All ? new AllOf(tests) : new AnyOf(tests);
        return reader.Negated ? new Not(all) : all;
    }

    private static Condition One(Condition[] variants) => variants.Length == 1 ? variants[0] : new AnyOf(variants);
}
