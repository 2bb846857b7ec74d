using System;
using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.Indicators.Sigma;

/// <summary>
/// The modifiers of a field, checked: what is unknown, stands in the wrong place or would be passed over beside another refuses the rule
/// with the place of the modifier itself.
/// </summary>
internal sealed class Modifiers
{
    private static readonly string[] Places = { "contains", "startswith", "endswith" };
    private static readonly string[] Comparisons = { "lt", "lte", "gt", "gte" };
    private static readonly string[] Flags = { "i", "m", "s" };
    private static readonly string[] Wide = { "utf16le", "utf16be", "utf16", "wide" };
    private static readonly string[] Base64 = { "base64", "base64offset" };
    private static readonly string[] Times = { "minute", "hour", "day", "week", "month", "year" };
    private static readonly string[] Kinds = { "re", "cidr", "exists" };
    private static readonly string[] Others = { "all", "cased", "neq", "fieldref", "windash", "expand" };

    // what may stand beside these; beside the rest anything may
    private static readonly Dictionary<string, string[]> Beside = new(StringComparer.Ordinal)
    {
        ["re"] = new[] { "i", "m", "s", "all", "neq", "expand" },
        ["cidr"] = new[] { "all", "neq", "expand" },
        ["exists"] = Array.Empty<string>(),
        ["lt"] = new[] { "fieldref", "all", "expand" },
        ["lte"] = new[] { "fieldref", "all", "expand" },
        ["gt"] = new[] { "fieldref", "all", "expand" },
        ["gte"] = new[] { "fieldref", "all", "expand" },
        ["fieldref"] = new[] { "contains", "startswith", "endswith", "cased", "neq", "all", "lt", "lte", "gt", "gte" },
    };

    private static readonly string[] Known = new[] { Places, Comparisons, Flags, Wide, Base64, Times, Kinds, Others }.SelectMany(g => g).ToArray();

    private readonly List<string> _names = new();
    private readonly List<int> _columns = new();
    private readonly YamlScalar _key;

    /// <summary>Reads the part of a key behind the field's name.</summary>
    /// <param name="key">The key: <c>field|contains|all</c>.</param>
    /// <exception cref="RuleException">A modifier cannot be used.</exception>
    public Modifiers(YamlScalar key)
    {
        _key = key;
        var parts = key.Text.Split('|');
        Field = parts[0];
        var column = key.Column + (key.Quoted ? 1 : 0) + Field.Length + 1;
        foreach (var name in parts.Skip(1))
        {
            Add(name, column);
            column += name.Length + 1;
        }

        Check();
    }

    /// <summary>The field's name; empty for the whole line.</summary>
    public string Field { get; }

    /// <summary>Whether a modifier stands there.</summary>
    public bool Has(string name) => _names.Contains(name);

    /// <summary>The comparison, or null.</summary>
    public string? Comparison => _names.FirstOrDefault(n => Array.IndexOf(Comparisons, n) >= 0);

    /// <summary>Whether the text itself is changed before it is looked for.</summary>
    public bool Encodes => _names.Exists(n => Array.IndexOf(Wide, n) >= 0 || Array.IndexOf(Base64, n) >= 0);

    /// <summary>The first that asks for a text, or null.</summary>
    public string? ForText => _names.FirstOrDefault(n => n is not ("neq" or "all" or "expand"));

    private void Add(string name, int column)
    {
        if (Array.IndexOf(Known, name) < 0)
        {
            throw new RuleException($"the modifier '{name}' is unknown", _key.Line, column);
        }

        if (_names.Contains(name))
        {
            throw new RuleException($"the modifier '{name}' stands twice", _key.Line, column);
        }

        if (Array.IndexOf(Times, name) >= 0)
        {
            throw new RuleException($"the modifier '{name}' takes a part of a date, and no field of these logs is one: records are chosen by time with -Since and -Until", _key.Line, column);
        }

        if (Array.IndexOf(Flags, name) >= 0 && (_names.Count == 0 || (_names[_names.Count - 1] != "re" && Array.IndexOf(Flags, _names[_names.Count - 1]) < 0)))
        {
            throw new RuleException($"the modifier '{name}' must follow 're'", _key.Line, column);
        }

        _names.Add(name);
        _columns.Add(column);
    }

    private void Check()
    {
        for (var i = 0; i < _names.Count; i++)
        {
            for (var j = 0; j < _names.Count; j++)
            {
                if (i != j && Beside.TryGetValue(_names[i], out var allowed) && Array.IndexOf(allowed, _names[j]) < 0 && !(_names[j] == "fieldref" && Array.IndexOf(Comparisons, _names[i]) >= 0))
                {
                    throw Wrong(Math.Max(i, j), $"the modifiers '{_names[i]}' and '{_names[j]}' contradict each other");
                }
            }
        }

        OneOf(Places);
        OneOf(Comparisons);
        OneOf(Wide);
        OneOf(Base64);

        // the text is changed step by step, as they stand: windash, then 16 bits, then base64, then where it stands
        InOrder(Wide, Base64);
        InOrder(new[] { "windash" }, Wide);
        InOrder(new[] { "windash" }, Base64);
        InOrder(Wide, Places);
        InOrder(Base64, Places);
    }

    private void OneOf(string[] group)
    {
        if (_names.Where(n => Array.IndexOf(group, n) >= 0).Skip(1).FirstOrDefault() is { } second)
        {
            throw Wrong(_names.IndexOf(second), $"the modifiers '{string.Join("' and '", _names.Where(n => Array.IndexOf(group, n) >= 0))}' contradict each other");
        }
    }

    private void InOrder(string[] first, string[] then)
    {
        var before = _names.FindIndex(n => Array.IndexOf(first, n) >= 0);
        var after = _names.FindIndex(n => Array.IndexOf(then, n) >= 0);
        if (before >= 0 && after >= 0 && before > after)
        {
            throw Wrong(before, $"the modifier '{_names[before]}' must stand before '{_names[after]}'");
        }
    }

    private RuleException Wrong(int index, string message) => new(message, _key.Line, _columns[index]);
}
