using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CitrixOps.Indicators;
using CitrixOps.Indicators.Correlating;
using Xunit;

namespace CitrixOps.Tests.Indicators;

/// <summary>Correlations: sums, combinations, chains of correlations, order within a second, and what can never hold.</summary>
public sealed class CorrelationTests
{
    private const string Rule = "title: Rule {0}\nid: 00000000-{0}\nname: name-{0}\nlogsource:\n  product: netscaler\n  service: httpaccess\ndetection:\n  s:\n    cs-uri|contains: 'a'\n  condition: s\n";

    [Theory]
    [InlineData("value_sum", "gt: 99", "a@1:60,a@2:40", true)]
    [InlineData("value_sum", "gt: 100", "a@1:60,a@2:40", false)]
    [InlineData("value_sum", "gte: 100", "a@1:60,a@62:40", false)]
    [InlineData("value_sum", "gte: 0.3", "a@1:0.1,a@2:0.2", true)]
    [InlineData("value_sum", "gte: 1", "a@1:x,a@2:", false)]
    [InlineData("value_avg", "gte: 50", "a@1:60,a@2:40", true)]
    [InlineData("value_avg", "lt: 10", "a@1:60,a@2:x", false)]
    [InlineData("value_avg", "lt: 10", "a@1:60,a@100:4,a@101:6", true)]
    [InlineData("value_percentile", "percentile: 50\n    gte: 5", "a@1:1,a@2:5,a@3:9", true)]
    [InlineData("value_percentile", "percentile: 50\n    gt: 5", "a@1:1,a@2:5,a@3:9", true)]
    [InlineData("value_percentile", "percentile: 90\n    lt: 5", "a@1:1,a@2:5,a@3:9", false)]
    public void Numbers_in_a_window_are_added_up(string type, string condition, string hits, bool expected) =>
        Assert.Equal(expected, Holds($"type: {type}\n  rules: [a]\n  timespan: 1m\n  condition:\n    field: sc-bytes\n    {condition}", hits));

    [Theory]
    [InlineData("a and b", "a@1,b@2", true)]
    [InlineData("a and b", "a@1,c@2", false)]
    [InlineData("(a or b) and c", "b@1,c@50", true)]
    [InlineData("(a or b) and c", "b@1,c@62", false)]
    [InlineData("1 of them", "c@1", true)]
    [InlineData("all of them", "a@1,b@2", false)]
    public void Which_rules_must_hit_a_condition_may_say(string condition, string hits, bool expected) =>
        Assert.Equal(expected, Holds($"type: temporal\n  rules: [a, b, c]\n  timespan: 1m\n  condition: {condition}", hits));

    [Theory]
    [InlineData("gte: 2", "a@1,c@2", true)]
    [InlineData("gte: 2", "a@1,a@2", false)]
    [InlineData("eq: 3", "a@1,b@2,c@3", true)]
    public void So_many_different_rules_may_be_enough(string condition, string hits, bool expected) =>
        Assert.Equal(expected, Holds($"type: temporal\n  rules: [a, b, c]\n  timespan: 1m\n  condition:\n    {condition}", hits));

    [Theory]
    [InlineData("a@1,b@2,c@3", true)]
    [InlineData("c@1,b@2,a@3", false)]
    [InlineData("a@1,b@2,a@50,b@70,c@80", true)]
    [InlineData("a@1,b@2,c@62", false)]
    [InlineData("a@1,b@2,a@3,c@62", false)]
    [InlineData("a@1,a@40,b@41,c@100", true)]
    [InlineData("b@1,a@1,c@2", false)]
    [InlineData("b@1/other,a@1,c@2", true)]
    [InlineData("c@1/x,b@1/y,a@1/z", true)]
    public void The_order_counts_and_within_a_second_only_in_one_log(string hits, bool expected) => Assert.Equal(expected, Holds("type: temporal_ordered\n  rules: [a, b, c]\n  timespan: 1m", hits));

    [Theory]
    [InlineData("a@1,a@2", true)]
    [InlineData("a@1", false)]
    public void A_rule_named_twice_must_hit_twice(string hits, bool expected) => Assert.Equal(expected, Holds("type: temporal_ordered\n  rules: [a, a]\n  timespan: 1m", hits));

