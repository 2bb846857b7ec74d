using System;
using System.Globalization;
using System.IO;
using System.Linq;
using CitrixOps.Indicators;
using CitrixOps.Investigation;
using Xunit;

namespace CitrixOps.Tests.Investigation.Tampering;

/// <summary>Logs that were changed, and a gateway that talks inward.</summary>
public sealed class TraceHeuristicsTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2025, 7, 1, 6, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();
    private readonly Problems _problems = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lines_that_are_missing_in_the_middle_of_a_file_support()
    {
        var finding = Assert.Single(NsLog(i => i > 250 ? i + 40 : i).Findings);

        Assert.Equal("tampering-message-numbers", finding.IndicatorId);
        Assert.StartsWith("40 messages", finding.Reason, StringComparison.Ordinal);
        Assert.Equal(Grade.Supporting, finding.Grade);
    }

    [Theory]
    [InlineData("restart")]
    [InlineData("whole")]
    [InlineData("sparse")]
    [InlineData("short")]
    public void A_restart_a_filtered_log_and_a_short_one_are_no_tampering(string kind) => Assert.Empty(NsLog(
        i => kind switch { "restart" => i > 250 ? i - 250 : i, "sparse" => i * 3, "short" => i > 50 ? i + 40 : i, _ => i }, kind == "short" ? 100 : 500).Findings);

    [Fact]
    public void Records_that_a_relay_joined_are_not_missing()
    {
        Lines("ns.log", 500, i => i % 100 == 51 ? null : i % 100 == 50 ? Ns(i, i) + "#012" + Ns(i + 1, i + 1) : Ns(i, i));

        Assert.Empty(Search().Findings);
    }

    [Fact]
    public void A_line_that_comes_late_is_not_missing_and_one_that_comes_very_late_is()
    {
        Assert.Empty(NsLog(i => i switch { 250 => 252, 251 => 250, 252 => 251, 400 => 401, 401 => 400, _ => i }).Findings);
        Assert.StartsWith("2 messages", Assert.Single(NsLog(i => i switch { 250 => 254, 251 => 250, 252 => 252, > 252 => i + 2, _ => i }).Findings).Reason, StringComparison.Ordinal);
        Assert.NotEmpty(NsLog(i => i switch { >= 250 and < 330 => i + 1, 330 => 250, _ => i }).Findings);
    }

    [Fact]
    public void A_border_between_two_files_is_no_hole()
    {
        Lines("ns.log.0", 300, i => Ns(i, i));
        Lines("ns.log", 300, i => Ns(i + 300, i + 900));

        Assert.Empty(Search().Findings);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(0, false)]
    [InlineData(30, false)]
    public void Commands_that_only_notice_log_has_were_removed_unless_the_logs_are_no_twins(int removed, bool found)
    {
        Lines("notice.log", 60, i => Shell(i));
        Lines("bash.log", 60, i => i >= 20 && i < 20 + removed ? null : Shell(i));

        var findings = Search().Findings.Where(f => f.IndicatorId == "tampering-twin-logs").ToList();

        Assert.Equal(found, findings.Count == 1);
        Assert.All(findings, f => Assert.StartsWith("3 commands of bash", f.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void A_copy_that_reaches_further_back_shows_nothing()
    {
        Lines("notice.log", 60, i => Shell(i));
        Lines("bash.log", 60, i => i < 30 ? null : Shell(i));

        Assert.Empty(Search().Findings);
    }

    [Theory]
    [InlineData("192.0.2.10", "10.1.1.5", 445, 1, "gateway-talks-inward")]
    [InlineData("192.0.2.11", "10.1.1.5", 3389, 12, "gateway-sweeps-inward")]
    [InlineData("192.0.2.10", "10.1.1.80", 22, 1, null)]
    [InlineData("192.0.2.10", "10.1.1.5", 443, 1, null)]
    [InlineData("192.0.2.10", "198.51.100.5", 445, 1, null)]
    [InlineData("192.0.2.99", "10.1.1.5", 445, 1, null)]
    public void A_gateway_that_talks_inward_on_a_port_of_administration_supports(string source, string host, int port, int hosts, string? indicator)
    {
        _folder.File("ns.conf", "#NS13.1 Build 48.47\nset ns config -IPAddress 192.0.2.10 -netmask 255.255.255.0\nset ns hostName gw\nadd ns ip 192.0.2.11 255.255.255.0 -type SNIP\nadd server sftp 10.1.1.80\nadd service svc_sftp sftp TCP 22\n");
        Lines("firewall.log", hosts, i => string.Create(CultureInfo.InvariantCulture, $"{Start.AddMinutes(i):MMM dd HH:mm:ss} fw kernel: [12.1] FW ACCEPT IN=eth1 OUT=eth0 MAC=00 SRC={source} DST={host.Replace(".1.5", ".1." + (5 + i), StringComparison.Ordinal)} LEN=60 TOS=0x00 PREC=0x00 TTL=63 ID=1 DF PROTO=TCP SPT=40000 DPT={port} WINDOW=64240 RES=0x00 SYN URGP=0"));

        var finding = Search().Findings.SingleOrDefault();

        Assert.Equal(indicator, finding?.IndicatorId);
    }

    private CitrixOps.Investigation.Investigation NsLog(Func<int, int> number, int count = 500)
    {
        Lines("ns.log", count, i => Ns(i, number(i)));
        return Search();
    }

    private CitrixOps.Investigation.Investigation Search() =>
        Shipped.Search(_problems, new InvestigationOptions { Since = Start.AddHours(-1), Until = Start.AddDays(3), TimeZone = "UTC", GatewayName = "gw" }, _folder.Path).Single();

    private void Lines(string name, int count, Func<int, string?> line)
    {
        var path = _folder.File(name, string.Concat(Enumerable.Range(0, count).Select(line).Where(l => l is not null).Select(l => l + "\n")));
        File.SetLastWriteTimeUtc(path, Start.AddDays(4).UtcDateTime);
    }

    private static string Ns(int minute, int number) => string.Create(CultureInfo.InvariantCulture, $"{Start.AddMinutes(minute):MMM dd HH:mm:ss} <local0.info> 192.0.2.10  {Start.AddMinutes(minute):MM/dd/yyyy:HH:mm:ss} GMT gw 0-PPE-0 : default EVENT MONITORUP {number} 0 :  Server_svc_NSSVC_HTTP_10.1.1.20:443(web-01) - State UP");

    private static string Shell(int minute) => string.Create(CultureInfo.InvariantCulture, $"{Start.AddMinutes(minute):MMM dd HH:mm:ss} <local7.notice> gw bash[{900 + minute}]: root on /dev/pts/0 shell_command=\"show ns version\"");
}
