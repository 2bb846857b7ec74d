using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Appliances.Live;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Errors;
using CitrixOps.Simulator.Faults;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CitrixOps.Tests.Appliances.Live;

/// <summary>HA pairs as one gateway: joining, roles, writes.</summary>
public sealed class GatewayTests : LivePair
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task One_address_is_enough(int given)
    {
        var (gateways, problems) = await ConnectAsync(null, Host.Nodes[given]);

        Assert.Empty(problems);
        var gateway = gateways.Single();
        Assert.Equal("gw-raadhuis-1", gateway.Name);
        Assert.Equal([First.Address, Second.Address], gateway.Nodes.Select(n => n.Nsip));
        Assert.Equal(["Primary", "Secondary"], gateway.Nodes.Select(n => n.Role));
        Assert.Equal("Pair", gateway.Ha);
    }

    [Fact]
    public async Task Both_addresses_make_one_gateway()
    {
        var (gateways, _) = await ConnectAsync(null, Second, First);

        Assert.Equal(2, gateways.Single().Nodes.Count);
        Assert.Equal([1, 1], Host.Nodes.Select(n => n.OpenSessions));
    }

    [Fact]
    public async Task Two_names_of_one_node_take_one_session()
    {
        var result = await GatewayConnector.ConnectAsync([NitroAddress.Parse(First.Uri.ToString()), NitroAddress.Parse("localhost:" + First.Uri.Port)], Options, 4, CancellationToken.None);

        Assert.Single(result.Gateways);
        Assert.Equal([1, 1], Host.Nodes.Select(n => n.OpenSessions));
        result.Gateways[0].Dispose();
    }

    [Fact]
    public async Task A_peer_that_is_not_trusted_leaves_half_a_pair_that_says_so()
    {
        var (gateways, problems) = await ConnectAsync(Options with { Pins = NitroPins.Parse([First.Thumbprint]) });

        Assert.Equal("PairIncomplete", gateways.Single().Ha);
        var problem = problems.Single();
        Assert.Equal("PeerNotReached", problem.Id);
        Assert.Contains(NitroPins.Spaced(NitroPins.Parse([Second.Thumbprint])[0]), problem.Message);
    }

    [Fact]
    public async Task A_refresh_reads_what_a_gateway_is()
    {
        First.SetSkew(TimeSpan.FromSeconds(90));
        First.Put("server", new Dictionary<string, string> { ["name"] = "pending", ["ipaddress"] = "10.1.1.1" });
        var gateway = await GatewayAsync();

        await gateway.RefreshAsync(CancellationToken.None);

        Assert.InRange((gateway.Nodes[0].ClockDifference - gateway.Nodes[1].ClockDifference).TotalSeconds, 85, 95);
        Assert.True(gateway.UnsavedChanges);
        Assert.Equal("13.1-62.23", gateway.Version);
        Assert.NotEmpty(gateway.Model);
        Assert.All(gateway.SerialNumber, s => Assert.NotEmpty(s));
        Assert.Contains("SSLVPN", gateway.Features);
        Assert.Equal(Second.Address, gateway.Peer);
    }

    [Fact]
    public async Task Stopping_while_connecting_leaves_no_session()
    {
        using var stop = new CancellationTokenSource();
        Second.Faults.Add(new Fault { Kind = FaultKind.Slow, Type = "nsconfig", Delay = TimeSpan.FromSeconds(20), Times = 0 });
        var connecting = GatewayConnector.ConnectAsync(Host.Nodes.Select(n => NitroAddress.Parse(n.Uri.ToString())).ToArray(), Options, 4, stop.Token);
        Assert.True(SpinWait.SpinUntil(() => Second.OpenSessions == 1, TimeSpan.FromSeconds(10)));
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
        Assert.Equal([0, 0], Host.Nodes.Select(n => n.OpenSessions));
    }

    [Fact]
    public async Task A_write_goes_to_the_primary_and_the_pair_has_it()
    {
        var result = await Write(await GatewayAsync(), "een");

        Assert.True(result is { Confirmed: false, Propagated: true });
        Assert.All(Host.Nodes, n => Assert.True(Has(n, "een")));
    }

    [Fact]
    public async Task A_write_whose_answer_was_lost_is_looked_at_and_confirmed()
    {
        var gateway = await GatewayAsync();
        First.Faults.Add(new Fault { Kind = FaultKind.LoseResponse, Type = "server", Method = "POST" });

        Assert.True((await Write(gateway, "een")).Confirmed);
        Assert.Equal(1, First.Counters.Of("POST server"));
    }

    [Fact]
    public async Task A_write_that_never_arrived_is_looked_at_and_said_not_to_be_done()
    {
        var gateway = await GatewayAsync();
        First.Faults.Add(new Fault { Kind = FaultKind.Refuse, Type = "server", Method = "POST" });

        Assert.Equal("NotDone", (await Assert.ThrowsAsync<NitroException>(() => Write(gateway, "een"))).Problem.Id);
        Assert.Equal(0, First.Counters.Of("POST server"));
        Assert.False(Has(First, "een"));
    }

    [Fact]
    public async Task Where_looking_fails_too_the_outcome_is_called_unknown()
    {
        var gateway = await GatewayAsync();
        First.Faults.Add(new Fault { Kind = FaultKind.Refuse, Type = "server", Times = 0 });

        Assert.Equal("OutcomeUnknown", (await Assert.ThrowsAsync<CitrixOpsException>(() => Write(gateway, "een"))).Problem.Id);
    }

    [Fact]
    public async Task A_refusal_of_the_new_secondary_is_followed_to_the_new_primary()
    {
        var gateway = await GatewayAsync();
        Host.Failover();
        First.Faults.Add(new Fault { Kind = FaultKind.ErrorCode, Code = 368, Type = "server" });

        var result = await Write(gateway, "een");

        Assert.Equal(Second.Address, result.Node.Nsip);
        Assert.All(Host.Nodes, n => Assert.True(Has(n, "een")));
    }

    [Fact]
    public async Task A_role_change_that_was_not_noticed_is_said_and_the_next_write_goes_right()
    {
        var gateway = await GatewayAsync();
        Host.Failover();

        Assert.Equal("RoleChanged", (await Assert.ThrowsAsync<CitrixOpsException>(() => Write(gateway, "een"))).Problem.Id);
        Assert.Equal(Second.Address, (await Write(gateway, "twee")).Node.Nsip);
        Assert.All(Host.Nodes, n => Assert.True(Has(n, "twee")));
    }

    [Theory]
    [InlineData(347)]
    [InlineData(349)]
    [InlineData(457)]
    [InlineData(458)]
    public async Task A_write_that_does_not_reach_the_secondary_says_so(int code)
    {
        var gateway = await GatewayAsync();
        Host.FailPropagation(code);

        Assert.False((await Write(gateway, "een")).Propagated);
        Assert.True(Has(First, "een"));
        Assert.False(Has(Second, "een"));
    }

    [Fact]
    public async Task What_does_not_propagate_is_done_on_both_nodes_and_one_failure_stops_no_other()
    {
        var gateway = await GatewayAsync();
        First.Faults.Add(new Fault { Kind = FaultKind.ErrorCode, Code = 257, Type = "systembackup" });

        var results = await new GatewayWriter(gateway).WriteEverywhereAsync(NitroCall.Do("systembackup", "create", new JObject { ["filename"] = "proef", ["level"] = "basic" }), (_, _) => Task.FromResult(false), CancellationToken.None);

        Assert.Equal("NotAuthorised", results[0].Problem!.Id);
        Assert.Null(results[1].Problem);
        Assert.Equal(1, Second.Counters.Of("POST systembackup?action=create"));
    }

    [Fact]
    public async Task Closing_logs_out_everywhere_and_twice_does_no_harm()
    {
        var gateway = await GatewayAsync();

        await gateway.CloseAsync(TimeSpan.FromSeconds(5));
        gateway.Dispose();

        Assert.False(gateway.IsConnected);
        Assert.Equal([0, 0], Host.Nodes.Select(n => n.OpenSessions));
    }

    private static bool Has(Simulator.Hosting.NodeControl node, string name) => node.Objects("server").Any(s => s["name"] == name);

    private static Task<WriteResult> Write(Gateway gateway, string name) => new GatewayWriter(gateway).WriteAsync(
        NitroCall.Add("server", new JObject { ["name"] = name, ["ipaddress"] = name == "een" ? "10.7.7.7" : "10.7.7.8" }),
        async (c, t) => (await c.SendAsync(NitroCall.Get("server", name) with { Accepts = [258, 344] }, t)).Rows("server").Count > 0,
        CancellationToken.None);
}
