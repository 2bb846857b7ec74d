using System;
using System.Linq;
using System.Text;

namespace CitrixOps.Benchmarks.Rules;

/// <summary>Changes letters to other letters and digits to other digits; the rest stays.</summary>
internal sealed class Mutation(int seed, int copy)
{
    // what every record has is no literal of a rule
    private static readonly string[] Kept = ["get", "post", "head", "put", "options", "true", "false", "tcp", "udp", "allow", "deny", "root", "nobody"];

    /// <summary>Another literal.</summary>
    public string Literal(string text) => IsKept(text) ? text : Change(text, expression: false);

    /// <summary>Another expression: escapes, sets, groups' heads and counts stay.</summary>
    public string Expression(string text) => Change(text, expression: true);

    private static bool IsKept(string text) => text.All(char.IsAsciiDigit) || Array.Exists(Kept, k => string.Equals(k, text, StringComparison.OrdinalIgnoreCase));

    private string Change(string text, bool expression)
    {
        var random = new Random(Hash(text));
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
