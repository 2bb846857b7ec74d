using System.Linq;
using Xunit;

namespace CitrixOps.PowerShell.Tests.Commands;

public sealed class DisconnectGatewayCommandTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    [Fact]
    public void Every_node_is_logged_out_of()
    {
        using var session = gateway.Connected();
        Assert.Equal([1, 1], gateway.Host.Nodes.Select(n => n.OpenSessions));

        var result = session.Run("$gw | Disconnect-Gateway; $gw.IsConnected; Disconnect-Gateway $gw");

        Assert.Empty(result.Errors);
        Assert.False(result.Of<bool>().Single());
        Assert.Equal([0, 0], gateway.Host.Nodes.Select(n => n.OpenSessions));
    }

    [Fact]
    public void WhatIf_stays_connected()
    {
        using var session = gateway.Connected();

        Assert.True(session.Run("Disconnect-Gateway $gw -WhatIf; $gw.IsConnected").Of<bool>().Single());
    }
}
