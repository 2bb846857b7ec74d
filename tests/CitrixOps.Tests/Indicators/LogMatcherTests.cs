using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using CitrixOps.Indicators;
using CitrixOps.Logs;
using CsCheck;
using Xunit;

namespace CitrixOps.Tests.Indicators;

/// <summary>The prefilter may drop no line on which a rule holds: compared with evaluating every rule on every line.</summary>
public sealed class LogMatcherTests
{
    private static readonly string[] Seeds = Directory.EnumerateFiles(Repository.Data("rules"), "*.txt").SelectMany(File.ReadAllLines).Select(l => l[2..])

        // what is known by address alone, as logs of firewalls are
        .Concat(Enumerable.Repeat("Sep 12 03:14:07 fw src=10.0.0.1 dst=143.198.7.94 spt=4711 dpt=443", 40)).ToArray();

    private static readonly string[] Noise =
    [
        "%2e", "%2F", "%252e", "%c0%ae", "%u002e", "..", "/./", "//", ";a=b", "\\", "\"", "/vpns/", ".pl", ".xml", "nobody", "%", "%zz", "\0", "\u00ff", " ", "?", "HTTP/1.1", "/VPN/", "curl", "/tmp/.init/httpd", "\" 200 ",
    ];

    public static IEnumerable<object[]> Types() => LogTypes.All.Where(t => Shipped.Rules.MatcherFor(t).Rules.Count > 0).Select(t => new object[] { t });

    [Theory]
    [MemberData(nameof(Types))]
    public void The_prefilter_drops_no_line_that_a_rule_matches(string type)
    {
        var matcher = Shipped.Rules.MatcherFor(type);
        var format = LogFormats.ByType(type)!;
        var matched = 0;
        var seed = Gen.Int[0, Seeds.Length - 1].Select(i => Seeds[i]);
        var change = Gen.Select(Gen.Int[0, 250], Gen.Int[0, Noise.Length - 1], Gen.Int[0, 4]);
        Gen.Select(seed, change.Array[0, 5], Gen.Bool).Sample((line, changes, upper) =>
        {
            foreach (var (at, noise, cut) in changes)
            {
                var place = Math.Min(at, line.Length);
                line = line.Remove(place, Math.Min(cut, line.Length - place)).Insert(place, Noise[noise]);
            }

            line = upper ? line.ToUpperInvariant() : line;
            var record = new LogRecord();
            record.Reset(type, line);
            format.Parse(record);
            var hits = new List<LogRule>();
            matcher.Match(record, hits);
            matched += hits.Count > 0 ? 1 : 0;
            Assert.True(hits.Count == 0 || matcher.IsCandidate(Encoding.Latin1.GetBytes(line)), line);
        }, iter: 6_000, threads: 1);
        Assert.True(matched > 0, "too few lines matched to prove anything");
    }

    [Fact]
    public void The_prefilter_changes_no_finding()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(7);
        foreach (var type in LogTypes.All)
        {
            var lines = Enumerable.Range(0, 400).Select(_ => Mutations.Of(Seeds[random.Next(Seeds.Length)], Noise, random));
            folder.File(type + ".txt", string.Join("\n", lines));
            var file = Path.Combine(folder.Path, type + ".txt");
            Assert.Equal(Findings(file, type, everything: true), Findings(file, type, everything: false));
        }
    }

    private static string Findings(string file, string type, bool everything) => Newtonsoft.Json.JsonConvert.SerializeObject(
        Shipped.Search(new Problems(), new CitrixOps.Investigation.InvestigationOptions { LogType = type, EvaluateEverything = everything }, file).SelectMany(r => r.Findings));

    [Theory]
    [InlineData("192.0.2.4 - - [28/Nov/2019:22:28:20 +0000] \"GET /vpn/index.html?a=%20b HTTP/1.1\" 200 135 \"https://gw.example/a\" \"Mozilla/5.0 (Windows NT 10.0; Win64; x64)\" \"Time: 6809 microsecs\"")]
    [InlineData("192.0.2.4 - - [28/Nov/2019:22:28:20 +0000] \"GET /caf%C3%A9.css HTTP/1.1\" 200 135 \"-\" \"-\"")]
    public void Ordinary_lines_are_no_candidates(string line) =>
        Assert.False(Shipped.Rules.MatcherFor(LogTypes.HttpAccess).IsCandidate(Encoding.Latin1.GetBytes(line)));
}
