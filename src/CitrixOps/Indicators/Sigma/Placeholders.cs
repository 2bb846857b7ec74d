using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace CitrixOps.Indicators.Sigma;

/// <summary>
/// The values of <c>%placeholders%</c> in rules: what only the organisation knows, such as its own networks or accounts. They come from a
/// file <c>placeholders.yml</c> beside the rules, or from the caller, whose word counts more.
/// </summary>
public sealed class Placeholders
{
    private const int MostValues = 10_000;

    private readonly Dictionary<string, IReadOnlyList<string>> _values;

    /// <summary>Makes them.</summary>
    /// <param name="values">Names without percent signs, in any case, and the values of each.</param>
    public Placeholders(IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> values)
    {
        _values = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in values)
        {
            _values[pair.Key.Trim('%')] = pair.Value;
        }
    }

    /// <summary>No placeholders: a rule that needs one is refused.</summary>
    public static Placeholders None { get; } = new(Array.Empty<KeyValuePair<string, IReadOnlyList<string>>>());

    /// <summary>The names that have values, in ordinal order.</summary>
    public IReadOnlyList<string> Names => _values.Keys.OrderBy(k => k, StringComparer.Ordinal).ToArray();

    /// <summary>Whether a file holds placeholders, by its name.</summary>
    /// <param name="path">The file.</param>
    public static bool IsFile(string path) => System.IO.Path.GetFileName(path).ToLowerInvariant() is "placeholders.yml" or "placeholders.yaml";

    /// <summary>Reads a file of placeholders: a mapping of names to a value or a list of values.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="yaml">Reads YAML.</param>
    /// <exception cref="RuleException">It is something else.</exception>
    public static Placeholders Read(string text, IYamlReader yaml)
    {
        var documents = yaml.Read(text);
        if (documents.Count != 1 || documents[0] is not YamlMapping mapping)
        {
            throw new RuleException("placeholders are one mapping of names to a value or a list of values", documents.Count > 0 ? documents[0].Line : 1, 1);
        }

        return new Placeholders(mapping.Entries.Select(e => new KeyValuePair<string, IReadOnlyList<string>>(e.Key.Text, e.Value switch
        {
            YamlScalar one => new[] { one.Text },
            YamlSequence list when list.Items.All(i => i is YamlScalar) => list.Items.Select(i => ((YamlScalar)i).Text).ToArray(),
            var other => throw new RuleException($"the placeholder '{e.Key.Text}' must be a value or a list of values", other),
        })));
    }

    /// <summary>What the files of placeholders hold that a search would read with these paths. A file that cannot be used adds nothing: checking it says why.</summary>
    /// <param name="paths">Files or folders of rules.</param>
    /// <param name="yaml">Reads YAML.</param>
    public static Placeholders At(IEnumerable<string> paths, IYamlReader yaml)
    {
        var result = None;
        foreach (var file in paths.SelectMany(RuleLoader.Files).Where(IsFile).Distinct(StringComparer.Ordinal))
        {
            try
            {
                result = result.With(Read(System.IO.File.ReadAllText(file), yaml));
            }
            catch (Exception e) when (e is RuleException or System.IO.IOException or UnauthorizedAccessException)
            {
                continue;
            }
        }

        return result;
    }

    /// <summary>These, and others that count more.</summary>
    /// <param name="others">The others.</param>
    public Placeholders With(Placeholders others) => new(_values.Concat(others._values));

    /// <summary>The values that a value with placeholders stands for.</summary>
    internal IEnumerable<YamlScalar> Expand(YamlScalar value)
    {
        var texts = new List<string> { "" };
        foreach (var (text, name) in Parts(value.Text))
        {
            if (name is null)
            {
                texts = texts.ConvertAll(t => t + text);
                continue;
            }

            if (!_values.TryGetValue(name, out var values) || values.Count == 0)
            {
                throw new RuleException($"the placeholder '%{name}%' has no value: give it with -Placeholder @{{ '{name}' = '...' }} or in a file placeholders.yml beside the rules", value) { Placeholder = name };
            }

            if (texts.Count * (long)values.Count > MostValues)
            {
                throw new RuleException($"its placeholders stand for more than {MostValues} values", value);
            }

            texts = texts.SelectMany(t => values.Select(v => t + v)).ToList();
        }

        return texts.Select(t => value with { Text = t, Quoted = true });
    }

    // text, or the name between two percent signs; \% is a percent sign
    private static IEnumerable<(string Text, string? Name)> Parts(string text)
    {
        var plain = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var end = text[i] == '%' ? text.IndexOf('%', i + 1) : -1;
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] == '%')
            {
                plain.Append('%');
                i++;
            }
            else if (end > i + 1 && text.Substring(i + 1, end - i - 1).All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-' or '.'))
            {
                yield return (plain.ToString(), null);
                plain.Clear();
                yield return ("", text.Substring(i + 1, end - i - 1));
                i = end;
            }
            else
            {
                plain.Append(text[i]);
            }
        }

        yield return (plain.ToString(), null);
    }
}
