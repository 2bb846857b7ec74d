using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using CitrixOps.Adapters.Yaml;
using CitrixOps.Indicators;
using CitrixOps.Indicators.Sigma;
using CitrixOps.Logs;
using Xunit;

namespace CitrixOps.Tests.Indicators;

/// <summary>Each shipped rule on its own lines: <c>tests/data/rules/&lt;id&gt;.txt</c>, <c>+</c> must match and <c>-</c> must not.</summary>
public sealed class ShippedRulesTests
{
    private static readonly string[] Evasions =
    [
        "/vpn/../vpns/cfg/smb.conf", "/vpn/%2e%2e/vpns/cfg/smb.conf", "/vpn/%2E./vpns/cfg/smb.conf", "/vpn/..%2fvpns/cfg/smb.conf", "/vpn%2f../vpns/cfg/smb.conf",
        "/%76pn/../%76pns/cfg/smb.conf", "/vpn/%252e%252e/vpns/cfg/smb.conf", "/vpn/%25252e%25252e/vpns/cfg/smb.conf", "/vpn/%c0%ae%c0%ae/vpns/cfg/smb.conf",
        "/vpn/%u002e%u002e/vpns/cfg/smb.conf", "/VPN/../VPNS/cfg/SMB.conf", "/vpn//../vpns/cfg/smb.conf", "/vpn/./../vpns/cfg/smb.conf", "/vpn/.././vpns/cfg/smb.conf",
        "/vpn;x=1/../vpns/cfg/smb.conf", "/vpn/..;/vpns/cfg/smb.conf", "\\\\vpn\\\\..\\\\vpns\\\\cfg\\\\smb.conf", "/vpn/..\\\\vpns/cfg/smb.conf", "http://gw.example/vpn/../vpns/cfg/smb.conf",
        "/vpn/%e0%80%ae%e0%80%ae/vpns/cfg/smb.conf", "/vpn/../vpns//cfg/./smb.conf", "%c0%afvpn%c0%af%c0%ae%c0%ae%c0%afvpns%c0%afcfg%c0%afsmb%c0%aeconf", "/%c1%b6pn%c0%af..%c0%af%c1%b6pns/cfg/smb.conf",
        "%2fvpn%2f%2e%2e%2fvpns%2fcfg%2fsmb%2econf", "/vpn/../vpns/cfg/smb%2econf?x=y",
    ];

    private static readonly Placeholders Given = new([new("gateway_addresses", ["192.0.2.10/32"]), new("allowed_destinations", ["198.51.100.0/24", "10.0.0.0/8"])]);

    // with the rules that wait for placeholders
    private static readonly RuleSet Rules = RuleSet.Load([Path.Combine(Repository.ModuleData, "rules")], new YamlReader(), Given);

    public static IEnumerable<object[]> RuleIds() => Rules.LogRules.Where(r => r.SigmaId.Length > 0).Select(r => new object[] { r.Id });

    public static IEnumerable<object[]> Spellings() => Evasions.SelectMany(e => new[] { "GET", "POST", "HEAD", "FOO" }.Select(m => new object[] { m, e }));

    [Fact]
    public void Every_rule_is_loaded()
    {
        Assert.Empty(Shipped.Rules.Skipped);
        Assert.True(Shipped.Rules.LogRules.Count >= 35);
        Assert.True(Shipped.Rules.FileIndicators.Count >= 20);
        Assert.True(Shipped.Rules.Correlations.Count >= 8);
    }

    [Theory]
    [MemberData(nameof(RuleIds))]
    public void A_rule_matches_its_lines_and_no_others(string id)
    {
        var rule = Rules.LogRules.Single(r => r.Id == id);
        var lines = File.ReadAllLines(Repository.Data("rules", id + ".txt"));
        Assert.True(HasBoth(lines));
        foreach (var type in rule.LogTypes)
        {
            // lines of several logs are tried as what they are; where they are of one, the rule is about words, and any line will do
            var own = lines.Where(l => LogFormats.ByType(type)!.Recognizes(Encoding.Latin1.GetBytes(l[2..]))).ToArray();
            foreach (var line in HasBoth(own) ? own : lines)
            {
                var hit = Match(type, line[2..]).Contains(id);
                Assert.True(hit == (line[0] == '+'), $"{type}: {line}");
            }
        }
    }

