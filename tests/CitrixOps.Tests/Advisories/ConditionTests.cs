using System.IO;
using System.Linq;
using CitrixOps.Advisories;
using CitrixOps.Appliances.Configuration;
using Xunit;

namespace CitrixOps.Tests.Advisories;

public sealed class ConditionTests
{
    private const string Whole = "#NS13.1 Build 59.19\nset ns config -IPAddress 192.0.2.10 -netmask 255.255.255.0\n";

    [Theory]
    [InlineData("add vpn vserver v SSL 203.0.113.1 443\n", ConditionAnswer.True)]
    [InlineData("add vpn vserver v SSL 203.0.113.1 443 -state DISABLED\n", ConditionAnswer.False)]
    [InlineData("add vpn vserver v SSL 203.0.113.1 443\ndisable vpn vserver v\n", ConditionAnswer.False)]
    [InlineData("add vpn vserver v SSL 203.0.113.1 443\ndisable vpn vserver v\nenable vpn vserver v\n", ConditionAnswer.True)]
    [InlineData("add vpn vserver v SSL 203.0.113.1 443\nrename vpn vserver v w\nrm vpn vserver w\n", ConditionAnswer.False)]
    [InlineData("add lb vserver x HTTP 10.0.0.1 80 -comment \"add vpn vserver v SSL 203.0.113.1 443\"\n", ConditionAnswer.False)]
    [InlineData("add responder action a respondwith q{add vpn vserver v SSL}\n", ConditionAnswer.False)]
    [InlineData("add responder action a respondwith \"one\nadd vpn vserver v SSL 203.0.113.1 443\"\n", ConditionAnswer.False)]
    [InlineData("add vpn vserver \\\n \"a b\" SSL 203.0.113.1 443\n", ConditionAnswer.True)]
    [InlineData("disable ns feature SSLVPN\nadd vpn vserver v SSL 203.0.113.1 443\n", ConditionAnswer.False)]
    [InlineData("enable ns feature LB SSLVPN\nadd vpn vserver v SSL 203.0.113.1 443\n", ConditionAnswer.True)]
    [InlineData("enable ns feature LB\nadd vpn vserver v SSL 203.0.113.1 443\n", ConditionAnswer.True)]
    [InlineData(Whole + "enable ns feature LB\nadd vpn vserver v SSL 203.0.113.1 443\n", ConditionAnswer.False)]
    [InlineData("add ns partition p1\n", ConditionAnswer.Unknown)]
    [InlineData("add ns partition p1\nswitch ns partition p1\nadd lb vserver x HTTP 10.0.0.1 80\n", ConditionAnswer.False)]
    [InlineData("add ns partition p1\nswitch ns partition p1\nadd vpn vserver v SSL 203.0.113.1 443\n", ConditionAnswer.True)]
    public void A_gateway_is_told_by_parsing(string configuration, ConditionAnswer expected) =>
        Assert.Equal(expected, Row("CVE-2025-5777", configuration).ConditionMet);

    [Fact]
    public void The_lines_are_those_that_made_it_true()
    {
        Assert.Equal(["partition p1, line 3: add vpn vserver v"], Row("CVE-2025-5777", "add ns partition p1\nswitch ns partition p1\nadd vpn vserver v SSL 203.0.113.1 443\n").ConditionLines);
        Assert.Equal(["line 3: set lsn group g -sipalg ENABLED"], Row("CVE-2026-19489", "enable ns feature LSN\nadd lsn group g -clientname c\nset lsn group g -sipalg ENABLED\n").ConditionLines);
        Assert.Empty(Row("CVE-2025-5777", "add lb vserver x HTTP 10.0.0.1 80\n").ConditionLines);

        // one part of two is met: nothing made it true
        Assert.Empty(Row("CVE-2026-19490", "add vpn vserver v SSL 203.0.113.1 443\n", "14.1-60.58").ConditionLines);
    }

    [Theory]
    [InlineData("add ns httpProfile p -http2 ENABLED\n", ConditionAnswer.False)]
    [InlineData("add ns httpProfile p -http2 ENABLED\nadd lb vserver x SSL 10.0.0.1 443 -httpProfileName p\n", ConditionAnswer.True)]
    [InlineData("set ns httpProfile nshttp_default_profile -http2 ENABLED\n", ConditionAnswer.True)]
    public void A_profile_counts_where_it_is_used(string configuration, ConditionAnswer expected) =>
        Assert.Equal(expected, Row("CVE-2026-13474", configuration).ConditionMet);

    [Theory]
    [InlineData("add authentication samlAction s\n", Verdict.FixedConfigurationOpen)]
    [InlineData("add authentication samlAction s -relaystateRule \"AAA.LOGIN.RELAYSTATE.EQ(\\\"https://a\\\")\"\n", Verdict.Fixed)]
    public void The_relay_state_rule_is_looked_for(string configuration, Verdict expected) =>
        Assert.Equal(expected, Row("CVE-2020-8300", "add vpn vserver v SSL 203.0.113.1 443\n" + configuration, "13.0-92.31").Verdict);

    [Fact]
    public void The_checklist_says_what_can_be_seen()
    {
        var level = Shipped.Level("14.1-73.46", "add vpn vserver v SSL 203.0.113.1 443\nset ns tcpParam -enhancedISNgeneration ENABLED\nadd authentication ldapAction l -serverIP 10.0.0.5\n");

        Assert.Equal(PatchStepState.Done, level.Checklist.Single(s => s.For.Contains("CVE-2026-88778") && s.Kind == PatchStepKind.Configuration).State);
        Assert.Equal(PatchStepState.CannotBeSeen, level.Checklist.First(s => s.Kind == PatchStepKind.Sessions).State);
        Assert.Contains("line 3: add authentication ldapAction l", level.Checklist.Single(s => s.Kind == PatchStepKind.Secrets).Lines);
        Assert.Equal(PatchStepState.Open, Shipped.Level("14.1-47.46", "add vpn vserver v SSL 203.0.113.1 443\n").Checklist.Single(s => s.Kind == PatchStepKind.Update).State);
        Assert.Equal(PatchStepState.Open, Shipped.Level("14.1-73.46", "add vpn vserver v SSL 203.0.113.1 443\n").Checklist.Single(s => s.For.Contains("CVE-2026-88778") && s.Kind == PatchStepKind.Configuration).State);
    }

    private static Vulnerability Row(string cve, string configuration, string version = "13.1-58.31")
    {
        Assert.True(VersionParser.TryParse(version, out var parsed, out _));
        return new PatchLevelAssessment(Shipped.Catalogue).Assess(parsed, NsConfiguration.Parse(new StringReader(configuration))).Vulnerabilities.Single(v => v.Cve == cve);
    }
}