    [Fact]
    public void Rules_are_named_by_file_or_by_name_or_by_id()
    {
        foreach (var name in new[] { "a", "name-a", "00000000-a" })
        {
            Assert.True(Holds($"type: event_count\n  rules: ['{name}']\n  timespan: 1m\n  condition:\n    gte: 2", "a@1,a@2"), name);
        }
    }

    [Fact]
    public void Values_of_several_fields_are_counted_together() =>
        Assert.True(Holds("type: value_count\n  rules: [a]\n  timespan: 1m\n  condition:\n    field: [sc-bytes, cs-method]\n    gte: 3", "a@1:1,a@2:2,a@3:3,a@4:3"));

    [Fact]
    public void Groups_ignore_case() => Assert.True(Holds("type: event_count\n  rules: [a]\n  timespan: 1m\n  group-by: [cs-uri]\n  condition:\n    gte: 2", "a@1,A@2"));

    [Theory]
    [InlineData("a@1:u,a@2:u,a@3:u,b@4:u", true)]
    [InlineData("a@1:u,a@2:u,a@3:u,b@4:v", false)]
    [InlineData("b@1:u,a@2:u,a@3:u,a@4:u", false)]
    [InlineData("a@1:u,a@2:u,b@4:u", false)]
    [InlineData("a@1:u,a@2:u,a@3:u,a@301:u,a@302:u,a@303:u,b@330:u", true)]
    public void A_correlation_may_correlate_another(string hits, bool expected)
    {
        const string Burst = "title: Many\nname: many\ncitrixops:\n  reports: false\ncorrelation:\n  type: event_count\n  rules: [a]\n  group-by: [cs-method]\n  timespan: 30s\n  condition:\n    gte: 3\n";
        var found = Complete(["corr.yml:title: Then\nname: then\ncorrelation:\n  type: temporal_ordered\n  rules: [many, b]\n  group-by: [sc-bytes]\n  timespan: 1m\n", "many.yml:" + Burst], hits);

        Assert.Equal(expected ? ["then"] : [], found.Select(f => f.Rule.Id));
        Assert.True(!expected || found[0].Hits.Count == 4);
    }

    [Theory]
    [InlineData("type: event_count\n  rules: [a]\n  timespan: 1m\n  condition:\n    lt: 1", "never hold", 8)]
    [InlineData("type: event_count\n  rules: [a]\n  timespan: 1m\n  condition:\n    gt: 5\n    lt: 6", "never hold", 8)]
    [InlineData("type: event_count\n  rules: [a]\n  timespan: 1m\n  condition:\n    field: c-ip\n    gt: 5", "value_count", 8)]
    [InlineData("type: event_count\n  rules: [a]\n  timespan: 1m\n  condition:\n    gte: 1.5", "whole", 8)]
    [InlineData("type: value_count\n  rules: [a]\n  timespan: 1m\n  condition:\n    gte: 5", "field", 8)]
    [InlineData("type: value_sum\n  rules: [a]\n  timespan: 1m\n  condition:\n    field: [a, b]\n    gte: 5", "field", 8)]
    [InlineData("type: value_percentile\n  rules: [a]\n  timespan: 1m\n  condition:\n    field: sc-bytes\n    gte: 5", "percentile", 8)]
    [InlineData("type: value_percentile\n  rules: [a]\n  timespan: 1m\n  condition:\n    percentile: 0\n    field: sc-bytes\n    gte: 5", "1 to 100", 8)]
    [InlineData("type: value_median\n  rules: [a]\n  timespan: 1m", "value_median", 4)]
    [InlineData("type: temporal\n  rules: [a, b]\n  timespan: 1m\n  condition: a and not b", "'not'", 7)]
    [InlineData("type: temporal\n  rules: [a, b]\n  timespan: 1m\n  condition: a and x", "'x'", 7)]
    [InlineData("type: temporal\n  rules: [a, b]\n  timespan: 1m\n  condition:\n    gte: 3", "never hold", 8)]
    [InlineData("type: temporal_ordered\n  rules: [a, b]\n  timespan: 1m\n  condition: a and b", "temporal_ordered", 7)]
    [InlineData("type: temporal\n  rules: [a]\n  timespan: 0s", "timespan", 6)]
    [InlineData("type: temporal\n  rules: [a]\n  timespan: 1M", "timespan", 6)]
    [InlineData("type: temporal\n  rules: [a]\n  timespan: 1m\n  aliases:\n    who:\n      z: c-ip", "'z'", 8)]
    [InlineData("type: temporal\n  rules: [corr]\n  timespan: 1m", "circle", 5)]
    public void What_could_never_hold_is_refused_with_its_place(string correlation, string reason, int line)
    {
        var skipped = Load(["corr.yml:title: A correlation\nname: corr\ncorrelation:\n  " + correlation + "\n"]).Skipped.Single();

        Assert.Contains(reason, skipped.Reason);
        Assert.Equal(line, skipped.Line);
        Assert.True(skipped.Column > 1);
    }

