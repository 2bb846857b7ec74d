using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using CitrixOps.Logs;
using CsCheck;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CitrixOps.Tests.Logs;

/// <summary>Golden pairs: <c>tests/data/logs/&lt;type&gt;/&lt;case&gt;.log</c> line by line against <c>&lt;case&gt;.expected.json</c>.</summary>
public sealed class LogFormatsTests
{
    public static IEnumerable<object[]> Cases() => Directory.EnumerateFiles(Repository.Data("logs"), "*.log", SearchOption.AllDirectories)
        .Select(f => new object[] { Path.GetFileName(Path.GetDirectoryName(f))!, Path.GetFileNameWithoutExtension(f) });

    [Theory]
    [MemberData(nameof(Cases))]
    public void Lines_are_read_as_expected(string type, string name)
    {
        var format = LogFormats.ByType(type)!;
        var expected = JArray.Parse(File.ReadAllText(Repository.Data("logs", type, name + ".expected.json")));
        var lines = Encoding.Latin1.GetString(File.ReadAllBytes(Repository.Data("logs", type, name + ".log"))).TrimEnd('\n').Split('\n').Select(l => l.TrimEnd('\r')).ToArray();

        Assert.Equal(expected.Count, lines.Length);
        for (var i = 0; i < lines.Length; i++)
        {
            var wanted = (JObject)expected[i];
            Assert.Equal((string?)wanted["stamp"], Stamp(format, lines[i]));
            var record = new LogRecord();
            record.Reset(type, lines[i]);
            format.Parse(record);
            foreach (var field in wanted.Properties().Where(p => p.Name != "stamp"))
            {
                Assert.True((string?)field.Value == record[field.Name], $"line {i + 1} {field.Name}: expected '{field.Value}', was '{record[field.Name]}'");
            }
        }
    }

    [Fact]
    public void Every_format_has_a_golden_case() =>
        Assert.Empty(LogFormats.All.Select(f => f.LogType).Except(Cases().Select(c => (string)c[0])));

    [Fact]
    public void Every_format_sets_only_fields_it_names()
    {
        foreach (var testCase in Cases())
        {
            var format = LogFormats.ByType((string)testCase[0])!;
            if (format.LogType == LogTypes.NsLog)
            {
                continue;
            }

            foreach (var line in File.ReadAllLines(Repository.Data("logs", format.LogType, testCase[1] + ".log")))
            {
                var record = new LogRecord();
                record.Reset(format.LogType, line);
                format.Parse(record);
                Assert.Empty(record.Fields.Keys.Except(format.Fields));
            }
        }
    }

    [Theory]
    [InlineData("httpaccess.log.3.gz", "httpaccess.log")]
    [InlineData("httpaccess-vpn.log", "httpaccess-vpn.log")]
    [InlineData("gw1_httpaccess.log", "httpaccess.log")]
    [InlineData("bash.log.0", "bash.log")]
    [InlineData("cron.12.gz", "cron")]
    [InlineData("messages", "messages")]
    [InlineData("pfirewall.log", "pfirewall.log")]
    public void A_name_tells_the_log(string name, string kind) => Assert.Equal(kind, LogFormats.ByName(name)?.Kind);

    [Theory]
    [InlineData("ns.conf")]
    [InlineData("oauthAuth.ns.conf")]
    [InlineData("authorization.ns.conf")]
    [InlineData("oauth.log")]
    [InlineData("readme.txt")]
    [InlineData("crontab")]
    public void Another_name_does_not(string name) => Assert.Null(LogFormats.ByName(name));

    [Fact]
    public void Content_tells_the_log_whatever_its_name()
    {
        foreach (var testCase in Cases().Where(c => (string)c[1] == "ordinary" && (string)c[0] is not (LogTypes.Notice or LogTypes.HttpError)))
        {
            var head = File.ReadAllBytes(Repository.Data("logs", (string)testCase[0], testCase[1] + ".log"));
            Assert.Equal((string)testCase[0], LogFormats.ByContent(head)?.LogType);
        }
    }

    [Fact]
    public void No_line_makes_a_format_fail()
    {
        var seeds = Cases().SelectMany(c => File.ReadAllLines(Repository.Data("logs", (string)c[0], c[1] + ".log"), Encoding.Latin1)).ToArray();
        Gen.Select(Gen.Int[0, seeds.Length - 1].Select(i => seeds[i]), Gen.Int[0, 200], Gen.Char['\0', '\u00ff'].Array[0, 6], Gen.Int[0, 400]).Sample((line, at, noise, cut) =>
        {
            var text = line.Insert(System.Math.Min(at, line.Length), new string(noise));
            text = cut < text.Length ? text[..cut] : text;
            foreach (var format in LogFormats.All)
            {
                format.TryReadStamp(Encoding.Latin1.GetBytes(text), out _);
                var record = new LogRecord();
                record.Reset(format.LogType, text);
                format.Parse(record);
            }
        }, iter: 3000);
    }

    [Fact]
    public void Reading_the_time_does_not_allocate()
    {
        foreach (var testCase in Cases())
        {
            var format = LogFormats.ByType((string)testCase[0])!;
            var lines = File.ReadAllLines(Repository.Data("logs", format.LogType, testCase[1] + ".log"), Encoding.Latin1).Select(Encoding.Latin1.GetBytes).ToArray();
            Read(format, lines);
            var before = System.GC.GetAllocatedBytesForCurrentThread();
            Read(format, lines);
            Assert.True(System.GC.GetAllocatedBytesForCurrentThread() == before, format.LogType);
        }
    }

    private static void Read(ILogFormat format, byte[][] lines)
    {
        foreach (var line in lines)
        {
            format.TryReadStamp(line, out _);
        }
    }

    private static string? Stamp(ILogFormat format, string line) => format.TryReadStamp(Encoding.Latin1.GetBytes(line), out var stamp)
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{stamp.Year:0000}-{stamp.Month:00}-{stamp.Day:00} {stamp.Hour:00}:{stamp.Minute:00}:{stamp.Second:00}{(stamp.HasOffset ? (stamp.OffsetMinutes / 60).ToString("+00;-00", System.Globalization.CultureInfo.InvariantCulture) : "")}")
        : null;
}
