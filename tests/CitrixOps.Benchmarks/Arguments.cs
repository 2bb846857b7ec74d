using System;
using System.Collections.Generic;
using System.Globalization;

namespace CitrixOps.Benchmarks;

/// <summary>Words and options of a command line: <c>--name value</c>, or <c>--name</c> alone.</summary>
internal sealed class Arguments
{
    private static readonly HashSet<string> Switches = new(StringComparer.Ordinal) { "filter-off", "once" };
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);

    public Arguments(IReadOnlyList<string> args)
    {
        for (var i = 0; i < args.Count; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                Words.Add(args[i]);
            }
            else if (Switches.Contains(args[i][2..]))
            {
                _options[args[i][2..]] = "";
            }
            else
            {
                _options[args[i][2..]] = i + 1 < args.Count ? args[++i] : throw new ArgumentException($"{args[i]} needs a value");
            }
        }
    }

    public List<string> Words { get; } = [];

    public string? Word(int index) => index < Words.Count ? Words[index] : null;

    public bool Has(string name) => _options.ContainsKey(name);

    public string? Text(string name) => _options.GetValueOrDefault(name);

    public int Number(string name, int otherwise) => _options.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>A number of bytes: 64M, 1G.</summary>
    public long Size(string name, long otherwise)
    {
        if (!_options.TryGetValue(name, out var text))
        {
            return otherwise;
        }

        var shift = char.ToUpperInvariant(text[^1]) switch { 'K' => 10, 'M' => 20, 'G' => 30, _ => 0 };
        return long.Parse(shift > 0 ? text[..^1] : text, CultureInfo.InvariantCulture) << shift;
    }
}
