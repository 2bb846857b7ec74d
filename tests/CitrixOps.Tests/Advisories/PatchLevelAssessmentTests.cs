using System.Linq;
using CitrixOps.Advisories;
using Xunit;

namespace CitrixOps.Tests.Advisories;

public sealed class PatchLevelAssessmentTests
{
    private const string Gateway = "add vpn vserver gw SSL 203.0.113.10 443\n";

    [Theory]
    [InlineData("12.1-55.17", "CVE-2019-19781", Verdict.Affected)]
    [InlineData("12.1-55.18", "CVE-2019-19781", Verdict.Fixed)]
    [InlineData("13.1-59.22", "CVE-2019-19781", Verdict.NotApplicableNewerBranch)]
    [InlineData("11.0-70.1", "CVE-2019-19781", Verdict.EolAssumeAffected)]
    [InlineData("12.1-65.37", "CVE-2025-7775", Verdict.AffectedNoFixInBranch)]
    [InlineData("12.1-65.39", "CVE-2025-12101", Verdict.EolAssumeAffected)]
    [InlineData("13.0-92.31", "CVE-2025-5777", Verdict.AffectedNoFixInBranch)]
    [InlineData("14.1-43.55", "CVE-2025-5777", Verdict.Affected)]
    [InlineData("14.1-43.56", "CVE-2025-5777", Verdict.Fixed)]
    [InlineData("12.1-61.18", "CVE-2020-8299", Verdict.Fixed)]
    [InlineData("12.1-61.18", "CVE-2020-8300", Verdict.Affected)]
    [InlineData("12.1-64.16", "CVE-2022-27508", Verdict.Affected)]
    [InlineData("12.1-63.22", "CVE-2022-27508", Verdict.NotAffected)]
    [InlineData("14.1-66.54", "CVE-2026-4368", Verdict.Affected)]
    [InlineData("14.1-60.58", "CVE-2026-3055", Verdict.Fixed)]
    [InlineData("14.1-60.57", "CVE-2026-3055", Verdict.Affected)]
    [InlineData("13.1-33.46", "CVE-2022-27518", Verdict.NotAffected)]
    public void A_build_gets_its_own_verdict_for_each_cve(string version, string cve, Verdict expected) =>
        Assert.Equal(expected, Shipped.Verdict(version, cve));

    // proven mistakes of other tools
    [Theory]
    [InlineData("13.1-37.241", "CVE-2025-7775", Verdict.Fixed)]
    [InlineData("12.1-55.328", "CVE-2025-5777", Verdict.Fixed)]
    [InlineData("12.1-55.24", "CVE-2025-6543", Verdict.AffectedNoFixInBranch)]
    [InlineData("14.1-29.72", "CVE-2025-5777", Verdict.Affected)]
    [InlineData("13.1-55.34", "CVE-2025-7775", Verdict.Affected)]
    [InlineData("14.1-73.32", "CVE-2026-19490", Verdict.Fixed)]
    [InlineData("13.1-64.23", "CVE-2026-88771", Verdict.Fixed)]
    [InlineData("12.1-55.13", "CVE-2025-6543", Verdict.AffectedNoFixInBranch)]
    [InlineData("12.1-55.18", "CVE-2025-6543", Verdict.AffectedNoFixInBranch)]
    [InlineData("12.1-55.328", "CVE-2025-6543", Verdict.NotAffected)]
    [InlineData("13.1-55.18", "CVE-2025-5777", Verdict.Affected)]
    [InlineData("13.1-37.211", "CVE-2025-5777", Verdict.Affected)]
    [InlineData("14.1-38.32", "CVE-2025-6543", Verdict.Affected)]
    [InlineData("13.1-55.27", "CVE-2025-6543", Verdict.Affected)]
    [InlineData("13.1-37.220", "CVE-2025-6543", Verdict.Affected)]
    [InlineData("14.1-56.72", "CVE-2025-12101", Verdict.Affected)]
    [InlineData("13.1-51.15", "CVE-2024-5491", Verdict.Affected)]
    [InlineData("12.1-65.35", "CVE-2023-3519", Verdict.AffectedNoFixInBranch)]
    [InlineData("13.0-92.13", "CVE-2024-5492", Verdict.Affected)]
    [InlineData("13.1-33.41", "CVE-2022-27510", Verdict.Affected)]
    [InlineData("11.1-65.23", "CVE-2021-22955", Verdict.Fixed)]
    [InlineData("12.1-55.238", "CVE-2021-22919", Verdict.Affected)]
    [InlineData("14.1-4.3401", "CVE-2023-4966", Verdict.Affected)]
    [InlineData("13.1-63.21", "CVE-2026-19490", Verdict.Fixed)]
    public void Builds_that_other_tools_got_wrong_are_right(string version, string cve, Verdict expected) =>
        Assert.Equal(expected, Shipped.Verdict(version, cve));

