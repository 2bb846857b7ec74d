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
    public void The_status_is_the_worst_that_holds(string version, string? configuration, PatchStatus expected) =>
        Assert.Equal(expected, Shipped.Level(version, configuration).Status);

    [Theory]
    [InlineData("13.1-59.22", "13.1-64.29")]
    [InlineData("13.1-37.241", "13.1-37.283")]
    [InlineData("13.0-92.31", "14.1-73.46")]
    [InlineData("14.1-73.46", null)]
    public void The_recommended_build_fixes_everything_known(string version, string? expected) =>
        Assert.Equal(expected, Shipped.Level(version).RecommendedBuild);

    private static Vulnerability Row(string version, string cve, string configuration) =>
        Shipped.Level(version, configuration).Vulnerabilities.Single(v => v.Cve == cve);

    private static Vulnerability[] Rows(GatewayVersion version, string bulletin) =>
        new PatchLevelAssessment(Shipped.Catalogue).Assess(version, null).Vulnerabilities.Where(v => v.Bulletin == bulletin).ToArray();
}
