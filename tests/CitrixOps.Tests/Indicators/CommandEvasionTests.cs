using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using CitrixOps.Investigation;
using CitrixOps.Logs;
using Xunit;

namespace CitrixOps.Tests.Indicators;

/// <summary>
/// The most important rules over what is no request: commands, jobs, errors and events, each found in every spelling of its command and
/// every way a line can arrive.
/// </summary>
public sealed class CommandEvasionTests
{
    private static readonly Dictionary<string, string> Commands = new(StringComparer.Ordinal)
    {
        ["shell-notrobin"] = LogTypes.Shell,
        ["shell-suid-shell"] = LogTypes.Shell,
        ["shell-exfiltration"] = LogTypes.Shell,
        ["shell-keys-collected"] = LogTypes.Shell,
        ["shell-template-written"] = LogTypes.Shell,
        ["shell-auth-conf-removed"] = LogTypes.Shell,
        ["shell-directory-recon"] = LogTypes.Shell,
        ["cron-from-var-tmp"] = LogTypes.Cron,
        ["cron-implant"] = LogTypes.Cron,
    };

    private static readonly Dictionary<string, string> Others = new(StringComparer.Ordinal)
    {
        ["cron-nobody"] = LogTypes.Cron,
        ["httperror-notrobin"] = LogTypes.HttpError,
        ["php-error-in-static-file"] = LogTypes.HttpError,
        ["pitboss-text-with-command"] = LogTypes.NsLog,
        ["pitboss-text-as-user"] = LogTypes.NsLog,
        ["payload-markers"] = LogTypes.NsLog,
        ["shell-space-in-log"] = LogTypes.NsLog,
        ["cli-campaign-account"] = LogTypes.NsLog,
        ["pitboss-authentication"] = LogTypes.NsVpn,
        ["shell-by-web-server"] = LogTypes.Shell,
    };

    // what is done to the command
    private static readonly (string Name, Func<string, string> Do)[] Spellings =
    [
        ("empty quotes in each word", c => Words(c, w => w.Length > 2 ? w[..1] + "''" + w[1..] : w)),
        ("empty double quotes in each word", c => Words(c, w => w.Length > 2 ? w[..2] + "\"\"" + w[2..] : w)),
        ("each word quoted", c => Words(c, w => w.IndexOfAny([';', '|', '&', '$', '`', '>', '<', '(']) >= 0 ? w : "'" + w + "'")),
        ("half of each word quoted", c => Words(c, w => w.IndexOfAny([';', '|', '&', '$', '`', '>', '<', '(']) >= 0 ? w : w[..(w.Length / 2)] + "'" + w[(w.Length / 2)..] + "'")),
        ("a letter escaped in each word", c => Words(c, w => w.Length > 2 && !char.IsDigit(w[2]) ? w[..2] + "\\" + w[2..] : w)),
        ("all letters escaped", c => string.Concat(c.Select(x => char.IsLetter(x) ? "\\" + x : x.ToString()))),
        ("letters as hexadecimal numbers", c => Words(c, w => Regex.Replace(w, "^/?[a-z]", m => m.Value[..^1] + FormattableString.Invariant($"$'\\x{(int)m.Value[^1]:x2}'")))),
        ("letters as octal numbers", c => Words(c, w => Regex.Replace(w, "^/?[a-z]", m => m.Value[..^1] + "$'\\" + Convert.ToString(m.Value[^1], 8) + "'"))),
        ("$IFS", c => c.Replace(" ", "$IFS", StringComparison.Ordinal)),
        ("${IFS}", c => c.Replace(" ", "${IFS}", StringComparison.Ordinal)),
        ("$IFS$9", c => c.Replace(" ", "$IFS$9", StringComparison.Ordinal)),
        ("$@ in each word", c => Words(c, w => w.Length > 2 ? w[..2] + "$@" + w[2..] : w)),
        ("${1} in each word", c => Words(c, w => w.Length > 2 ? w[..2] + "${1}" + w[2..] : w)),
        ("blanks twice", c => c.Replace(" ", "  ", StringComparison.Ordinal)),
        ("tabs", c => c.Replace(" ", "\t", StringComparison.Ordinal)),
        ("slashes twice", c => c.Replace("/", "//", StringComparison.Ordinal)),
        ("/./", c => c.Replace("/", "/./", StringComparison.Ordinal)),
        ("/x/../", c => c.Replace("/", "/x/../", StringComparison.Ordinal)),
        ("a command before it", c => "ls /tmp; " + c),
        ("line ends in it", c => c.Replace(" ", "#012", StringComparison.Ordinal)),
        ("something excused behind it", c => c + " ; ls /tmp"),
        ("in the background", c => "true & " + c),
    ];

