using System.Linq;
using CitrixOps.Mitigations;
using Xunit;

namespace CitrixOps.PowerShell.Tests.Commands;

public sealed class TestGatewayMitigationCommandTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    [Fact]
    public void All_are_tested_without_changing_anything()
    {
        using var session = gateway.Connected();
        var before = gateway.Host.Nodes[0].Counters.Writes;

        var result = session.Run("Test-GatewayMitigation $gw");

        Assert.Empty(result.Errors);
        Assert.Equal(6, result.Output.Count);
        Assert.Equal(MitigationStatus.NotApplied, result.Of<MitigationState>().Single(m => m.Id == "CVE-2026-88778").Status);
        Assert.InRange(gateway.Host.Nodes[0].Counters.Writes - before, 0, 3);
        Assert.False(gateway.Host.Nodes[0].HasUnsavedChanges);
    }

    [Theory]
    [InlineData("CTX267027")]
    [InlineData("cve-2019-19781")]
    [InlineData("CVE-2019*")]
    public void One_is_found_by_any_name(string id)
    {
        using var session = gateway.Connected();
        Assert.Equal("CVE-2019-19781", session.Run($"Test-GatewayMitigation $gw {id}").Of<MitigationState>().Single().Id);
    }

    [Fact]
    public void What_is_not_there_is_an_error()
    {
        using var session = gateway.Connected();
        Assert.Equal("MitigationNotFound", session.Run("Test-GatewayMitigation $gw CVE-1999-0001").ErrorId);
    }

    [Fact]
    public void The_view_shows_how_it_stands_and_the_object_survives()
    {
        using var session = gateway.Connected();
        Assert.Contains("NotApplied", session.Rendered("Test-GatewayMitigation $gw CVE-2026-88778"));

        var copy = System.Management.Automation.PSSerializer.Deserialize(System.Management.Automation.PSSerializer.Serialize(session.Run("Test-GatewayMitigation $gw CVE-2019-19781").Output[0], 6));
        var properties = ((System.Management.Automation.PSObject)copy).Properties;
        Assert.Equal("CVE-2019-19781", properties["Id"].Value);
        Assert.NotNull(properties["Steps"].Value);
    }
}
