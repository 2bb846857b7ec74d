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
    [InlineData("add server s 2001:db8::5\nadd service svc s SSL 443\nadd lb vserver v SSL 203.0.113.1 443\nbind lb vserver v svc\n", ConditionAnswer.True)]
    [InlineData("add service svc 2001:db8::5 SSL 443\nadd lb vserver v HTTP 203.0.113.1 80\nbind lb vserver v svc -weight 5\n", ConditionAnswer.True)]
    [InlineData("add server s db.example.nl -queryType AAAA\nadd serviceGroup g SSL\nbind serviceGroup g s 443\nadd lb vserver v SSL 203.0.113.1 443\nbind lb vserver v g\n", ConditionAnswer.True)]
    [InlineData("add serviceGroup g SSL\nbind serviceGroup g 2001:db8::5 443\nadd lb vserver v HTTP_QUIC 203.0.113.1 443\nbind lb vserver v g\n", ConditionAnswer.True)]
    [InlineData("add server s 2001:db8::5\nadd service svc s SSL 443\nadd lb vserver v SSL 203.0.113.1 443\n", ConditionAnswer.False)]
    [InlineData("add server s 2001:db8::5\nadd service svc s SSL 443\nadd lb vserver v SSL 203.0.113.1 443\nbind lb vserver v svc\nunbind lb vserver v svc\n", ConditionAnswer.False)]
    [InlineData("add server s 2001:db8::5\nadd service svc s TCP 443\nadd lb vserver v TCP 203.0.113.1 443\nbind lb vserver v svc\n", ConditionAnswer.False)]
    [InlineData("add server s 10.0.0.5\nadd service svc s SSL 443\nadd lb vserver v SSL 2001:db8::1 443\nbind lb vserver v svc\n", ConditionAnswer.False)]
    [InlineData("add server s 2001:db8::5\nadd service svc s SSL 443\nadd lb vserver v SSL 203.0.113.1 443 -state DISABLED\nbind lb vserver v svc\n", ConditionAnswer.False)]
    [InlineData("add lb vserver v SSL 203.0.113.1 443\nbind lb vserver v svc\nadd ns partition p\nswitch ns partition p\nadd service svc 2001:db8::5 SSL 443\n", ConditionAnswer.False)]
    public void An_ipv6_service_counts_where_a_virtual_server_is_bound_to_it(string configuration, ConditionAnswer expected) =>
        Assert.Equal(expected, Row("CVE-2025-7775", configuration).ConditionMet);

    [Fact]
    public void The_lines_lead_from_the_virtual_server_to_the_ipv6_server() =>
        Assert.Equal(["line 3: add lb vserver v", "line 4: bind lb vserver v", "line 1: add server s"], Row("CVE-2025-7775", "add server s 2001:db8::5\nadd service svc s SSL 443\nadd lb vserver v SSL 203.0.113.1 443\nbind lb vserver v svc\n").ConditionLines);

    [Theory]
    [InlineData("CVE-2026-88774", "bound nowhere")]
    [InlineData("CVE-2026-88772", "UDP 443")]
    [InlineData("CVE-2023-6548", "a configuration does not tell")]
    [InlineData("CVE-2025-5777", null)]
    public void What_a_configuration_does_not_tell_is_said(string cve, string? note)
    {
        var said = Row(cve, "set ns hostName x\n").ConditionNote;
        Assert.True(note is null ? said is null : said!.Contains(note, System.StringComparison.Ordinal), said);
    }

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
