using System;
using System.Linq;
using CitrixOps.Advisories;
using CitrixOps.SampleCases;
using Xunit;

namespace CitrixOps.PowerShell.Tests.Commands;

public sealed class GetGatewayPatchLevelCommandTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void A_saved_configuration_gives_version_names_and_conditions()
    {
        var path = _session.File("ns.conf", "#NS13.1 Build 59.19\nset ns config -IPAddress 192.0.2.10 -netmask 255.255.255.0\nset ns hostName gw1\nadd vpn vserver v SSL 203.0.113.1 443\n");

        var level = _session.Run($"Get-GatewayPatchLevel '{path}'").Of<PatchLevel>().Single();

        Assert.Equal(("gw1", "192.0.2.10", "13.1-59.19", VersionTrust.Saved), (level.Gateway, level.Node, level.Version, level.VersionTrust));
        Assert.Equal(PatchStatus.Vulnerable, level.Status);
        Assert.Contains(level.Vulnerabilities, v => v.Cve == "CVE-2025-7775" && v.Verdict == Verdict.Affected && v.ConditionMet == ConditionAnswer.True && v.Priority == Priority.Critical);
    }

    [Fact]
    public void A_bundle_tells_what_runs_and_what_saved_the_configuration()
    {
        var bundle = GatewayCase.Build(new CaseOptions());
        bundle.Add("flash/boot/loader.conf", "kernel=\"/ns-12.1-55.18\"\n", new CaseOptions().CollectedAt);
        bundle.WriteTarGz(_session.Folder, new CaseOptions().RootName);

        var level = _session.Run("Get-GatewayPatchLevel \"$folder/*.tar.gz\"").Of<PatchLevel>().Single();

        Assert.Equal(("12.1-54.13", "12.1-54.13", "12.1-55.18"), (level.RunningVersion, level.SavedByVersion, level.NextBootVersion));
        Assert.Equal(VersionTrust.Running, level.VersionTrust);
        Assert.Contains(level.Notes, n => n.Contains("12.1-55.18 would boot next", StringComparison.Ordinal));
    }

    [Fact]
    public void An_image_folder_tells_what_would_boot_next()
    {
        _session.File("image/flash/nsconfig/ns.conf", "#NS13.1 Build 59.19\nset ns hostName gw1\n");
        _session.File("image/flash/boot/loader.conf", "autoboot_delay=3\nkernel=\"/ns-13.1-64.29\"\n");

        var level = _session.Run("Get-GatewayPatchLevel \"$folder/image\"").Of<PatchLevel>().Single();

        Assert.Equal(("13.1-64.29", VersionTrust.NextBoot, "13.1-59.19"), (level.Version, level.VersionTrust, level.SavedByVersion));
    }

    [Fact]
    public void The_worse_node_of_a_pair_counts()
    {
        GatewayCase.Build(new CaseOptions { HostName = "a" }).WriteTarGz(_session.Folder, "collector_P_192.0.2.10_24Jan2020_09_15");
        GatewayCase.Build(new CaseOptions { HostName = "b", Nsip = "192.0.2.11", Peer = "192.0.2.10", Version = "14.1-73.46" }).WriteTarGz(_session.Folder, "collector_S_192.0.2.11_24Jan2020_09_15");

        var levels = _session.Run("Get-GatewayPatchLevel $folder").Of<PatchLevel>().ToArray();

        Assert.Equal(["a", "a"], levels.Select(l => l.Gateway));
        Assert.All(levels, l => Assert.Equal(PatchStatus.EndOfLifeVulnerable, l.PairStatus));
        Assert.Equal(PatchStatus.FixedConfigurationOpen, levels[1].Status);
        Assert.Contains(levels[0].Notes, n => n.Contains("differ: 12.1-54.13 here, 14.1-73.46 on 192.0.2.11", StringComparison.Ordinal));
    }

    [Fact]
    public void A_node_whose_peer_was_not_looked_at_says_so()
    {
        var path = _session.File("ns.conf", "#NS14.1 Build 73.46\nset ns config -IPAddress 192.0.2.10 -netmask 255.255.255.0\nadd HA node 1 192.0.2.11\n");

        Assert.Contains(_session.Run($"Get-GatewayPatchLevel '{path}'").Of<PatchLevel>().Single().Notes, n => n.Contains("192.0.2.11, was not looked at", StringComparison.Ordinal));
    }

    [Fact]
    public void A_partition_in_a_file_of_its_own_counts()
    {
        _session.File("image/flash/nsconfig/ns.conf", "#NS13.1 Build 58.31\nset ns hostName gw1\nadd ns partition p1\n");
        _session.File("image/flash/nsconfig/partitions/p1/ns.conf", "add vpn vserver v SSL 203.0.113.1 443\n");

        var row = _session.Run("(Get-GatewayPatchLevel \"$folder/image\").Vulnerabilities").Of<Vulnerability>().Single(v => v.Cve == "CVE-2025-5777");

        Assert.Equal((ConditionAnswer.True, "partition p1, line 1: add vpn vserver v"), (row.ConditionMet, row.ConditionLines.Single()));
    }

    [Fact]
    public void A_fleet_is_shown_worst_first_in_a_table_per_status()
    {
        _session.File("a.conf", "#NS13.1 Build 64.29\nset ns hostName good\n");
        _session.File("b.conf", "#NS13.0 Build 92.31\nset ns hostName bad\n");
        _session.File("c.conf", "#NS13.1 Build 59.19\nset ns hostName open\n");

        Assert.Equal(["bad", "open", "good"], _session.Run("Get-GatewayPatchLevel $folder -GroupByStatus").Of<PatchLevel>().Select(l => l.Gateway));
        var shown = _session.Rendered("Get-GatewayPatchLevel $folder -GroupByStatus");
        Assert.Contains("Status: EndOfLifeVulnerable", shown);
        Assert.Contains("Status: NothingKnown", shown);
    }

    [Fact]
    public void The_detailed_view_shows_reasons_lines_and_the_checklist()
    {
        var path = _session.File("ns.conf", "#NS13.1 Build 59.19\nset ns hostName gw1\nadd vpn vserver v SSL 203.0.113.1 443\n");

        var shown = _session.Rendered($"Get-GatewayPatchLevel '{path}' -Detailed");

        Assert.Contains("CVE-2025-7775", shown);
        Assert.Contains("line 3: add vpn vserver v", shown);
        Assert.Contains("[ ] Update: Install 13.1-64.29 or later.", shown);
    }

    [Fact]
    public void A_thousand_configurations_are_assessed_in_one_pipeline()
    {
        for (var i = 0; i < 1000; i++)
        {
            _session.File($"fleet/{i}.conf", $"#NS13.1 Build {1 + (i % 64)}.{1 + (i % 50)}\nset ns config -IPAddress 10.0.{i / 250}.{i % 250} -netmask 255.255.255.0\nset ns hostName h{i}\nadd vpn vserver v SSL 203.0.113.1 443\nadd lb vserver l HTTP 10.1.1.1 80\n");
        }

        var result = _session.Run("Get-GatewayPatchLevel \"$folder/fleet\"");

        Assert.Empty(result.Errors);
        Assert.Equal(1000, result.Output.Count);
    }

    [Theory]
    [InlineData("Auto", "FipsOrNdcpp")]
    [InlineData("Fips", "Fips")]
    [InlineData("Regular", "Regular")]
    public void The_edition_can_be_stated(string edition, string expected) =>
        Assert.Equal(expected, _session.Run($"Get-GatewayPatchLevel -Version 13.1-37.241 -Edition {edition}").Of<PatchLevel>().Single().Edition.ToString());

    [Fact]
    public void A_version_that_is_none_is_an_error_and_the_others_go_on()
    {
        var result = _session.Run("Get-GatewayPatchLevel -Version 72.61, 14.1-47.46");

        Assert.Equal("VersionNotRecognised", result.ErrorId);
        Assert.Equal("72.61", result.Errors[0].TargetObject);
        Assert.NotEmpty(result.Errors[0].ErrorDetails.RecommendedAction);
        Assert.Single(result.Output);
    }

    [Fact]
    public void A_missing_file_and_one_without_a_version_are_errors_and_the_others_go_on()
    {
        var good = _session.File("a/ns.conf", "#NS13.1 Build 59.19\nset ns hostName x\n");
        var none = _session.File("b/notes.txt", "nothing here\n");
        _session.File("b/authentication.conf", "#NS13.1 Build 59.20\nset ns hostName y\n");

        var result = _session.Run($"Get-GatewayPatchLevel '{_session.Folder}/missing', '{_session.Folder}/b', '{good}'");

        Assert.Equal(["PathNotFound", "VersionNotFound"], result.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal(none, result.Errors[1].TargetObject);
        Assert.Equal(["13.1-59.20", "13.1-59.19"], result.Of<PatchLevel>().Select(l => l.Version));
    }

    [Fact]
    public void Sixty_configurations_come_through_the_pipeline_by_property()
    {
        for (var i = 0; i < 60; i++)
        {
            _session.File($"c{i}/ns[{i}].conf", $"#NS13.1 Build 59.{i}\nset ns hostName h{i}\n");
        }

        var result = _session.Run("[IO.Directory]::GetFiles($folder, '*.conf', 'AllDirectories') | ForEach-Object { [IO.FileInfo]$_ } | Get-GatewayPatchLevel");

        Assert.Empty(result.Errors);
        Assert.Equal(60, result.Output.Count);
    }

    [Fact]
    public void The_views_show_what_matters()
    {
        Assert.Contains("EndOfLifeVulnerable", _session.Rendered("Get-GatewayPatchLevel -Version 13.0-92.31"));
        Assert.Contains("CVE-2025-5777", _session.Rendered("(Get-GatewayPatchLevel -Version 13.0-92.31).Vulnerabilities"));
    }
}
