using System;
using System.Linq;
using CitrixOps.Access.Inventory;
using Xunit;

namespace CitrixOps.PowerShell.Tests.Commands;

public sealed class GetExternalAccessCommandTests : IClassFixture<GatewayFixture>
{
    private readonly GatewayFixture _fixture;

    public GetExternalAccessCommandTests(GatewayFixture fixture) => _fixture = fixture;

    [Fact]
    public void It_lists_every_way_with_its_scope_and_why()
    {
        using var session = _fixture.Connected();
        var result = session.Run("Get-ExternalAccess $gw");
        var ways = result.Of<ExternalAccess>().ToDictionary(w => (w.Kind, w.Name));

        Assert.Empty(result.Errors);
        Assert.True(ways[(AccessKind.Vpn, "gw_raadhuis")] is { IsOpen: true, Scope: AccessScope.External, Protocol: "TCP+UDP", Port: 443 });
        Assert.Equal(AccessScope.InsideOnly, ways[(AccessKind.LoadBalancing, "lb_storefront")].Scope);
        Assert.True(ways[(AccessKind.Vpn, "gw_old")] is { IsOpen: false, State: "OUT OF SERVICE" });
        Assert.True(ways[(AccessKind.Vpn, "gw_behind_cs")] is { Scope: AccessScope.NotAddressable, Behind: "cs_portal" });
        Assert.True(ways[(AccessKind.Management, "203.0.113.2")] is { IsOpen: true, Scope: AccessScope.External });
        Assert.Equal("Sociaal", ways[(AccessKind.LoadBalancing, "lb_sociaal")].Partition);
        Assert.Contains("2001:db8:10::10", ways[(AccessKind.Vpn, "gw_six")].Address);
        Assert.All(ways.Values, w => Assert.NotEmpty(w.Reason));
    }

    [Fact]
    public void Networks_can_be_said_to_lie_elsewhere()
    {
        using var session = _fixture.Connected();
        var ways = session.Run("Get-ExternalAccess $gw -ExternalNetwork 10.20.30.0/24 -InternalNetwork 203.0.113.20").Of<ExternalAccess>().ToList();

        Assert.Equal(AccessScope.External, ways.Single(w => w.Name == "lb_storefront").Scope);
        Assert.Equal(AccessScope.InsideOnly, ways.Single(w => w.Name == "cs_portal").Scope);
    }

    [Fact]
    public void What_is_no_network_is_said()
    {
        using var session = _fixture.Connected();
        Assert.StartsWith("NetworkNotRecognised", Assert.Single(session.Run("Get-ExternalAccess $gw -ExternalNetwork 10.0.0.0/40").Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void The_view_shows_who_reaches_it()
    {
        using var session = _fixture.Connected();
        Assert.Contains("gw_raadhuis", session.Rendered("Get-ExternalAccess $gw"), StringComparison.Ordinal);
    }
}
