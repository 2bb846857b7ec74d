using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CitrixOps.Logs;

namespace CitrixOps.Tests.Indicators.Oracle;

/// <summary>Random rules over the fields of a log: mappings, lists of mappings, words, and conditions of every form, nested.</summary>
internal sealed class OracleRules(Random random, string logType, IReadOnlyList<LogRecord> records)
{
    private readonly OracleValues _values = new(random);
    private readonly string[] _fields = [.. records.SelectMany(r => r.Fields.Keys).Distinct().Where(f => f.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')).Order(StringComparer.Ordinal)];

    public OracleRule Next(int number)
    {
        var selections = Enumerable.Range(0, 1 + random.Next(4)).Select(i => (Name: (random.Next(6) == 0 ? "_" : "") + (random.Next(2) == 0 ? "sel" : "other") + i, Part: Selection())).ToArray();
        var (text, holds) = random.Next(10) == 0 ? Listed(selections) : Condition(selections, 0);
        var id = string.Create(CultureInfo.InvariantCulture, $"oracle-{logType}-{number}");
        var yaml = $"title: A random rule\nid: {id}\nlogsource:\n  product: netscaler\n  service: {logType}\nlevel: low\ndetection:\n"
            + string.Concat(selections.Select(s => $"  {s.Name}:\n" + string.Concat(s.Part.Lines.Select(l => $"    {l}\n")))) + $"  condition: {text}\n";
        return new OracleRule(id, logType, yaml, holds);
    }

    private OraclePart Selection()
    {
        switch (random.Next(8))
        {
            case 0:
                var words = _values.Of("", Lines(), _fields);
                return words;
            case 1:
                var alternatives = Enumerable.Range(0, 2).Select(_ => Mapping()).ToArray();
                return new OraclePart([.. alternatives.SelectMany(a => a.Lines.Select((l, i) => (i == 0 ? "- " : "  ") + l))], (f, raw) => alternatives.Any(a => a.Holds(f, raw)));
            default:
                return Mapping();
        }
    }

    private OraclePart Mapping()
    {
        var parts = new List<OraclePart>();
        var keys = new HashSet<string>();
        for (var i = random.Next(3); i >= 0; i--)
        {
            var field = _fields[random.Next(_fields.Length)];
            var part = _values.Of(field, [.. records.Select(r => r[field]).OfType<string>()], _fields);
            if (keys.Add(part.Lines[0].Split(':')[0]))
            {
                parts.Add(part);
            }
        }

        return new OraclePart([.. parts.SelectMany(p => p.Lines)], (f, raw) => parts.All(p => p.Holds(f, raw)));
    }

    private string[] Lines() => [.. records.Select(r => r.Raw)];

    private static (string Text, Func<Func<string, string?>, string, bool> Holds) Listed((string Name, OraclePart Part)[] selections) =>
        ("[" + string.Join(", ", selections.Select(s => s.Name)) + "]", (f, raw) => selections.Any(s => s.Part.Holds(f, raw)));

    // or binds weakest, then and, then not
    private (string Text, Func<Func<string, string?>, string, bool> Holds) Condition((string Name, OraclePart Part)[] selections, int depth)
    {
        if (depth == 0 && random.Next(3) > 0)
        {
            var one = selections[random.Next(selections.Length)];
            return (one.Name, one.Part.Holds);
        }

        switch (random.Next(depth > 3 ? 2 : 7))
        {
            case 0:
                var one = selections[random.Next(selections.Length)];
                return (one.Name, one.Part.Holds);
            case 1:
                return Of(selections);
            case 2:
                var (negated, no) = Condition(selections, depth + 1);
                return ($"not ({negated})", (f, raw) => !no(f, raw));
            case 3 or 4:
                var (left, a) = Condition(selections, depth + 1);
                var (right, b) = Condition(selections, depth + 1);
                return ($"({left}) and not ({right})", (f, raw) => a(f, raw) && !b(f, raw));
            case 5:
                // without parentheses: x or y and not z
                var names = Enumerable.Range(0, 3).Select(_ => selections[random.Next(selections.Length)]).ToArray();
                return ($"{names[0].Name} or {names[1].Name} and not {names[2].Name}", (f, raw) => names[0].Part.Holds(f, raw) || (names[1].Part.Holds(f, raw) && !names[2].Part.Holds(f, raw)));
            default:
                var (first, c) = Condition(selections, depth + 1);
                var (second, d) = Condition(selections, depth + 1);
                return random.Next(2) == 0 ? ($"({first}) and ({second})", (f, raw) => c(f, raw) && d(f, raw)) : ($"({first}) or ({second})", (f, raw) => c(f, raw) || d(f, raw));
        }
    }

    private (string Text, Func<Func<string, string?>, string, bool> Holds) Of((string Name, OraclePart Part)[] selections)
    {
        var pattern = new[] { "them", "sel*", "other*", "*" }[random.Next(4)];
        var chosen = selections.Where(s => pattern switch { "them" => s.Name[0] != '_', "*" => true, _ => s.Name.StartsWith(pattern[..^1], StringComparison.Ordinal) }).Select(s => s.Part).ToArray();
        if (chosen.Length == 0)
        {
            return (selections[0].Name, selections[0].Part.Holds);
        }

        return random.Next(2) == 0 ? ($"1 of {pattern}", (f, raw) => chosen.Any(p => p.Holds(f, raw))) : ($"all of {pattern}", (f, raw) => chosen.All(p => p.Holds(f, raw)));
    }
}
