using System;
using System.IO;
using System.Linq;
using System.Text;

namespace CitrixOps.Tests.Indicators.Oracle;

/// <summary>Lines of a log: as logs have them, as rules want them, and both changed as attackers and relays change them.</summary>
internal static class OracleLines
{
    private static readonly string[] Noise =
    [
        "%2e", "%2F", "%252e", "%25252e", "%c0%ae", "%c0%af", "%e0%80%af", "%f0%80%80%ae", "%u002e", "%uff0e", "%c0%2e", "%u00", "%", "%zz", "..", "/./", "//", "/../", ";a=b", "\\", "\\\\", "\"", "\\\"", "/vpns/", ".pl", ".xml", "%76", "nobody", "\0", "\u00ff", "\u00c3\u00a9",
        "\u00ef\u00bb\u00bf", " ", "?", "HTTP/1.1", "http://gw.example", "curl", "-x", "/x", "\u00e2\u0080\u0093x", "Y3VybCA=", "d2hvYW1p", "dwBoAG8AYQBtAGkA", "\" 200 ", "=", "|", "\\=", "#012", "<134>1 ", "404", "(null)",
    ];

    public static string[] Of(string logType, int count, Random random)
    {
        var own = Directory.EnumerateFiles(Repository.Data("logs", logType), "*.log").SelectMany(f => File.ReadAllLines(f, Encoding.Latin1)).Where(l => l.Length > 0).ToArray();
        var wanted = Directory.EnumerateFiles(Repository.Data("rules"), "*.txt").Order(StringComparer.Ordinal).SelectMany(f => File.ReadAllLines(f, Encoding.Latin1)).Select(l => l[2..]).Where(l => Fits(logType, l)).ToArray();

        // each line as it is, then written otherwise in one way only, then changed in many
        return [.. Enumerable.Range(0, count / 3).SelectMany(_ =>
        {
            var pool = wanted.Length > 0 && random.Next(2) == 0 ? wanted : own;
            var line = pool[random.Next(pool.Length)];
            return new[] { line, Hidden(line, random), Hidden(Mutations.Of(line, Noise, random), random) };
        }).Select(l => l.Replace('\n', ' ').Replace('\r', ' '))];
    }

    private static bool Fits(string logType, string line) => CitrixOps.Logs.LogFormats.ByType(logType)!.Recognizes(Encoding.Latin1.GetBytes(line));

    // one way of writing the characters of a path or command otherwise, here and there
    private static string Hidden(string line, Random random)
    {
        var start = Math.Max(line.IndexOf(" /", StringComparison.Ordinal), line.IndexOf("=\"", StringComparison.Ordinal)) + 1;
        var end = line.IndexOfAny(['?', '"'], Math.Min(start + 1, line.Length));
        end = end < 0 ? line.Length : end;
        var kind = random.Next(Ways.Length);
        var often = 1 + random.Next(4);
        return line[..start] + string.Concat(line[start..end].Select(c => c is > ' ' and < '\u007f' && random.Next(often) == 0 ? Ways[kind](c) : c.ToString())) + line[end..];
    }

    private static readonly Func<char, string>[] Ways =
    [
        c => FormattableString.Invariant($"%{(int)c:x2}"), c => FormattableString.Invariant($"%{(int)c:X2}"), c => FormattableString.Invariant($"%25{(int)c:x2}"), c => FormattableString.Invariant($"%2525{(int)c:X2}"),
        c => FormattableString.Invariant($"%c{c >> 6:x}%{0x80 | (c & 0x3f):x2}"), c => FormattableString.Invariant($"%e0%8{c >> 6:x}%{0x80 | (c & 0x3f):x2}"), c => FormattableString.Invariant($"%u{(int)c:x4}"), c => FormattableString.Invariant($"%uff{c - 0x20:x2}"),
        c => c == '/' ? "//" : c.ToString(), c => c == '/' ? "\\" : c.ToString(), c => c == '/' ? "/x/../" : c.ToString(), c => c == '/' ? "/./" : c.ToString(), c => c == '/' ? ";p=1/" : c.ToString(), c => c == '/' ? "http://gw.example/" : c.ToString(),
        c => c + "''", c => "\"\"" + c, c => "\\" + c, c => FormattableString.Invariant($"\\x{(int)c:x2}"), c => c + "$@", c => "${9}" + c, c => c == '-' ? "$IFS-" : c.ToString(), c => c == '-' ? "${IFS}-" : c.ToString(), c => "{" + c + "}", c => c + "#012",
    ];
}
