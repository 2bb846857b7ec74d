using System;
using System.Linq;
using CitrixOps.Advisories;
using Xunit;

namespace CitrixOps.PowerShell.Tests.Commands;

public sealed class GetGatewayAdvisoryCommandTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("", 30)]
    [InlineData("-Cve cve-2019-19781", 1)]
    [InlineData("-Id CTX69*", 11)]
    [InlineData("-Since 2026-09-01", 3)]
    [InlineData("-Branch 12.1-FIPS -KnownExploited", 7)]
    public void The_catalogue_can_be_filtered(string parameters, int expected) =>
        Assert.Equal(expected, _session.Run("Get-GatewayAdvisory " + parameters).Output.Count);

    [Fact]
    public void Every_fact_names_its_source()
    {
        var advisory = _session.Run("Get-GatewayAdvisory CTX267027").Of<Advisory>().Single();

        Assert.Equal(["CVE-2019-19781"], advisory.Cve);
        Assert.Contains("12.1-55.18", advisory.FixedBuilds);
        Assert.All(advisory.Provenance, p => Assert.DoesNotContain("unknown", p));
    }

    [Fact]
    public void A_bulletin_that_is_not_known_is_an_error() =>
        Assert.Equal("AdvisoryNotFound", _session.Run("Get-GatewayAdvisory CTX1").ErrorId);

    [Fact]
    public void Cves_are_completed_with_their_titles()
    {
        var result = _session.Run("(TabExpansion2 'Get-GatewayAdvisory -Cve CVE-2019-19').CompletionMatches");

        Assert.Contains(result.Output, o => (string)o.Properties["CompletionText"].Value == "CVE-2019-19781");
    }

    [Fact]
    public void The_view_shows_what_matters() => Assert.Contains("CTX561482", _session.Rendered("Get-GatewayAdvisory -Cve CVE-2023-3519"));
}
