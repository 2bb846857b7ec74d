using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CitrixOps.Indicators.Sigma;

namespace CitrixOps.Benchmarks.Rules;

/// <summary>Reads rules as they are, and files that say they are copies with other literals. Copies of correlations and filters are left out.</summary>
internal sealed class MutatingYamlReader(IYamlReader inner, int seed) : IYamlReader
{
    /// <summary>What a copy begins with, before its number.</summary>
    public const string Head = "# copy ";

    private static readonly string[] Literals = ["contains", "startswith", "endswith", "all", "cased", "windash"];

    public IReadOnlyList<YamlNode> Read(string text)
    {
        var documents = inner.Read(text);
        if (!text.StartsWith(Head, StringComparison.Ordinal))
        {
            return documents;
        }

        var mutation = new Mutation(seed, int.Parse(text.AsSpan(Head.Length, text.IndexOf('\n') - Head.Length), CultureInfo.InvariantCulture));
        return documents.OfType<YamlMapping>().Where(d => d["detection"] is not null && d["filter"] is null)
            .Select(d => Map(Without(d, "name"), "detection", e => Detection((YamlMapping)e, mutation))).Select(d => Map(d, "citrixops", o => Without((YamlMapping)o, "id"))).ToList<YamlNode>();
    }

    private static YamlMapping Detection(YamlMapping detection, Mutation mutation) =>
        new(detection.Entries.Select(e => e.Key.Text == "condition" ? e : new(e.Key, Values(e.Value, mutation.Literal, mutation))).ToList(), detection.Line, detection.Column);

    // change is null where values are no text: numbers, networks, names of fields
    private static YamlNode Values(YamlNode node, Func<string, string>? change, Mutation mutation) => node switch
    {
        YamlScalar scalar when change is not null && !scalar.IsNull => scalar with { Text = change(scalar.Text) },
        YamlSequence list => list with { Items = list.Items.Select(i => Values(i, change, mutation)).ToList() },
        YamlMapping fields => fields with { Entries = fields.Entries.Select(e => new KeyValuePair<YamlScalar, YamlNode>(e.Key, Values(e.Value, ChangeOf(e.Key.Text, mutation), mutation))).ToList() },
        _ => node,
    };

    private static Func<string, string>? ChangeOf(string key, Mutation mutation)
    {
        var modifiers = key.Split('|')[1..];
        return modifiers.Contains("re", StringComparer.Ordinal) ? mutation.Expression : modifiers.All(m => Literals.Contains(m, StringComparer.Ordinal)) ? mutation.Literal : null;
    }

    // the copy is called by its file
    private static YamlMapping Without(YamlMapping mapping, string key) => mapping with { Entries = mapping.Entries.Where(e => e.Key.Text != key).ToList() };

    private static YamlMapping Map(YamlMapping mapping, string key, Func<YamlNode, YamlNode> change) =>
        mapping with { Entries = mapping.Entries.Select(e => e.Key.Text == key ? new KeyValuePair<YamlScalar, YamlNode>(e.Key, change(e.Value)) : e).ToList() };
}
