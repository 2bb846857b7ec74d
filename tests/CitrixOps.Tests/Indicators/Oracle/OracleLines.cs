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
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var pool = wanted.Length > 0 && random.Next(2) == 0 ? wanted : own;
            var line = pool[random.Next(pool.Length)];
            return (i % 3 == 0 ? line : Hidden(Mutations.Of(line, Noise, random), random)).Replace('\n', ' ').Replace('\r', ' ');
        })];
    }

    private static bool Fits(string logType, string line) => CitrixOps.Logs.LogFormats.ByType(logType)!.Recognizes(Encoding.Latin1.GetBytes(line));

    // letters, dots and slashes of a path encoded once or twice
    private static string Hidden(string line, Random random)
    {
        var path = line.IndexOf(" /", StringComparison.Ordinal);
        if (path < 0 || random.Next(2) == 0)
        {
            return line;
        }

        var text = new StringBuilder(line[..(path + 1)]);
        for (var i = path + 1; i < line.Length; i++)
        {
            var c = line[i];
            var change = i < path + 40 && c is > ' ' and < '\u007f' and not '?' and not '"' ? random.Next(12) : 99;
            text.Append(change switch
            {
                0 => FormattableString.Invariant($"%{(int)c:x2}"),
                1 => FormattableString.Invariant($"%25{(int)c:X2}"),
                2 when c is '.' or '/' => FormattableString.Invariant($"%c0%{0x80 | (c & 0x3f):x2}"),
                3 => FormattableString.Invariant($"%u{(int)c:x4}"),
                4 when c == '/' => "//",
                5 when c == '/' => "\\",
                6 when c == '/' => "/x/../",
                7 when c == '/' => ";p=1/",
                _ => c.ToString(),
            });
        }

        return text.ToString();
    }
}