    [Fact]
    public void Every_first_fixed_build_is_fixed_and_the_one_before_is_not()
    {
        var checkedBuilds = 0;
        foreach (var advisory in Shipped.Catalogue.Advisories)
        {
            foreach (var text in advisory.FixedBuilds.Where(b => !b.Contains('(')))
            {
                Assert.True(VersionParser.TryParse(text, out var build, out _));
                var before = new GatewayVersion(build!.Branch, build.Train, build.Number - 1, build.Edition);
                var rows = Rows(build, advisory.Id);
                Assert.All(rows, r => Assert.True(r.Verdict is Verdict.Fixed or Verdict.FixedConfigurationOpen or Verdict.NotAffected, $"{text} {r.Cve} {r.Verdict}"));
                Assert.Contains(Rows(before, advisory.Id), r => r.Verdict is Verdict.Affected);
                checkedBuilds++;
            }
        }

        Assert.InRange(checkedBuilds, 130, 200);
    }

    // the other mistakes: 14.1-4.3401 is of train 4, whatever its second number
    [Theory]
    [InlineData("13.1-49.101", "CVE-2023-4966", Verdict.Unknown)]
    [InlineData("13.1-49.101", "CVE-2022-27510", Verdict.Fixed)]
    [InlineData("13.1-49.101", "CVE-2024-8534", Verdict.Affected)]
    public void A_special_build_is_not_called_fixed_by_its_number(string version, string cve, Verdict expected) =>
        Assert.Equal(expected, Shipped.Verdict(version, cve));

    [Theory]
    [InlineData("13.1-64.29", Verdict.Fixed)]
    [InlineData("13.1-4.43", Verdict.Unknown)]
    public void A_bulletin_whose_build_no_source_gives_is_fixed_only_where_a_later_one_is(string version, Verdict expected)
    {
        var row = Shipped.Level(version).Vulnerabilities.Single(v => v.Cve == "CVE-2021-22956");
        Assert.Equal(expected, row.Verdict);
        Assert.Contains("no source gives", row.Reason);
    }

    [Fact]
    public void Every_bulletin_and_branch_is_right_at_the_first_fixed_build_before_it_and_at_the_newest()
    {
        var rows = 0;
        foreach (var bulletin in System.IO.Directory.GetFiles(System.IO.Path.Combine(Repository.ModuleData, "advisories"), "CTX*.json").Select(f => Newtonsoft.Json.Linq.JObject.Parse(System.IO.File.ReadAllText(f))))
        {
            foreach (var cve in bulletin["cves"]!.DefaultIfEmpty())
            {
                var builds = (Newtonsoft.Json.Linq.JObject?)cve?["fixed"] ?? (Newtonsoft.Json.Linq.JObject)bulletin["fixed"]!;
                foreach (var (branch, first) in builds.Properties().Where(p => (string?)p.Value is not null).Select(p => (p.Name, (string)p.Value!)))
                {
                    var exact = cve?["affected_exact"]?.Select(e => (string)e!).ToArray();
                    var (train, number) = (int.Parse(first.Split('-')[1].Split('.')[0], System.Globalization.CultureInfo.InvariantCulture), int.Parse(first.Split('-')[1].Split('.')[1], System.Globalization.CultureInfo.InvariantCulture));
                    Verdict Of(int t, int n) => Rows(new GatewayVersion(branch.Split('-')[0], t, n, branch.EndsWith("FIPS", System.StringComparison.Ordinal) ? GatewayEdition.Fips : branch.EndsWith("NDcPP", System.StringComparison.Ordinal) ? GatewayEdition.Ndcpp : GatewayEdition.Regular), (string)bulletin["id"]!).Single(r => r.Cve == ((string?)cve?["id"] ?? "")).Verdict;
                    var newest = GetNewest(branch);
                    Assert.True(Of(train, number) is Verdict.Fixed or Verdict.FixedConfigurationOpen or Verdict.NotAffected, $"{bulletin["id"]} {cve?["id"]} {first}");
                    Assert.Equal(exact is null || exact.Contains($"{branch.Split('-')[0]}-{train}.{number - 1}") ? Verdict.Affected : Verdict.NotAffected, Of(train, number - 1));
                    Assert.True(Of(newest.Train, newest.Number) is Verdict.Fixed or Verdict.FixedConfigurationOpen or Verdict.NotAffected, $"{bulletin["id"]} {cve?["id"]} newest {newest}");
                    rows += 3;
                }

                foreach (var (key, expected) in new[] { ("eol_named", Verdict.AffectedNoFixInBranch), ("affected_no_fix", Verdict.AffectedNoFixInBranch), ("eol_assumed", Verdict.EolAssumeAffected), ("not_affected", Verdict.NotAffected) })
                {
                    foreach (var branch in (bulletin[key] ?? new Newtonsoft.Json.Linq.JArray()).Select(b => (string)b!).Where(b => builds[b] is null && cve?["affected_exact"] is null))
                    {
                        var edition = branch.Contains("FIPS") ? GatewayEdition.Fips : branch.Contains("NDcPP") ? GatewayEdition.Ndcpp : GatewayEdition.Regular;
                        Assert.Equal(expected, Rows(new GatewayVersion(branch.Split('-')[0], 99, 99, edition), (string)bulletin["id"]!).Single(r => r.Cve == ((string?)cve?["id"] ?? "")).Verdict);
                        rows++;
                    }
                }
            }
        }

        Assert.InRange(rows, 1200, 5000);
    }

