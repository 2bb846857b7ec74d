using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Access;
using CitrixOps.Access.Inventory;
using CitrixOps.Access.Networks;
using CitrixOps.Access.Planning;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Simulator.Traffic;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CitrixOps.Tests.Access;

/// <summary>What is seen of the ways in.</summary>
public sealed class InventoryTests
{
    [Fact]
    public async Task Simple_access_lists_tell_who_is_kept_out()
    {
        await using var simulated = await SimulatedGateway.Start("topology-full");
        await simulated.Send(NitroCall.Add("nssimpleacl", new JObject { ["aclname"] = "block_one", ["aclaction"] = "DENY", ["srcip"] = "198.51.100.9" }));
        await simulated.Send(NitroCall.Add("nssimpleacl", new JObject { ["aclname"] = "block_ssh", ["aclaction"] = "DENY", ["srcip"] = "198.51.100.10", ["destport"] = 22, ["protocol"] = "TCP" }));
        await simulated.Send(NitroCall.Add("nssimpleacl6", new JObject { ["aclname"] = "block_six", ["aclaction"] = "DENY", ["srcipv6"] = "2001:db8:ffff::7" }));
        var ways = await Ways(simulated);

        var main = ways.Single(w => w.Name == "gw_main");
        Assert.Equal("everybody (IPv4) but 198.51.100.9/32", main.ReachableFrom);
        Assert.Equal(["simple DENY block_one"], main.AccessLists);
        Assert.True(main.IsOpen);
        Assert.EndsWith(" but 2001:db8:ffff::7/128", ways.Single(w => w.Name == "gw_six").ReachableFrom, StringComparison.Ordinal);
        Assert.Equal(Outcome.NoAnswer, simulated.Host.Ask(System.Net.IPAddress.Parse("198.51.100.9"), "203.0.113.10").Outcome);
    }

    [Fact]
    public async Task A_node_of_a_cluster_is_said_to_be_one()
    {
        await using var simulated = await SimulatedGateway.Start("topology-plain", prepare: h => h.IsCluster = true);

        Assert.Contains((await InventoryReader.ReadAsync(simulated.Gateway, withSessions: false, default)).Problems, p => p.Id == "ClusterNode");
    }

    [Theory]
    [InlineData("topology-full", "gw_behind")]
    [InlineData("topology-full", "lb_site")]
    [InlineData("topology-content-switch", "gw_main")]
    [InlineData("topology-content-switch", "lb_site")]
    public async Task What_a_content_switch_leads_to_is_shown_behind_it(string topology, string name)
    {
        await using var simulated = await SimulatedGateway.Start(topology);
        var way = (await Ways(simulated)).Single(w => w.Name == name);

        Assert.Equal(("cs_portal", AccessScope.NotAddressable), (way.Behind, way.Scope));
    }

    // behind a firewall that translates, the content switch in front of a gateway has a private address
    [Theory]
    [InlineData(IsolationMethod.Acl)]
    [InlineData(IsolationMethod.VirtualServer)]
    [InlineData(IsolationMethod.VipAddress)]
    public async Task A_content_switch_whose_policies_lead_to_a_gateway_is_closed_also_on_a_private_address(IsolationMethod method)
    {
        using var folder = new TemporaryFolder();
        await using var simulated = await SimulatedGateway.Start("topology-full", prepare: h => h.Nodes.ToList().ForEach(n => n.Put("csvserver", new Dictionary<string, string> { ["name"] = "cs_private", ["servicetype"] = "SSL", ["ipv46"] = "10.20.30.77", ["port"] = "443" })));
        await simulated.Send(NitroCall.Put("csvserver_cspolicy_binding", new JObject { ["name"] = "cs_private", ["policyname"] = "pol_gateway", ["priority"] = "100" }));
        Assert.Equal(Outcome.Answered, simulated.Host.Ask(simulated.Host.Outside, "10.20.30.77").Outcome);
        await Closing.Close(simulated.Gateway, Closing.Options(method), folder.Path);

        Assert.NotEqual(Outcome.Answered, simulated.Host.Ask(simulated.Host.Outside, "10.20.30.77").Outcome);
    }

    [Fact]
    public async Task A_bundle_of_the_last_day_on_every_node_counts_as_preserved()
    {
        await using var simulated = await SimulatedGateway.Start("topology-ha");
        Task<string?> Warning() => Preservation.WarningAsync(simulated.Gateway, CancellationToken.None);
        void Put(int node, string content, TimeSpan age) => simulated.Host.Nodes[node].PutFile($"/var/tmp/support/collector_P_{node}.tar.gz", Encoding.ASCII.GetBytes(content), DateTimeOffset.Parse("2026-11-24T08:00:00Z", System.Globalization.CultureInfo.InvariantCulture) - age);

        Assert.Contains("gw-1", (await Warning())!, StringComparison.Ordinal);
        Put(0, "bundle", TimeSpan.FromHours(2));
        Assert.Contains($"node {simulated.Gateway.Nodes[1].Nsip}", (await Warning())!, StringComparison.Ordinal);
        Put(1, "", TimeSpan.FromHours(2));
        Assert.NotNull(await Warning());
        Put(1, "bundle", TimeSpan.FromHours(30));
        Assert.NotNull(await Warning());
        Put(1, "bundle", TimeSpan.FromHours(-5));
        Assert.NotNull(await Warning());
        Put(1, "bundle", TimeSpan.FromHours(23));
        Assert.Null(await Warning());
    }

    private static async Task<IReadOnlyList<ExternalAccess>> Ways(SimulatedGateway simulated) => WaysIn.Of(await InventoryReader.ReadAsync(simulated.Gateway, withSessions: false, CancellationToken.None), new NetworkPlan());
}
