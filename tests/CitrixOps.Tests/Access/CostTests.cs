using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Access;
using CitrixOps.Access.Inventory;
using CitrixOps.Access.Planning;
using CitrixOps.Simulator.Hosting;
using Xunit;

namespace CitrixOps.Tests.Access;

/// <summary>What a closing costs in calls, by the simulator's counters: the same for 5, 500 and 2,000 virtual servers.</summary>
public sealed class CostTests
{
    [Theory]
    [InlineData(IsolationMethod.Acl)]
    [InlineData(IsolationMethod.VirtualServer)]
    [InlineData(IsolationMethod.Responder)]
    [InlineData(IsolationMethod.VipAddress)]
    public async Task The_number_of_calls_does_not_depend_on_the_number_of_virtual_servers(IsolationMethod method)
    {
        var costs = new List<(int Shut, int All)>();
        foreach (var count in new[] { 5, 500, 2000 })
        {
            costs.Add(await Cost(method, count));
        }

        Assert.Single(costs.Distinct());
        Assert.True(costs[0].Shut <= 15, $"{costs[0].Shut} calls until it was shut");
        Assert.True(costs[0].All <= 60, $"{costs[0].All} calls in all");
    }

    private static async Task<(int Shut, int All)> Cost(IsolationMethod method, int count)
    {
        using var folder = new TemporaryFolder();
        folder.File("scenarios/pair/scenario.json", Pair(count));
        await using var simulated = await SimulatedGateway.Start("pair", options: new SimulatorOptions { ScenarioFolder = Path.Combine(folder.Path, "scenarios") });
        int Calls() => simulated.Host.Nodes.Sum(n => n.Counters.Requests);
        var start = Calls();
        var inventory = await InventoryReader.ReadAsync(simulated.Gateway, withSessions: true, CancellationToken.None);
        var plan = AccessPlanner.Plan(inventory, Closing.Options(method, "10.0.0.0/8") with { Save = true });
        await Preservation.WarningAsync(simulated.Gateway, CancellationToken.None);
        var shut = 0;
        var confirmed = Calls();
        AccessCloser closer = null!;
        closer = new AccessCloser(simulated.Gateway) { Progress = title => shut = title.StartsWith("End users", StringComparison.Ordinal) || title.StartsWith("Save", StringComparison.Ordinal) ? shut : Calls() - confirmed + 2 };
        var receipt = closer.Draft(inventory, plan, Closing.Options(method));
        await closer.CloseAsync(receipt, inventory, Closing.Options(method), folder.Path, CancellationToken.None);
        Assert.Equal("", receipt.Problem);
        Assert.Equal(count, plan.Closes.Count);
        return (shut, Calls() - start);
    }

    private static string Pair(int count) => $$"""
        {
          "title": "A pair with {{count}} gateways", "seed": 1,
          "nodes": [ { "name": "ns01", "version": "13.1-62.23", "hostName": "gw-1" }, { "name": "ns02", "version": "13.1-62.23", "hostName": "gw-2" } ],
          "configuration": { "nsfeature": [ { "feature": ["LB", "CS", "SSL", "SSLVPN", "AAA", "RESPONDER"] } ] },
          "repeat": [ { "type": "vpnvserver", "count": {{count}}, "pattern": { "name": "gw_{n}", "servicetype": "SSL", "ipv46": "203.1.{b}.{c}", "port": 443, "dtls": "OFF" } } ],
          "sessions": [ { "kind": "Aaa", "user": "a", "source": "198.51.100.1", "vserver": "gw_1", "count": 2 }, { "kind": "Ica", "user": "b", "source": "198.51.100.2", "vserver": "gw_1", "count": 2 } ]
        }
        """;
}
