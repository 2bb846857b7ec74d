using System.Linq;
using CitrixOps.Advisories;
using CitrixOps.Investigation;
using Xunit;

namespace CitrixOps.PowerShell.Tests.Commands;

/// <summary>The reading commands on a running gateway.</summary>
public sealed class LiveReadingTests(LiveCaseFixture gateway) : IClassFixture<LiveCaseFixture>
{
    private const string Window = "-Since 2019-12-24Z -Until 2020-01-16Z";

    [Theory]
    [InlineData("Get-GatewayPatchLevel -Session $gw")]
    [InlineData("$gw | Get-GatewayPatchLevel")]
    [InlineData("Get-GatewayPatchLevel @connect")]
    public void Both_nodes_have_a_patch_level(string script)
    {
        using var session = gateway.Connected();

        var result = session.Run(script);

        Assert.Empty(result.Errors);
        var levels = result.Of<PatchLevel>().ToList();
        Assert.Equal(2, levels.Count);
        Assert.All(levels, l => Assert.Equal(VersionTrust.Running, l.VersionTrust));
        Assert.All(levels, l => Assert.Equal(l.RunningVersion, l.NextBootVersion));
        Assert.Single(levels.Select(l => l.Gateway).Distinct());
        Assert.Contains(levels[0].Vulnerabilities, v => v.Cve == "CVE-2019-19781" && v.IsOpen);
    }

    [Theory]
    [InlineData("Search-ExploitIndicators -Session $gw -AsReport " + Window)]
    [InlineData("$gw | Search-ExploitIndicators -AsReport " + Window)]
    [InlineData("Search-ExploitIndicators @connect -AsReport " + Window)]
    public void A_search_says_what_was_found_and_what_it_left_behind(string script)
    {
        using var session = gateway.Connected();
        var writes = gateway.Host.Nodes.Sum(n => n.Counters.Writes);

        var result = session.Run(script);

        Assert.Empty(result.Errors);
        var investigation = result.Of<Investigation.Investigation>().Single();
        Assert.Equal(InvestigationVerdict.Compromised, investigation.Verdict);
        Assert.Equal(2, investigation.Notes.Count(n => n.Contains("calls to", System.StringComparison.Ordinal)));
        Assert.Equal(writes, gateway.Host.Nodes.Sum(n => n.Counters.Writes));
    }

    [Fact]
    public void Findings_stream_and_the_summary_tells_what_was_added()
    {
        using var session = gateway.Connected();

        var result = session.Run("Search-ExploitIndicators $gw " + Window);

        Assert.NotEmpty(result.Of<Finding>());
        Assert.Contains("Notes:", string.Concat(result.Information.Select(i => i.ToString())));
    }

    [Fact]
    public void Coverage_is_that_of_both_nodes()
    {
        using var session = gateway.Connected();

        var rows = session.Run("$gw | Get-LogCoverage").Of<LogCoverage>().ToList();

        Assert.Equal(2, rows.Select(r => r.Node).Distinct().Count());
        Assert.Contains(rows, r => r.Kind == "httpaccess.log");
    }
}