    [Fact]
    public void Ten_thousand_hits_in_one_window_are_no_burden()
    {
        var hits = string.Join(",", Enumerable.Range(0, 9_999).Select(i => string.Create(CultureInfo.InvariantCulture, $"a@{i / 1000}:{i}")));

        Assert.True(Holds("type: value_count\n  rules: [a]\n  timespan: 1d\n  condition:\n    field: sc-bytes\n    eq: 3", hits));
        Assert.True(Holds("type: value_percentile\n  rules: [a]\n  timespan: 1d\n  condition:\n    field: sc-bytes\n    percentile: 1\n    gt: 9990", hits));
        Assert.False(Holds("type: temporal_ordered\n  rules: [a, b]\n  timespan: 1d", hits));
    }

    [Fact]
    public void A_part_of_the_rules_keeps_what_its_correlations_need_without_findings()
    {
        var rules = Load(["corr.yml:title: A correlation\nname: corr\ntags: [cve.2020.1]\ncorrelation:\n  type: event_count\n  rules: [tagged]\n  timespan: 1m\n  condition:\n    gte: 2\n", "tagged.yml:" + Rule.Replace("{0}", "t", StringComparison.Ordinal) + "tags: [cve.2020.2]\n"]).For(["CVE-2020-1"]);

        Assert.False(rules.LogRules.Single(r => r.Id == "tagged").Reports);
        Assert.True(rules.LogRules.Single(r => r.Id == "a").Reports);
    }

    private static bool Holds(string correlation, string hits) => Complete(["corr.yml:title: A correlation\nname: corr\ncorrelation:\n  " + correlation + "\n"], hits).Count > 0;

    // rule@second:value/log
    private static List<(CorrelationRule Rule, IReadOnlyList<string> Hits)> Complete(string[] files, string hits)
    {
        var rules = Load(files);
        Assert.Empty(rules.Skipped);
        var correlator = new Correlator<string>(rules.Correlations);
        foreach (var hit in hits.Split(','))
        {
            var (what, log) = Cut(hit, '/');
            var (at, value) = Cut(what, ':');
            var (rule, second) = Cut(at, '@');
            correlator.Add(
                rules.LogRules.Single(r => r.Id == rule.ToLowerInvariant()),
                f => f switch { "sc-bytes" => value.Length > 0 ? value : null, "cs-method" => "GET", "cs-uri" => rule, _ => null },
                DateTimeOffset.UnixEpoch.AddSeconds(int.Parse(second, CultureInfo.InvariantCulture)),
                hit,
                log);
        }

        Assert.Equal(0, correlator.Dropped);
        return [.. correlator.Complete()];
    }

    private static (string Before, string After) Cut(string text, char at) => text.IndexOf(at) is var i && i < 0 ? (text, "") : (text[..i], text[(i + 1)..]);

    private static RuleSet Load(string[] files) => SigmaText.Files([
        .. new[] { "a", "b", "c" }.Select(n => (n + ".yml", Rule.Replace("{0}", n, StringComparison.Ordinal))), .. files.Select(f => (Cut(f, ':').Before, Cut(f, ':').After))]);
}
