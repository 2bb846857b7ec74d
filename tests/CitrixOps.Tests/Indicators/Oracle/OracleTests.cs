using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using CitrixOps.Adapters.Yaml;
using CitrixOps.Indicators;
using CitrixOps.Investigation;
using CitrixOps.Logs;
using CitrixOps.Logs.Reading;
using Xunit;
using Xunit.Abstractions;

namespace CitrixOps.Tests.Indicators.Oracle;

/// <summary>
/// Random rules on random and hostile lines: what the product finds is exactly what the rules mean, told by code that shares nothing with
/// it. Any change to prefilter, witnesses, views, tests of values or conditions that loses or invents one match shows here.
/// CITRIXOPS_ORACLE_ROUNDS sets how many times, each with other rules and lines (CONTRIBUTING.md).
/// </summary>
public sealed class OracleTests(ITestOutputHelper output)
{
    private const int RulesEach = 60;
    private const int LinesEach = 120;

    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("CITRIXOPS_ORACLE_ROUNDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) ? wanted : 1;

    public static IEnumerable<object[]> Types() => LogTypes.All.Select(t => new object[] { t });

    [Theory]
    [MemberData(nameof(Types))]
    public void A_rule_matches_what_it_means_and_nothing_else(string type)
    {
        long matched = 0, filtered = 0, all = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var (rules, records) = Case(type, round);
            var set = Load(rules);
            foreach (var rule in rules)
            {
                // one rule in a matcher, so that no other rule's literals let its lines pass
                var matcher = Alone(set, rule);
                foreach (var record in records)
                {
                    var expected = Means(rule, record);
                    var candidate = matcher.IsCandidate(Encoding.Latin1.GetBytes(record.Raw));
                    Assert.True(expected == (candidate && Hits(matcher, record).Contains(rule.Id)), $"{(expected ? "lost" : "invented")}{(candidate ? "" : " by the prefilter")}: {record.Raw}\n{rule.Yaml}");
                    matched += expected ? 1 : 0;
                    filtered += candidate ? 0 : 1;
                    all++;
                }
            }
        }

        output.WriteLine($"{type}: {all} verdicts, {matched} matches, {filtered} lines kept out");
        Assert.True(matched > all / 50 && matched < all / 2, $"{matched} matches of {all} prove little");
        Assert.True(filtered > all / 20, $"the prefilter kept out {filtered} of {all}: nothing of it was tried");
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Rules_together_match_what_each_matches_alone(string type)
    {
        var (rules, records) = Case(type, 1000);
        var matcher = Load(rules).MatcherFor(type);
        foreach (var record in records)
        {
            var expected = rules.Where(r => Means(r, record)).Select(r => r.Id).ToList();
            var found = matcher.IsCandidate(Encoding.Latin1.GetBytes(record.Raw)) ? Hits(matcher, record) : [];
            Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_search_finds_what_the_rules_mean_on_every_line(string type)
    {
        var (rules, records) = Case(type, 2000);
        var witnessed = rules.Where((_, i) => i % 3 > 0).ToArray();
        using var folder = new TemporaryFolder();
        var file = folder.File(type + ".txt", string.Join("\n", records.Select(r => r.Raw)) + "\n");
        var set = Load(witnessed);

        var (everything, excluded) = Search(set, type, file, everything: true);
        Assert.Equal(everything, Search(set, type, file, everything: false).Found);

        // what is excluded by what it is (OwnTraces) is left out of both
        var expected = records.SelectMany((r, i) => witnessed.Where(w => MeansAnywhere(w, r)).Select(w => (Line: i + 1L, w.Id))).ToArray();
        Assert.Empty(everything.Except(expected));
        Assert.True(expected.Except(everything).Count() <= excluded);
        Assert.True(everything.Length > 50, $"{everything.Length} found, {expected.Length} meant, {excluded} excluded: too few to prove anything");
    }

    private static (OracleRule[] Rules, LogRecord[] Records) Case(string type, int round)
    {
        var random = new Random(HashCode(type) + round);
        var records = OracleLines.Of(type, LinesEach, random).Select(l => Parse(type, l)).ToArray();
        var make = new OracleRules(random, type, records);
        return ([.. Enumerable.Range(0, RulesEach).Select(make.Next)], records);
    }

    private static int HashCode(string type) => type.Aggregate(17, (sum, c) => (sum * 31) + c) & 0xffffff;

    private static LogRecord Parse(string type, string line)
    {
        var record = new LogRecord();
        record.Reset(type, line);
        LogFormats.ByType(type)!.Parse(record);
        return record;
    }

    // the forms of a record are the same for every rule
    private static readonly ConditionalWeakTable<LogRecord, IReadOnlyList<(Func<string, string?> Field, string Raw)>> Views = new();

    private static bool Means(OracleRule rule, LogRecord record) => Views.GetValue(record, r => ReferenceViews.Of(r)).Any(view => rule.Holds(view.Field, view.Raw));

    // a line that a relay joined is looked at as it is and piece by piece
    private static bool MeansAnywhere(OracleRule rule, LogRecord record) =>
        Means(rule, record) || JoinedLines.Split(record.Raw).Any(piece => Means(rule, Parse(record.LogType, piece)));

    private static RuleSet Load(IEnumerable<OracleRule> rules)
    {
        using var folder = new TemporaryFolder();
        foreach (var rule in rules)
        {
            folder.File(rule.Id + ".yml", Encoding.UTF8.GetBytes(rule.Yaml));
        }

        var set = RuleSet.Load([folder.Path], new YamlReader());
        Assert.True(set.Skipped.Count == 0, string.Join("\n", set.Skipped.Select(s => $"{s.Line}:{s.Column} {s.Reason}\n{rules.First(r => s.File.EndsWith(r.Id + ".yml", StringComparison.Ordinal)).Yaml}")));
        return set;
    }

    private static LogMatcher Alone(RuleSet set, OracleRule rule)
    {
        var loaded = set.LogRules.Single(r => r.Id == rule.Id);
        foreach (var other in set.LogRules)
        {
            other.LogTypes = ReferenceEquals(other, loaded) ? [rule.LogType] : [];
        }

        return set.MatcherFor(rule.LogType);
    }

    private static List<string> Hits(LogMatcher matcher, LogRecord record)
    {
        var hits = new List<LogRule>();
        matcher.Match(record, hits);
        return hits.ConvertAll(h => h.Id);
    }

    private static ((long Line, string Id)[] Found, long Excluded) Search(RuleSet rules, string type, string file, bool everything)
    {
        var problems = new Problems();
        var investigator = new Investigator(rules, Shipped.Catalogue, new InvestigationOptions { LogType = type, EvaluateEverything = everything, Since = DateTimeOffset.UnixEpoch, Until = DateTimeOffset.UnixEpoch.AddYears(900) }, DateTimeOffset.UnixEpoch.AddYears(60));
        var result = investigator.Search(Shipped.Open(problems, file), keepFindings: true, problems, default).Single();
        Assert.True(result.Findings.Count < CitrixOps.Investigation.Investigation.FindingsKept);
        return ([.. result.Findings.Where(f => f.IndicatorId.StartsWith("oracle-", StringComparison.Ordinal)).Select(f => (f.LineNumber, f.IndicatorId)).Order()], result.Excluded.Sum(e => e.Count));
    }
}
