using System.Linq;
using CitrixOps.Appliances.Live;
using Xunit;

namespace CitrixOps.PowerShell.Tests.Commands;

public sealed class ConnectGatewayCommandTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    [Fact]
    public void One_node_of_a_pair_makes_one_gateway_with_both()
    {
        using var session = gateway.Connected();

        var connected = session.Run("$gw").Of<Gateway>().Single();

        Assert.Equal("Pair", connected.Ha);
        Assert.Equal(2, connected.Nodes.Count);
        Assert.Equal("Primary", connected.Nodes[0].Role);
        Assert.True(connected.IsConnected);
    }

    [Fact]
    public void Both_nodes_given_make_one_gateway()
    {
        using var session = gateway.Session();

        var result = session.Run("Connect-Gateway $addresses $credential -ServerCertificateSha256 $pins -OutVariable gw");
        session.AtEnd("Disconnect-Gateway $gw");

        Assert.Empty(result.Errors);
        Assert.Equal(2, result.Of<Gateway>().Single().Nodes.Count);
    }

    [Fact]
    public void WhatIf_does_not_log_in()
    {
        using var session = gateway.Session();
        var before = gateway.Host.Nodes[0].Counters.Requests;

        Assert.Empty(session.Run("Connect-Gateway @connect -WhatIf").Output);
        Assert.Equal(before, gateway.Host.Nodes[0].Counters.Requests);
    }
}
