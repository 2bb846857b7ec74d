using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using CitrixOps.Investigation;
using Xunit;

namespace CitrixOps.Tests.Indicators;

/// <summary>The ten most important rules over requests, each found in every spelling of its request and every way a line can arrive.</summary>
public sealed class EvasionTests
{
    private static readonly string[] Rules =
    [
        "shitrix-traversal", "shitrix-traversal-answered", "shitrix-probe", "shitrix-portal-script", "shitrix-template-rendered", "shitrix-script-not-modified", "shitrix-step-script", "shitrix-step-template",
        "php-below-vpn-answered", "web-shell-name-answered",
    ];

    // rules that are about GET, POST or HEAD
    private static readonly string[] OfMethod = ["shitrix-script-not-modified", "shitrix-step-script", "shitrix-step-template"];

    // what is done to the path
    private static readonly (string Name, Func<string, string> Do)[] Paths =
    [
        ("upper case", p => p.ToUpperInvariant()),
        ("mixed case", p => string.Concat(p.Select((c, i) => i % 2 == 0 ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c)))),
        ("letters encoded", p => Encode(p, char.IsLetter, 1)),
        ("dots and slashes encoded", p => Encode(p, c => c is '.' or '/', 1)),
        ("everything encoded", p => Encode(p, c => c is not '?' and not '=', 1)),
        ("doubly encoded", p => Encode(p, c => c is '.' or '/' || char.IsLetter(c), 2)),
        ("thrice encoded", p => Encode(p, c => c is '.' or '/', 3)),
        ("two bytes overlong", p => Overlong(p, 2)),
        ("three bytes overlong", p => Overlong(p, 3)),
        ("%u", p => string.Concat(p.Select(c => c is '.' or 'p' ? string.Create(CultureInfo.InvariantCulture, $"%u{(int)c:x4}") : c.ToString()))),
        ("empty segments", p => p.Replace("/", "//", StringComparison.Ordinal)),
        ("dot segments", p => p.Replace("/", "/./", StringComparison.Ordinal).Replace("/./.", "/.", StringComparison.Ordinal)),
        ("parameters", p => Insert(p, ";a=b")),
        ("backslashes", p => p.Replace("/", "\\\\", StringComparison.Ordinal)),
        ("mixed separators", p => p[..1] + p[1..].Replace("/", "\\\\/", StringComparison.Ordinal)),
        ("absolute", p => "http://gw.example" + p),
        ("absolute, encrypted, with port", p => "HTTPS://gw.example:443" + p),
    ];

    // what is done to the line
    private static readonly (string Name, Func<string, string> Do)[] Lines =
    [
        ("method of WebDAV", l => System.Text.RegularExpressions.Regex.Replace(l, "\"(GET|POST|HEAD) ", "\"PROPFIND ")),
        ("no method at all", l => System.Text.RegularExpressions.Regex.Replace(l, "\"(GET|POST|HEAD) ", "\"")),
        ("method in small letters", l => System.Text.RegularExpressions.Regex.Replace(l, "\"(GET|POST|HEAD) ", m => m.Value.ToLowerInvariant())),
        ("HTTP/0.9", l => l.Replace(" HTTP/1.1", "", StringComparison.Ordinal)),
        ("HTTP/2", l => l.Replace("HTTP/1.1", "HTTP/2.0", StringComparison.Ordinal)),
        ("HTTP/3", l => l.Replace("HTTP/1.1", "HTTP/3", StringComparison.Ordinal)),
        ("hour 24", l => System.Text.RegularExpressions.Regex.Replace(l, @"(/\d{4}:)\d\d:", "${1}24:")),
        ("broken quote", l => l + " \"x\" \"y\"z\""),
        ("bytes that are no UTF-8", l => l + "\u00ff\u00fe\u0080"),
        ("cut behind the status", l => System.Text.RegularExpressions.Regex.Replace(l, "(\" \\d{3}) .*", "$1")),
        ("joined before another", l => l + "#012" + "192.0.2.1 - - [12/Jan/2020:03:14:07 +0100] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\""),
        ("joined behind another", l => "192.0.2.1 - - [12/Jan/2020:03:14:07 +0100] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"#015#012" + l),
        ("line end as escape", l => l + "#012"),
        ("carriage return", l => l + "\r"),
        ("byte order mark", l => "\u00ef\u00bb\u00bf" + l),
        ("relay", l => "<134>Jan 12 03:14:08 gw httpd: " + l),
        ("relay of RFC 5424", l => "<134>1 2020-01-12T02:14:08Z gw httpd 9 - - " + l),
        ("grep", l => "/var/log/httpaccess.log.3.gz:" + l),
        ("grep -n on Windows", l => "C:\\evidence\\httpaccess.log:17:" + l),
    ];

    public static IEnumerable<object[]> Ids() => Rules.Select(r => new object[] { r });

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_is_found_however_its_request_is_written(string id)
    {
        var original = File.ReadAllLines(Repository.Data("rules", id + ".txt"), Encoding.Latin1).First(l => l.StartsWith("+ ", StringComparison.Ordinal))[2..];
        var start = original.IndexOf("\"", StringComparison.Ordinal);
        var path = original.IndexOf(' ', start) + 1;
        var end = original.IndexOfAny([' ', '?'], path);
        var variants = Paths.Select(p => (p.Name, Line: original[..path] + p.Do(original[path..end]) + original[end..])).Concat(Lines.Where(l => !l.Name.Contains("method", StringComparison.Ordinal) || l.Name.Contains("small", StringComparison.Ordinal) || !OfMethod.Contains(id)).Select(l => (l.Name, Line: l.Do(original)))).ToList();
        Assert.True(variants.Count >= 20);

        using var folder = new TemporaryFolder();
        var file = folder.File("httpaccess.log", string.Concat(variants.Select(v => v.Line + "\n")));
        var found = Shipped.Search(new Problems(), new InvestigationOptions(), file).SelectMany(r => r.Findings).Where(f => f.IndicatorId == id).Select(f => f.LineNumber).ToHashSet();
        Assert.Empty(variants.Where((v, i) => !found.Contains(i + 1) && (Shipped.Rules.LogRules.Single(r => r.Id == id).Reports || !Matches(id, v.Line))));
    }

    // rules that only feed a correlation make no findings
    private static bool Matches(string id, string line)
    {
        foreach (var piece in CitrixOps.Logs.Reading.JoinedLines.Split(line).Append(line.TrimEnd('\r')))
        {
            var record = new CitrixOps.Logs.LogRecord();
            record.Reset(CitrixOps.Logs.LogTypes.HttpAccess, piece);
            CitrixOps.Logs.LogFormats.ByType(record.LogType)!.Parse(record);
            var hits = new List<CitrixOps.Indicators.LogRule>();
            var matcher = Shipped.Rules.MatcherFor(record.LogType);
            matcher.Match(record, hits);
            if (hits.Any(h => h.Id == id) && matcher.IsCandidate(Encoding.Latin1.GetBytes(line)))
            {
                return true;
            }
        }

        return false;
    }

    private static string Encode(string path, Func<char, bool> which, int times)
    {
        var percent = "%" + string.Concat(Enumerable.Repeat("25", times - 1));
        return path[..1] + string.Concat(path[1..].Select(c => which(c) ? percent + ((int)c).ToString("x2", CultureInfo.InvariantCulture) : c.ToString()));
    }

    private static string Overlong(string path, int bytes) => path[..1] + string.Concat(path[1..].Select(c => c is not ('.' or '/') ? c.ToString()
        : bytes == 2 ? string.Create(CultureInfo.InvariantCulture, $"%{0xc0 | (c >> 6):x2}%{0x80 | (c & 0x3f):x2}") : string.Create(CultureInfo.InvariantCulture, $"%e0%{0x80 | (c >> 6):x2}%{0x80 | (c & 0x3f):x2}")));

    private static string Insert(string path, string parameter)
    {
        var second = path.IndexOf('/', 1);
        return second < 0 ? path : path[..second] + parameter + path[second..];
    }
}