    [Fact]
    public void Rules_that_only_an_organisation_can_complete_wait_and_are_not_reported_as_wrong()
    {
        Assert.Equal(["gateway-calls-elsewhere"], Shipped.Rules.Waiting.Select(w => Path.GetFileNameWithoutExtension(w.File)).Order(StringComparer.Ordinal));
        Assert.Empty(Rules.Waiting);
        Assert.DoesNotContain(Shipped.Rules.LogRules, r => r.Id == "gateway-calls-elsewhere");
    }

    [Theory]
    [MemberData(nameof(Spellings))]
    public void No_spelling_of_the_path_hides_the_request(string method, string path)
    {
        var line = $"192.0.2.77 - - [12/Jan/2020:03:14:07 +0100] \"{method} {path} HTTP/1.1\" 200 143 \"-\" \"x\"";

        var hits = Match(LogTypes.HttpAccess, line);

        Assert.Contains("shitrix-traversal", hits);
        Assert.Contains("shitrix-probe", hits);
    }

    [Theory]
    [InlineData("/vpns/portal/../cfg/smb.conf")]
    [InlineData("/logon/../vpns/x/%2e%2e/cfg/smb.conf")]
    public void A_path_is_also_tried_with_its_detours_resolved(string path) =>
        Assert.Contains("shitrix-probe", Match(LogTypes.HttpAccess, $"192.0.2.77 - - [12/Jan/2020:03:14:07 +0100] \"GET {path} HTTP/1.1\" 404 143 \"-\" \"x\""));

    [Fact]
    public void No_rule_has_to_look_at_every_line() => Assert.Empty(LogTypes.All.Where(t => Shipped.Rules.MatcherFor(t).LooksAtEveryLine));

    [Fact]
    public void Weak_words_never_carry_a_verdict() => Assert.All(
        Shipped.Rules.LogRules.Where(r => r.Id.Contains("weak", StringComparison.Ordinal) || r.Id.Contains("addresses", StringComparison.Ordinal)),
        r => Assert.Equal(Grade.Pivot, r.Grade));

    [Fact]
    public void Every_indicator_that_the_table_of_facts_names_is_loaded()
    {
        var heuristics = File.ReadAllLines(Path.Combine(Repository.ModuleData, "facts-heuristics.tsv")).Skip(1).Select(l => l.Split('\t')[1]);
        var ids = Rules.LogRules.Concat<Indicator>(Shipped.Rules.LogRules).Concat(Shipped.Rules.Correlations).Concat(Shipped.Rules.FileIndicators).Select(i => i.Id).Concat(heuristics).ToHashSet();

        Assert.Empty(File.ReadAllLines(Path.Combine(Repository.ModuleData, "facts-coverage.tsv")).Skip(1).Select(l => l.Split('\t')[3]).Where(id => id.Length > 0).Distinct().Except(ids));
    }

    [Fact]
    public void Every_correlation_names_rules_that_exist()
    {
        var ids = Shipped.Rules.LogRules.SelectMany(r => new[] { r.Id, r.SigmaId }).ToHashSet();

        Assert.All(Shipped.Rules.Correlations, c => Assert.All(c.Rules, r => Assert.Contains(r, ids)));
    }

    private static bool HasBoth(string[] lines) => lines.Any(l => l.StartsWith("+ ", StringComparison.Ordinal)) && lines.Any(l => l.StartsWith("- ", StringComparison.Ordinal));

    private static List<string> Match(string type, string line)
    {
        var matcher = Rules.MatcherFor(type);
        var record = new LogRecord();
        record.Reset(type, line);
        LogFormats.ByType(type)!.Parse(record);
        var hits = new List<LogRule>();
        matcher.Match(record, hits);
        if (hits.Count > 0)
        {
            Assert.True(matcher.IsCandidate(Encoding.Latin1.GetBytes(line)), "the prefilter would have dropped: " + line);
        }

        return hits.ConvertAll(h => h.Id);
    }
}