    // what is done to the line
    private static readonly (string Name, Func<string, string> Do)[] Lines =
    [
        ("hour 24", l => Regex.Replace(l, "^([A-Z][a-z]{2} [ 0-9][0-9] )[0-9]{2}:", "${1}24:")),
        ("carriage return", l => l + "\r"),
        ("line end as escape", l => l + "#012"),
        ("byte order mark", l => "\u00ef\u00bb\u00bf" + l),
        ("bytes that are no UTF-8", l => l + " \u00ff\u00fe\u0080"),
        ("joined before another", l => l + "#012Jan  1 03:14:07 <local7.notice> gw x[1]: y"),
        ("joined behind another", l => "Jan  1 03:14:07 <local7.notice> gw x[1]: y#015#012" + l),
        ("relay", l => "<134>" + l),
        ("relay with a head of its own", l => "Jan 12 03:14:10 10.0.0.1 " + l),
        ("relay with ISO time", l => "2026-01-12T03:14:10+01:00 relay " + l),
        ("grep", l => "/var/log/file.log.3.gz:" + l),
        ("grep -n", l => "file.log:17:" + l),
        ("grep -n on Windows", l => "C:\\evidence\\file.log:17:" + l),
        ("blanks behind", l => l + "   "),
        ("relay of RFC 5424", l => "<134>1 2026-01-12T02:14:08Z gw relay 9 - - " + l),
        ("relay of RFC 5424 with data", l => "<134>1 2026-01-12T02:14:08.5+01:00 gw relay 9 - [m@1 a=\"b \\\" ]\"] " + l),
        ("joined between two", l => "Jan  1 03:14:07 <local7.notice> gw x[1]: y#012" + l + "#012Jan  1 03:14:07 <local7.notice> gw x[1]: y"),
        ("nought byte behind", l => l + "\0"),
        ("escapes behind", l => l + "\u001b[2J\u001b]0;x\u0007"),
        ("much behind", l => l + new string('x', 6000)),
        ("byte order mark and grep", l => "\u00ef\u00bb\u00bf/var/log/file.log.3:" + l),
        ("nought in the day", l => Regex.Replace(l, "^([A-Z][a-z]{2})  ([0-9] )", "$1 0$2")),
    ];

    public static IEnumerable<object[]> CommandIds() => Commands.Keys.Select(k => new object[] { k });

    public static IEnumerable<object[]> AllIds() => Commands.Keys.Concat(Others.Keys).Select(k => new object[] { k });

    [Theory]
    [MemberData(nameof(CommandIds))]
    public void A_rule_is_found_however_its_command_is_written(string id)
    {
        Assert.True(Spellings.Length >= 20);
        Found(id, Commands[id], Positive(id).SelectMany(line =>
        {
            var start = Commands[id] == LogTypes.Cron ? line.IndexOf("CMD (", StringComparison.Ordinal) + 5 : line.IndexOf("shell_command=\"", StringComparison.Ordinal) + 15;
            return Spellings.Select(s => (s.Name, line[..start] + s.Do(line[start..^1]) + line[^1]));
        }));
    }

    [Theory]
    [MemberData(nameof(AllIds))]
    public void A_rule_is_found_however_its_line_arrives(string id)
    {
        Assert.True(Lines.Length >= 20);
        var type = Commands.TryGetValue(id, out var command) ? command : Others[id];
        Found(id, type, Positive(id).Where(l => LogTypes.HttpError == type || LogFormats.ByType(type)!.Recognizes(Encoding.Latin1.GetBytes(l))).Take(2).SelectMany(line => Lines.Select(l => (l.Name, l.Do(line)))));
    }

    private static string Words(string command, Func<string, string> change) => string.Join(' ', command.Split(' ').Select(w => w.Length == 0 ? w : change(w)));

    private static IEnumerable<string> Positive(string id) => File.ReadAllLines(Repository.Data("rules", id + ".txt"), Encoding.Latin1).Where(l => l[0] == '+').Select(l => l[2..]);

    private static void Found(string id, string type, IEnumerable<(string Name, string Line)> variants)
    {
        var all = variants.ToList();
        using var folder = new TemporaryFolder();
        var file = folder.File("a.log", string.Concat(all.Select(v => v.Line + "\n")));
        var options = new InvestigationOptions { LogType = type, Since = DateTimeOffset.UnixEpoch, Until = DateTimeOffset.UnixEpoch.AddYears(900) };
        var lines = Shipped.Search(new Problems(), options, file).SelectMany(r => r.Findings).Where(f => f.IndicatorId == id).Select(f => f.LineNumber).ToHashSet();

        Assert.NotEmpty(all);
        Assert.Empty(all.Where((_, i) => !lines.Contains(i + 1)));
    }
}
