using System.Collections.Generic;
using System.IO;
using System.Linq;
using CitrixOps.Adapters.Yaml;
using CitrixOps.Indicators;
using CitrixOps.Logs;
using Xunit;

namespace CitrixOps.Tests.Indicators;

/// <summary>The meaning of Sigma's language, rule by rule.</summary>
public sealed class SigmaRulesTests
{
    private const string Line = "192.0.2.4 - - [28/Nov/2019:22:28:20 +0000] \"GET /Vpns/a*b?doAs=1 HTTP/1.1\" 404 135 \"-\" \"curl/7\"";

    [Theory]
    [InlineData("cs-uri-stem: '/vpns/a\\*b'", true)]
    [InlineData("cs-uri-stem: '/vpns/*b'", true)]
    [InlineData("cs-uri-stem: '/vpns/a?b'", true)]
    [InlineData("cs-uri-stem: '/vpns/a?'", false)]
    [InlineData("cs-uri-stem|contains: 'VPNS'", true)]
    [InlineData("cs-uri-stem|contains|cased: 'vpns'", false)]
    [InlineData("cs-uri-stem|startswith: '/vpn'", true)]
    [InlineData("cs-uri-stem|endswith: 'b'", true)]
    [InlineData("cs-uri|contains: '\\?doAs='", true)]
    [InlineData("cs-uri|contains|all: ['vpns', 'nothere']", false)]
    [InlineData("cs-uri|contains: ['nothere', 'vpns']", true)]
    [InlineData("sc-status: 404", true)]
    [InlineData("sc-status|gte: 400", true)]
    [InlineData("sc-status|lt: 400", false)]
    [InlineData("sc-status|neq: 404", false)]
    [InlineData("c-ip|cidr: '192.0.2.0/24'", true)]
    [InlineData("c-ip|cidr: '10.0.0.0/8'", false)]
    [InlineData("cs-referer: null", true)]
    [InlineData("cs-referer: ''", false)]
    [InlineData("cs-user-agent|exists: true", true)]
    [InlineData("cs-username|exists: true", false)]
    [InlineData("cs-user-agent|re: '^curl/[0-9]$'", true)]
    [InlineData("cs-user-agent|re: '^CURL'", false)]
    [InlineData("cs-user-agent|re|i: '^CURL'", true)]
    public void A_value_means_what_the_specification_says(string field, bool expected) =>
        Assert.Equal(expected, Holds("  selection:\n    " + field + "\n  condition: selection"));

    [Theory]
    [InlineData("a and b", false)]
    [InlineData("a or b", true)]
    [InlineData("a and not b", true)]
    [InlineData("not (a and b)", true)]
    [InlineData("1 of them", true)]
    [InlineData("all of them", false)]
    [InlineData("all of a*", true)]
    [InlineData("b or a and a", true)]
    [InlineData("not b and a", true)]
    public void A_condition_binds_as_the_specification_says(string condition, bool expected) =>
        Assert.Equal(expected, Holds($"  a:\n    sc-status: 404\n  b:\n    sc-status: 200\n  condition: {condition}"));

    [Fact]
    public void A_list_of_words_searches_the_whole_line() =>
        Assert.True(Holds("  words:\n    - 'nothere'\n    - 'CURL/7'\n  condition: words"));

    [Fact]
    public void A_list_of_mappings_is_an_alternative() =>
        Assert.True(Holds("  s:\n    - sc-status: 200\n    - cs-method: get\n  condition: s"));

    [Theory]
    [InlineData("  selection:\n    cs-uri|unheard: 'x'\n  condition: selection", "unheard", 9)]
    [InlineData("  selection:\n    cs-uri|expand: '%x%'\n  condition: selection", "-Placeholder", 9)]
    [InlineData("  selection:\n    cs-uri|contains|endswith: 'x'\n  condition: selection", "contradict", 9)]
    [InlineData("  selection:\n    cs-uri: 'x'\n  condition: other", "other", 10)]
    [InlineData("  selection:\n    cs-uri: 'x'\n  condition: (selection", "parenthesis", 10)]
    [InlineData("  selection:\n    cs-uri|re: '(a'\n  condition: selection", "expression", 9)]
    [InlineData("  selection:\n    cs-uri: 'x'", "condition", 8)]
    public void What_cannot_be_used_is_reported_with_its_line(string detection, string reason, int line)
    {
        var skipped = Load(detection).Skipped.Single();

        Assert.Contains(reason, skipped.Reason);
        Assert.Equal(line, skipped.Line);
    }

    [Fact]
    public void An_alias_is_refused() => Assert.Single(Load("  selection: &a\n    cs-uri: 'x'\n  other: *a\n  condition: selection").Skipped);

    private static bool Holds(string detection)
    {
        var rules = Load(detection);
        Assert.Empty(rules.Skipped);
        var record = new LogRecord();
        record.Reset(LogTypes.HttpAccess, Line);
        LogFormats.ByType(LogTypes.HttpAccess)!.Parse(record);
        var hits = new List<LogRule>();
        rules.MatcherFor(LogTypes.HttpAccess).Match(record, hits);
        return hits.Count == 1;
    }

    private static RuleSet Load(string detection)
    {
        using var folder = new TemporaryFolder();
        folder.File("r.yml", "title: A rule for a test\nid: x\nlogsource:\n  product: netscaler\n  service: httpaccess\nlevel: low\ndetection:\n" + detection + "\n");
        return RuleSet.Load([Path.Combine(folder.Path)], new YamlReader());
    }
}
