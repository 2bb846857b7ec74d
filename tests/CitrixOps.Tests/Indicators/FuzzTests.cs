using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using CitrixOps.Indicators;
using CitrixOps.Investigation;
using CitrixOps.Logs;
using Xunit;
using Xunit.Abstractions;

namespace CitrixOps.Tests.Indicators;

/// <summary>
/// Mutated lines of every log through everything that touches a line. The environment variable CITRIXOPS_FUZZ_LINES sets how many
/// (CONTRIBUTING.md says how a million are run).
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private static readonly string[] Noise = ["%2e", "%252e", "%c0%af", "\0", "\u001b[2J", "\u00ff\u00fe", "\"", "#012", "\\", "//", ";", "\u00ef\u00bb\u00bf", "<134>1 ", "=", " - ", " : ", "CEF:0|", "[", "]", "(", "Jan 19 24:00:00 ", "password=", "\t"];

    private static readonly int Count = int.TryParse(Environment.GetEnvironmentVariable("CITRIXOPS_FUZZ_LINES"), NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) ? wanted : 10_000;

    [Fact]
    public void No_line_crashes_the_search_or_makes_it_grow()
    {
        var (seeds, ruleLines) = Pools();
        var matchers = LogTypes.All.ToDictionary(t => t, t => Shipped.Rules.MatcherFor(t));
        var random = new Random(20200116);
        var record = new LogRecord();
        var hits = new List<LogRule>();
        long matched = 0, memory = 0;
        for (var i = 0; i < Count; i++)
        {
            var type = LogTypes.All[i % LogTypes.All.Count];
            var pool = random.Next(3) == 0 ? ruleLines : seeds[type];
            var line = Mutations.Of(pool[random.Next(pool.Length)], Noise, random);
            var bytes = Encoding.Latin1.GetBytes(line);
            var format = LogFormats.ByType(type)!;
            format.TryReadStamp(bytes, out _);
            format.Recognizes(bytes);
            record.Reset(type, line);
            format.Parse(record);
            hits.Clear();
            matchers[type].Match(record, hits);
            if (hits.Count > 0)
            {
                matched++;
                Assert.True(matchers[type].IsCandidate(bytes), line);
            }

            var shown = SafeText.Cell(SecretMask.Apply(SafeText.FromRecord(line)));
            Assert.True(shown.All(c => c >= ' ' && c is < '\u007f' or >= '\u00a0') && shown.Length < 5000 && !(shown.Length > 0 && shown[0] is '=' or '+' or '-' or '@'), line);
            Assert.Equal(Defang.Text(shown), Defang.Text(Defang.Text(shown)));
            if (i == Count / 10)
            {
                memory = GC.GetTotalMemory(forceFullCollection: true);
            }
        }

        var grown = GC.GetTotalMemory(forceFullCollection: true) - memory;
        output.WriteLine($"{Count} lines, {matched} matched, grown by {grown} bytes");
        Assert.True(matched > 0);
        Assert.True(grown < 64 << 20, $"grown by {grown} bytes");
    }

    [Fact]
    public void No_logs_crash_a_whole_search_or_make_it_grow()
    {
        var (seeds, ruleLines) = Pools();
        var random = new Random(20260901);
        using var folder = new TemporaryFolder();
        folder.File("nsconfig/ns.conf", "#NS13.1 Build 48.47\nset ns config -IPAddress 192.0.2.10 -netmask 255.255.255.0\n");
        long written = 0;
        foreach (var type in LogTypes.All)
        {
            // what stands before and behind counts here: sessions, numbers, twins, times
            var path = folder.File("var/log/" + LogFormats.ByType(type)!.Stems[0], "");
            using var log = new StreamWriter(path, append: true, Encoding.Latin1);
            for (var i = 0; i < Count / LogTypes.All.Count; i++, written++)
            {
                var pool = random.Next(3) == 0 ? ruleLines : seeds[type];
                log.Write(Mutations.Of(pool[random.Next(pool.Length)], Noise, random) + (random.Next(40) == 0 ? "\r\n" : "\n"));
            }
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var problems = new Problems();
        var result = Shipped.Search(problems, new InvestigationOptions { Since = DateTimeOffset.UnixEpoch, Until = DateTimeOffset.UnixEpoch.AddYears(900) }, folder.Path).Single();
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;

        output.WriteLine($"{result.Lines} lines, {result.FindingCount} findings, {result.FindingCount - result.Findings.Count} of them not kept, grown by {grown} bytes, {result.Elapsed}");
        Assert.True(result.Lines >= written, $"{result.Lines} of {written} lines");
        Assert.True(result.FindingCount > 0);
        Assert.True(result.Findings.Count <= CitrixOps.Investigation.Investigation.FindingsKept);
        Assert.True(grown < 256 << 20, $"grown by {grown} bytes");
    }

    private static (Dictionary<string, string[]> Seeds, string[] RuleLines) Pools() => (
        LogTypes.All.ToDictionary(t => t, t => Directory.EnumerateFiles(Repository.Data("logs", t), "*.log").SelectMany(f => File.ReadAllLines(f, Encoding.Latin1)).ToArray()),
        Directory.EnumerateFiles(Repository.Data("rules"), "*.txt").SelectMany(f => File.ReadAllLines(f, Encoding.Latin1)).Where(l => l.Length > 2).Select(l => l[2..]).ToArray());
}
