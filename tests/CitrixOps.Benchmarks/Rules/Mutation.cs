using System;
using System.IO;
using System.Linq;
using System.Text;
using CitrixOps.Benchmarks.Corpus;

namespace CitrixOps.Benchmarks.Rules;

/// <summary>
/// Changes letters to other letters and digits to other digits; the rest stays. A literal that stands in ordinary lines stays as it is, and
/// no other becomes one that does: rules are made for what is not ordinary.
/// </summary>
internal sealed class Mutation(int seed, int copy)
{
    // what every record has is no literal of a rule
    private static readonly string[] Kept = ["get", "post", "head", "put", "options", "true", "false", "tcp", "udp", "allow", "deny", "root", "nobody"];

    private static readonly Lazy<string> Ordinary = new(Sample);

    /// <summary>Another literal.</summary>
    public string Literal(string text)
    {
        if (IsKept(text) || IsOrdinary(text))
        {
            return text;
        }

        var (other, draws) = (Change(text, 0, expression: false), 1);
        while (IsOrdinary(other) && draws < 100)
        {
            other = Change(text, draws++, expression: false);
        }

        return other;
    }

    /// <summary>Another expression: escapes, sets, groups' heads and counts stay.</summary>
    public string Expression(string text) => Change(text, 0, expression: true);

    private static bool IsKept(string text) => text.All(char.IsAsciiDigit) || Array.Exists(Kept, k => string.Equals(k, text, StringComparison.OrdinalIgnoreCase));

    // between the wildcards
    private static bool IsOrdinary(string text) => text.Split('*', '?').MaxBy(p => p.Length) is { Length: > 0 } part && Ordinary.Value.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static string Sample()
    {
        using var log = new MemoryStream();
        using var planted = new MemoryStream();
        new AccessLogWriter(0, new DateTime(2023, 6, 1, 9, 0, 3, DateTimeKind.Unspecified), attacks: false).Write(log, planted, 1 << 20);
        return Encoding.Latin1.GetString(log.ToArray());
    }

    private string Change(string text, int draw, bool expression)
    {
        var random = new Random(Hash(text) + draw);
        var result = new StringBuilder(text.Length);
        var close = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var escaped = i > 0 && text[i - 1] == '\\' && !(i > 1 && text[i - 2] == '\\');
            if (expression && !escaped)
            {
                close = close != '\0' ? (c == close ? '\0' : close) : c switch { '[' => ']', '{' => '}', '(' when i + 1 < text.Length && text[i + 1] == '?' => text.IndexOf(':', i) is > 0 and var colon && colon < text.IndexOf(')', i) ? ':' : ')', _ => '\0' };
            }

            var kept = escaped || close != '\0' || (!expression && i > 0 && text[i - 1] == '%');
            result.Append(kept ? c : Other(c, random));
        }

        return result.ToString();
    }

    private static char Other(char c, Random random) => c switch
    {
        >= 'a' and <= 'z' => (char)('a' + random.Next(26)),
        >= 'A' and <= 'Z' => (char)('A' + random.Next(26)),
        >= '0' and <= '9' => (char)('0' + random.Next(10)),
        _ => c,
    };

    // the same on every machine, unlike a string's own
    private int Hash(string text)
    {
        var hash = unchecked((uint)((seed * 31) + copy));
        foreach (var c in text)
        {
            hash = unchecked((hash ^ c) * 16777619);
        }

        return unchecked((int)hash);
    }
}