    private static GatewayVersion GetNewest(string branch) => Shipped.Catalogue.Advisories.SelectMany(a => a.FixedBuilds.Zip(a.FixedBranches)).Where(b => b.Second == branch && !b.First.Contains('('))
        .Select(b => VersionParser.TryParse(b.First, out var version, out _) ? version! : null).OrderBy(v => v).Last()!;

    [Fact]
    public void A_condition_that_is_not_met_lowers_the_priority_and_nothing_else()
    {
        var without = Row("14.1-43.55", "CVE-2025-5777", "add lb vserver a HTTP 10.0.0.1 80\n");
        var with = Row("14.1-43.55", "CVE-2025-5777", Gateway);

        Assert.Equal(Verdict.Affected, without.Verdict);
        Assert.Equal(ConditionAnswer.False, without.ConditionMet);
        Assert.Equal(Priority.Low, without.Priority);
        Assert.Equal(ConditionAnswer.True, with.ConditionMet);
        Assert.Equal(Priority.Critical, with.Priority);
        Assert.Contains("line 1: add vpn vserver gw", with.ConditionLines);
    }

    [Fact]
    public void A_condition_can_depend_on_the_build()
    {
        Assert.Equal(ConditionAnswer.True, Row("14.1-43.50", "CVE-2026-19490", Gateway).ConditionMet);
        Assert.Equal(ConditionAnswer.False, Row("14.1-60.58", "CVE-2026-19490", Gateway).ConditionMet);
        Assert.Equal(ConditionAnswer.True, Row("14.1-60.58", "CVE-2026-19490", Gateway + "add authentication samlAction s\n").ConditionMet);
    }

    [Theory]
    [InlineData(null, Verdict.FixedConfigurationOpen)]
    [InlineData(Gateway, Verdict.FixedConfigurationOpen)]
    [InlineData(Gateway + "set ns tcpParam -enhancedISNgeneration ENABLED\n", Verdict.Fixed)]
    [InlineData(Gateway + "set ns tcpParam -enhancedISNgeneration ENABLED\nswitch ns partition p1\nadd lb vserver x HTTP 10.0.0.1 80\n", Verdict.FixedConfigurationOpen)]
    [InlineData("set ns hostName x\n", Verdict.Fixed)]
    public void A_fix_that_needs_a_setting_is_open_until_the_setting_is_made(string? configuration, Verdict expected) =>
        Assert.Equal(expected, Shipped.Verdict("14.1-73.46", "CVE-2026-88778", configuration));

    [Theory]
    [InlineData("13.0-92.31", null, PatchStatus.EndOfLifeVulnerable)]
    [InlineData("14.1-47.46", null, PatchStatus.Vulnerable)]
    [InlineData("14.1-73.46", null, PatchStatus.FixedConfigurationOpen)]
    [InlineData("14.1-73.46", "set ns hostName x\n", PatchStatus.NothingKnown)]
    [InlineData("14.1-80.1", null, PatchStatus.NewerThanCatalogue)]
    [InlineData("15.1-1.1", null, PatchStatus.NewerThanCatalogue)]
    [InlineData("12.1-55.333", "set ns hostName x\n", PatchStatus.Unknown)]
    [InlineData("13.1-64.29", "set ns hostName x\n", PatchStatus.NothingKnown)]
    [InlineData("13.1-37.283", "set ns hostName x\n", PatchStatus.NothingKnown)]
    public void The_status_is_the_worst_that_holds(string version, string? configuration, PatchStatus expected) =>
        Assert.Equal(expected, Shipped.Level(version, configuration).Status);

    [Theory]
    [InlineData("13.1-59.22", "13.1-64.29")]
    [InlineData("13.1-37.241", "13.1-37.283")]
    [InlineData("13.0-92.31", "14.1-73.46")]
    [InlineData("14.1-73.46", null)]
    [InlineData("12.1-55.333", "13.1-37.283")]
    [InlineData("12.1-55.18", "14.1-73.46")]
    public void The_recommended_build_fixes_everything_known(string version, string? expected) =>
        Assert.Equal(expected, Shipped.Level(version).RecommendedBuild);

    private static Vulnerability Row(string version, string cve, string configuration) =>
        Shipped.Level(version, configuration).Vulnerabilities.Single(v => v.Cve == cve);

    private static Vulnerability[] Rows(GatewayVersion version, string bulletin) =>
        new PatchLevelAssessment(Shipped.Catalogue).Assess(version, null).Vulnerabilities.Where(v => v.Bulletin == bulletin).ToArray();
}
