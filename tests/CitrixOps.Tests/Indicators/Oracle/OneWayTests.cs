using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using CitrixOps.Indicators;
using CitrixOps.Logs;
using Xunit;

namespace CitrixOps.Tests.Indicators.Oracle;

/// <summary>Each single way of writing a request or a command otherwise, and nothing else in the line that would let it pass the prefilter.</summary>
public sealed class OneWayTests
{
    private const string Plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

    public static IEnumerable<object[]> Characters() => Plain.Select(c => new object[] { c });

    [Theory]
    [MemberData(nameof(Characters))]
    public void Any_character_may_be_encoded_alone(char c)
    {
        var rule = Matcher("httpaccess", $"cs-uri-stem|contains: 'q#{c}#q'");
        var hex = ((int)c).ToString("x2", CultureInfo.InvariantCulture);
        foreach (var form in new[]
        {
            "%" + hex, "%" + hex.ToUpperInvariant(), "%25" + hex, "%2525" + hex, "%252525" + hex, "%u00" + hex, "%U00" + hex, FormattableString.Invariant($"%uff{c - 0x20:x2}"), Overlong(c, "%c{0:x}%{1:x2}"), Overlong(c, "%E0%8{0:x}%{1:x2}"), Overlong(c, "%f0%80%8{0:x}%{1:x2}"),
        })
        {
            Assert.True(Found(rule, "httpaccess", $"192.0.2.1 - - [12/Jan/2020:03:14:07 +0100] \"GET /q#{form}#q HTTP/1.1\" 200 1 \"-\" \"-\""), form);
        }
    }

    [Theory]
    [InlineData("/one%2ftwo/three")]
    [InlineData("/one%2Ftwo/three")]
    [InlineData("/one%5ctwo/three")]
    [InlineData("/one%c0%aftwo/three")]
    [InlineData("/one//two/three")]
    [InlineData("/one/./two/three")]
    [InlineData("/one;p=1/two/three")]
    [InlineData("/one;/two/three")]
    [InlineData("/one\\two/three")]
    [InlineData("/one\\\\two/three")]
    [InlineData("/one/x/../two/three")]
    [InlineData("/../one/two/three")]
    [InlineData("/%2e/one%2ftwo/three")]
    [InlineData("HTTP://gw.example:443/one/two/three")]
    public void A_path_may_be_written_otherwise_in_one_place(string path)
    {
        var rule = Matcher("httpaccess", "cs-uri-stem: '/one/two/three'");

        Assert.True(Found(rule, "httpaccess", $"192.0.2.1 - - [12/Jan/2020:03:14:07 +0100] \"GET {path} HTTP/1.1\" 200 1 \"-\" \"-\""));
    }

    [Theory]
    [InlineData("fetch''er -o /tmp/one/two")]
    [InlineData("fet\"\"cher -o /tmp/one/two")]
    [InlineData("'fetcher' -o /tmp/one/two")]
    [InlineData("f'etche'r -o /tmp/one/two")]
    [InlineData("fe\\tcher -o /tmp/one/two")]
    [InlineData("$'\\x66etcher' -o /tmp/one/two")]
    [InlineData("$'\\146etcher' -o /tmp/one/two")]
    [InlineData("fetcher$IFS-o /tmp/one/two")]
    [InlineData("fetcher${IFS}-o$IFS$9/tmp/one/two")]
    [InlineData("fetcher${IFS%??}-o /tmp/one/two")]
    [InlineData("fetch$@er -o /tmp/one/two")]
    [InlineData("fetch${9}er -o /tmp/one/two")]
    [InlineData("fetch$*er -o /tmp/one/two")]
    [InlineData("{fetcher,-o,/tmp/one/two}")]
    [InlineData("fetcher  -o  /tmp/one/two")]
    [InlineData("fetcher\t-o /tmp/one/two")]
    [InlineData("fetcher -o /tmp//one/two")]
    [InlineData("fetcher -o /tmp/./one/two")]
    [InlineData("fetcher -o /tmp/one/x/../two")]
    [InlineData("fetcher -o#012/tmp/one/two")]
    [InlineData("fetcher -o /t''mp/o\\ne/./$@two")]
    public void A_command_may_be_written_otherwise_in_one_place(string command)
    {
        var line = $"Jan 12 03:14:07 <local7.notice> ns bash[1]: root on (null) shell_command=\"{command}\"";
        foreach (var (type, text) in new[] { ("shell", line), ("notice", line), ("messages", line), ("cron", $"Jan 12 03:14:07 <cron.info> ns /usr/sbin/cron[1]: (root) CMD ({command})") })
        {
            Assert.True(Found(Matcher(type, type == "messages" ? "message|contains: 'fetcher -o /tmp/one/two'" : "command|startswith: 'fetcher -o /tmp/one/two'"), type, text), type);
            Assert.False(Found(Matcher(type, "message|contains: 'fetcher -o /tmp/one/three'"), type, text), type);
        }
    }

    [Fact]
    public void An_ordinary_command_stays_what_it_is() => Assert.False(Matcher("shell", "command|contains: 'fetcher'").IsCandidate("Jan 12 03:14:07 <local7.notice> ns bash[1]: root on (null) shell_command=\"ls -l '/tmp'\""u8));

    private static string Overlong(char c, string format) => string.Format(CultureInfo.InvariantCulture, format, c >> 6, 0x80 | (c & 0x3f));

    private static LogMatcher Matcher(string type, string field)
    {
        var rules = SigmaText.Files(("r.yml", $"title: A rule for a test\nid: x\nlogsource:\n  product: netscaler\n  service: {type}\nlevel: low\ndetection:\n  s:\n    {field}\n  condition: s\n"));
        Assert.Empty(rules.Skipped);
        return rules.MatcherFor(type);
    }

    private static bool Found(LogMatcher matcher, string type, string line)
    {
        var record = new LogRecord();
        record.Reset(type, line);
        LogFormats.ByType(type)!.Parse(record);
        var hits = new List<LogRule>();
        matcher.Match(record, hits);
        return hits.Count == 1 && matcher.IsCandidate(Encoding.Latin1.GetBytes(line));
    }
}
