using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using CitrixOps.Indicators;
using CitrixOps.Investigation;
using Xunit;

namespace CitrixOps.Tests.Indicators.Files;

/// <summary>What lies on an appliance: stock trees are no findings, planted files are.</summary>
public sealed class ApplianceStateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Problems _problems = new();

    public void Dispose() => _folder.Dispose();

    public static IEnumerable<object[]> Planted() => new (string Path, string Content, string Indicator)[]
    {
        ("var/netscaler/logon/LogonPoint/receiver/js/external/slick.min.php", "x", "php-in-logon-pages"),
        ("var/netscaler/help/show.xhtml", "x", "script-in-var-netscaler"),
        ("nsconfig/httpd.conf", "AddType  application/x-httpd-php\t.sig .php\n", "httpd-php-for-static-files"),
        ("nsconfig/httpd.conf", "<Directory />\n  # Require all denied\n</Directory>\n", "httpd-protection-removed"),
        ("etc/httpd.conf", "AliasMatch ^/logon/receiver.min.css /var/tmp/.x\n", "httpd-alias-to-hidden-file"),
        ("nsconfig/rc.netscaler", "#!/bin/sh\npython3 " + "-c 'import os'\n", "boot-script-inline-code"),
        ("nsconfig/rc.netscaler", "touch -mt 202401010000 /var/netscaler/logon/x\n", "boot-script-inline-code"),
        ("var/core/1/NSPPE-00-1.core", "aaaa hs/pmt/rav/ bbbb galf_php cc", "core-reversed-commands"),
        ("var/core/1/NSPPE-00-1.core", "x" + new string('0', 120_000) + "x", "core-long-host"),
        ("var/core/1/NSPPE-00-1.core", "Aa0Aa1Aa2Aa3Aa4Aa5Aa6Aa7Aa8", "core-cyclic-pattern"),
        ("netscaler/ns_gui/vpn/scripts/linux/nsgclient18.deb", "<?ph" + "p echo 1;", "fake-client-package"),
        ("var/netscaler/gui/vpn/scripts/linux/nsginstaller12.deb", "12345678", "fake-client-package"),
        ("var/netscaler/logon/LogonPoint/custom/.ctxs.receiver", "x", "hidden-web-shell"),
        ("netscaler/ns_gui/vpn/nx_verify.html", "ok", "proof-files"),
        ("var/tmp/.nsmon/nsmon.pl", "x", "implant-files"),
        ("nsconfig/.slap/a/b", "x", "implant-files"),
        ("var/vpn/media/a.css", "body{} <?ph" + "p x", "php-in-static-file"),
        ("var/netscaler/logon/LogonPoint/logo.png", "#!/bin/sh\nid\n", "picture-that-is-none"),
        ("var/netscaler/logon/LogonPoint/a.js", "PK\u0003\u0004xxxxxxxx", "archive-under-web-name"),
        ("nsconfig/ns.conf.1", "#NS13.1 Build 48.47\nadd system user gw_health abc -encrypted\n", "campaign-accounts"),
        ("etc/master.passwd", "root:*:0:0::0:0:x:/root:/bin/sh\nhelper:*:0:0::0:0:x:/root:/bin/sh\n", "superuser-account"),
        ("etc/syslog.conf", "local0.* /dev/null\n", "log-configuration-to-nowhere"),
        ("etc/syslog.conf", "*.err /var/log/messages\nauth.* /var/log/auth.log\n", "log-configuration-incomplete"),
        ("etc/crontab", "*/5 * * * * root rm -f /var/log/httpaccess.log*\n", "crontab-removes-logs"),
        ("etc/crontab", "*/5 * * * * root perl /var/tmp/.nsmon/nsmon.pl\n", "crontab-implant"),
        ("var/vpn/themes/a.txt", "#NS13.1 Build 48.47\nset ns config -IPAddress 192.0.2.1\n", "copied-configuration-web"),
        ("var/tmp/k/.F1.key", "x", "copied-keys"),
        ("shell/top-b.out", " 2345 nobody        1  44    0    90M    30M select  0   0:01   0.00% sh\n", "process-of-web-server"),
        ("shell/top-b.out", " 2345 root        1  44    0    90M    30M select  0   0:01   0.00% gs-netcat\n", "process-implant"),
        ("shell/sockstat.out", "root perl 812 3 tcp4 *:41007 *:*\n", "ports-2026-pitboss"),
        ("shell/netstat-an.out", "tcp4       0      0 *.37512   *.*   LISTEN\n", "ports-2026-pitboss"),
        ("shell/netstat-an.out", "udp4       0      0 *.18634   *.*\n", "ports-notrobin"),
    }.Select(p => new object[] { p.Path, p.Content, p.Indicator });

    [Theory]
    [InlineData("12.1")]
    [InlineData("13.0")]
    [InlineData("13.1")]
    [InlineData("14.1")]
    public void A_stock_tree_has_no_finding_above_low(string branch)
    {
        StockTree.Write(_folder, branch);

        var result = Search();

        Assert.Empty(result.Findings.Where(f => f.Severity > Severity.Low || f.Grade != Grade.Pivot).Select(f => $"{f.IndicatorId} {f.Excerpt}"));
        Assert.Empty(_problems.Reported.Where(p => p.Id != "LogEmpty").Select(p => p.ToString()));
    }

    [Theory]
    [MemberData(nameof(Planted))]
    public void A_planted_file_is_found(string path, string content, string indicator)
    {
        StockTree.Write(_folder, "13.1");
        _folder.File(path, content);

        Assert.Contains(indicator, Search().Findings.Select(f => f.IndicatorId));
    }

    [Theory]
    [InlineData("d--S-----x  2 root  nobody  512 Jul  6  2025 var/", "folder-rights-var")]
    [InlineData("d--S--x---  2 root  nobody  512 Jul  6  2025 var", "folder-rights-var")]
    [InlineData("drwxr-xr-x  2 root  wheel  512 Jul  6  2025 var", null)]
    [InlineData("d--S-----x  2 root  nobody  512 Jul  6  2025 usr", null)]
    [InlineData("---S-----x  2 root  nobody  512 Jul  6  2025 var", null)]
    public void The_rights_of_a_folder_in_a_listing_are_looked_at(string line, string? indicator)
    {
        StockTree.Write(_folder, "13.1");
        _folder.File("shell/ls_lRtrp_root.out", $"/:\ntotal 4\n{line}\n");

        Assert.Equal(indicator is null ? [] : [indicator], Rights().Where(i => i!.StartsWith("folder", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_rights_of_a_folder_in_an_archive_and_on_disk_are_looked_at()
    {
        var path = Path.Combine(_folder.Path, "image.tar");
        using (var tar = new TarWriter(File.Create(path), TarEntryFormat.Ustar))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.Directory, "image/var/") { Mode = UnixFileMode.SetUser | UnixFileMode.GroupExecute });
            tar.WriteEntry(new UstarTarEntry(TarEntryType.Directory, "image/var/log/") { Mode = UnixFileMode.SetUser | UnixFileMode.GroupExecute });
        }

        Assert.Equal("folder-rights-var", Assert.Single(Shipped.Search(_problems, new InvestigationOptions(), path).Single().Findings).IndicatorId);
        if (!OperatingSystem.IsWindows())
        {
            StockTree.Write(_folder, "13.1");
            File.SetUnixFileMode(Path.Combine(_folder.Path, "var"), UnixFileMode.SetUser | UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            Assert.Empty(Rights());
        }
    }

    [Theory]
    [InlineData("/usr/local/bin", "-rwsr-xr-x", "zz", "unlisted-suid")]
    [InlineData("/sbin", "-r-sr-xr-x", "ping", null)]
    [InlineData("/var/tmp", "-rwsr-xr-x", "sh", "suid-shell-var-tmp")]
    [InlineData("/var/log", "-rwxr-sr-x", "x", "unexpected-sgid")]
    [InlineData("/usr/bin", "-r-xr-sr-x", "write", null)]
    [InlineData("/nsconfig", "-rwSr--r--", "x", "unexpected-suid")]
    public void Rights_of_another_are_compared_with_the_stock_list(string folder, string mode, string name, string? indicator)
    {
        StockTree.Write(_folder, "13.1");
        _folder.File("shell/ls_lRtrp_more.out", $"{folder}:\ntotal 4\n{mode}  1 root  wheel  900 Jul  6  2025 {name}\n");

        Assert.Equal(indicator is not null, Rights().Contains(indicator));
        Assert.True(indicator is not null || Rights().Count == 0);
    }

    [Theory]
    [InlineData(32, 1, 1)]
    [InlineData(32, 3, 3)]
    [InlineData(38, 4, 0)]
    [InlineData(22, 25, 0)]
    [InlineData(8, 1, 0)]
    public void A_file_that_is_newer_than_the_rest_of_the_web_folders_is_a_lead_and_a_theme_written_anew_is_none(int stock, int changed, int leads)
    {
        for (var i = 0; i < stock + changed; i++)
        {
            File.SetLastWriteTimeUtc(_folder.File($"var/netscaler/logon/LogonPoint/receiver/js/m{i}.js", "x"), new DateTime(2025, i < stock ? 1 : 7, 6, 10, 0, i % 30, DateTimeKind.Utc));
        }

        File.SetLastWriteTimeUtc(_folder.File("nsconfig/ns.conf", "#NS13.1 Build 48.47\n"), new DateTime(2025, 1, 6, 10, 0, 0, DateTimeKind.Utc));
        var findings = Search().Findings;

        Assert.Equal(leads, findings.Count(f => f.IndicatorId == "file-newer-than-the-rest"));
        Assert.All(findings.Where(f => f.IndicatorId == "file-newer-than-the-rest"), f => Assert.StartsWith("/var/netscaler/logon/LogonPoint/receiver/js/m", f.Excerpt, StringComparison.Ordinal));
    }

    [Fact]
    public void A_key_is_known_by_its_fingerprint_and_a_file_by_its_hash()
    {
        const string Key = "AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        var print = "SHA256:" + Convert.ToBase64String(SHA256.HashData(Convert.FromBase64String(Key))).TrimEnd('=');
        var hash = Convert.ToHexStringLower(SHA256.HashData("payload"u8));
        _folder.File("rules/own.json", $$"""
            { "campaign": "generic", "indicators": [
              { "id": "own-key", "title": "A key", "description": "d", "cve": [], "phase": "Persistence", "severity": "High", "grade": "Strong", "outcome": "Success", "paths": ["/root/**"], "lines": { "any": [], "keyFingerprints": ["{{print}}"] }, "references": [], "facts": [] },
              { "id": "own-hash", "title": "A hash", "description": "d", "cve": [], "phase": "Persistence", "severity": "High", "grade": "Strong", "outcome": "Success", "paths": ["/var/tmp/**"], "sha256": ["{{hash}}"], "references": [], "facts": [] } ] }
            """);
        _folder.File("image/nsconfig/ns.conf", "#NS13.1 Build 48.47\n");
        _folder.File("image/root/.ssh/authorized_keys", $"# comment\nfrom=\"192.0.2.1\" ssh-ed25519 {Key} a@b\n");
        _folder.File("image/var/tmp/x", "payload");
        _folder.File("image/var/tmp/y", "payload2");
        var rules = RuleSet.Load([Path.Combine(_folder.Path, "rules")], new CitrixOps.Adapters.Yaml.YamlReader());

        Assert.Empty(rules.Skipped);
        var found = new Investigator(rules, Shipped.Catalogue, new InvestigationOptions(), DateTimeOffset.UnixEpoch.AddYears(60))
            .Search(Shipped.Open(_problems, Path.Combine(_folder.Path, "image")), keepFindings: true, _problems, default).Single().Findings;
        Assert.Equal(["own-hash", "own-key"], found.Where(f => f.IndicatorId.StartsWith("own", StringComparison.Ordinal)).Select(f => f.IndicatorId).Order());
    }

    [Fact]
    public void Addresses_match_as_a_whole_and_only_in_their_time()
    {
        _folder.File("httpaccess.log", "143.198.7.94 - - [12/Sep/2026:03:14:07 +0200] \"GET / HTTP/1.1\" 200 1 \"-\" \"x\"\n143.198.7.9 - - [12/Sep/2026:03:14:08 +0200] \"GET / HTTP/1.1\" 200 1 \"-\" \"x\"\n143.198.7.94 - - [12/Sep/2024:03:14:07 +0200] \"GET / HTTP/1.1\" 200 1 \"-\" \"x\"\n185.136.15.200 - - [12/Sep/2026:03:14:09 +0200] \"GET / HTTP/1.1\" 200 1 \"-\" \"x\"\n");

        var result = Search();

        Assert.Equal(["addresses-2026-pitboss", "networks-2026-password-spray"], result.Findings.Select(f => f.IndicatorId).Order());
        Assert.All(result.Findings, f => Assert.Equal(Grade.Pivot, f.Grade));
        Assert.NotEqual(InvestigationVerdict.Compromised, result.Verdict);
    }

    [Fact]
    public void Hostile_content_is_read_within_bounds()
    {
        StockTree.Write(_folder, "13.1");
        var noise = new byte[2 << 20];
        new Random(5).NextBytes(noise);
        _folder.File("var/netscaler/logon/LogonPoint/noise.css", noise);
        _folder.File("etc/httpd.conf", new string('*', 3_000_000));
        _folder.File("var/tmp/empty", "");
        if (!OperatingSystem.IsWindows())
        {
            File.CreateSymbolicLink(Path.Combine(_folder.Path, "var/tmp/loop"), _folder.Path);
            File.CreateSymbolicLink(Path.Combine(_folder.Path, "var/netscaler/logon/LogonPoint/passwd.php"), "/etc/passwd");
        }

        Assert.Empty(Search().Findings.Where(f => f.Severity > Severity.Low));
    }

    private List<string?> Rights() => Search().Findings.Select(f => (string?)f.IndicatorId).Where(i => i!.Contains("suid") || i.Contains("sgid") || i.StartsWith("folder", StringComparison.Ordinal)).ToList();

    private CitrixOps.Investigation.Investigation Search() =>
        Shipped.Search(_problems, new InvestigationOptions { Since = new DateTimeOffset(2019, 12, 1, 0, 0, 0, TimeSpan.Zero) }, _folder.Path).Single();
}
