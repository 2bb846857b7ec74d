using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Access;
using CitrixOps.Access.Inventory;
using CitrixOps.Access.Planning;
using CitrixOps.Simulator.Hosting;
using Xunit;

namespace CitrixOps.Tests.Access;

/// <summary>What a closing costs in calls, by the simulator's counters; shut is the moment from which nothing answers outside any more.</summary>
public sealed class CostTests
{
    public static IEnumerable<object[]> Methods() => Enum.GetValues<IsolationMethod>().Where(m => m != IsolationMethod.Auto).Select(m => new object[] { m });

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task The_number_of_calls_does_not_depend_on_the_number_of_virtual_servers(IsolationMethod method)
    {
        var costs = new List<(int Shut, int All)>();
        foreach (var count in TestedBuild.IsPortable ? new[] { 5, 500 } : [5, 500, 2000])
        {
            costs.Add(await Cost(method, count, partitions: 0));
        }

        Assert.Single(costs.Distinct());
        Assert.InRange(costs[0].Shut, 1, 15);
        Assert.InRange(costs[0].All, costs[0].Shut, 60);
    }

    // both families, DTLS, address sets, management on a public address, logs that are turned over, saved at the end: the most a pair needs
    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_pair_that_has_everything_stays_within_the_bounds(IsolationMethod method)
    {
        var (shut, all) = await Cost(method, 5, partitions: 0, everything: true);

        Assert.Equal((shut, all), await Cost(method, 50, partitions: 0, everything: true));
        Assert.InRange(shut, 1, 15);
        Assert.InRange(all, shut, 60);
    }

    // each partition is a session of its own on each node: reading it, its lists, their application, looking again
    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Each_partition_costs_the_same(IsolationMethod method)
    {
        var none = await Cost(method, 5, partitions: 0);
        var one = await Cost(method, 5, partitions: 1);
        var three = await Cost(method, 5, partitions: 3);

        Assert.Equal(await Cost(method, 50, partitions: 3), three);
        Assert.Equal(2 * (one.All - none.All), three.All - one.All);
        Assert.InRange(one.All - none.All, 1, 26);
        Assert.InRange(one.Shut - none.Shut, 1, 5);
    }

    private static async Task<(int Shut, int All)> Cost(IsolationMethod method, int count, int partitions, bool everything = false)
    {
        using var folder = new TemporaryFolder();
        folder.File("scenarios/pair/scenario.json", Pair(count, partitions, everything));
        await using var simulated = await SimulatedGateway.Start("pair", options: new SimulatorOptions { ScenarioFolder = Path.Combine(folder.Path, "scenarios") });
        var host = simulated.Host;
        int Calls() => host.Nodes.Sum(n => n.Counters.Requests);
        var start = Calls();
        var options = Closing.Options(method, "10.0.0.0/8", "fd00::/8") with { Save = everything };
        var inventory = await InventoryReader.ReadAsync(simulated.Gateway, options, CancellationToken.None);
        var plan = AccessPlanner.Plan(inventory, options);
        await Preservation.WarningAsync(simulated.Gateway, CancellationToken.None);
        var doors = plan.Closes.Where(w => w.Kind != AccessKind.Management).SelectMany(w => w.Address.Select(a => (a, w.Port, false))).Reverse().ToArray();
        Assert.Equal(everything ? (count * 2) + 3 : count * (partitions + 1), doors.Length);
        Assert.All(doors, d => Assert.True(Closing.Answers(host, host.Outside, d)));
        int? shut = null;
        host.Executed = _ => shut ??= doors.Any(d => Closing.Answers(host, host.Outside, d)) ? null : Calls();
        var confirmed = Calls();
        var closer = new AccessCloser(simulated.Gateway);
        var receipt = await closer.CloseAsync(closer.Draft(inventory, plan, options), inventory, options, folder.Path, CancellationToken.None);
        host.Executed = null;
        Assert.Equal(("", everything), (receipt.Problem, receipt.Saved));
        return ((shut ?? int.MaxValue) - confirmed, Calls() - start);
    }

    private static string Pair(int count, int partitions, bool everything)
    {
        object Gateways(string prefix, string type, int second) => new { type, count, pattern = new { name = prefix + "{n}", servicetype = "SSL", ipv46 = $"203.{second}.{{b}}.{{c}}", port = 443, dtls = "OFF" } };
        var names = Enumerable.Range(1, partitions).Select(p => "P" + p).ToArray();
        var six = new[] { new { type = "vpnvserver", count, pattern = new { name = "gw6_{n}", servicetype = "SSL", ipv46 = "2001:db8:{b}::{c}", port = 443, dtls = "OFF" } } };
        return JsonSerializer.Serialize(new
        {
            title = "A pair with many gateways",
            seed = 1,
            nodes = new[] { new { name = "ns01", version = "13.1-62.23", hostName = "gw-1" }, new { name = "ns02", version = "13.1-62.23", hostName = "gw-2" } },
            configuration = new { nsfeature = new[] { new { feature = new[] { "LB", "CS", "SSL", "SSLVPN", "AAA", "RESPONDER" } } }, nspartition = names.Select(n => new { partitionname = n }),
                ipset = everything ? new[] { new { name = "more" } } : [],
                nsip = everything ? new[] { new { ipaddress = "203.9.9.9", netmask = "255.255.255.0", type = "SNIP", mgmtaccess = "ENABLED" }, new { ipaddress = "203.9.9.10", netmask = "255.255.255.0", type = "VIP", mgmtaccess = "DISABLED" } } : [],
                csvserver = everything ? new[] { new { name = "cs_1", servicetype = "SSL", ipv46 = "203.9.9.12", port = 443 } } : [],
                csaction = everything ? new[] { new { name = "act", targetvserver = "gw_1" } } : [],
                cspolicy = everything ? new[] { new { policyname = "pol", rule = "true", action = "act" } } : [],
                csvserver_cspolicy_binding = everything ? new[] { new { name = "cs_1", policyname = "pol", priority = 100 } } : [],
                ipset_nsip_binding = everything ? new[] { new { name = "more", ipaddress = "203.9.9.10" } } : [],
                lbvserver = everything ? new[] { new { name = "lb_set", servicetype = "SSL", ipv46 = "203.9.9.11", port = 443, ipset = "more" } } : [] },
            repeat = names.Select((n, i) => Gateways($"gw_{n}_", n + "/vpnvserver", i + 2)).Prepend(Gateways("gw_", "vpnvserver", 1)).Concat(everything ? six : []),
            files = everything ? new[] { "ns.log", "ns.log.0", "ns.log.1" }.Select(f => new { path = "/var/log/" + f, text = new[] { "Nov 24 07:00:00 <local0.info> 192.0.2.10  11/24/2026:06:00:00 GMT gw-1 0-PPE-0 : default EVENT DEVICEUP 1 0 :  x" } }) : [],
            sessions = new[] { new { kind = "Aaa", user = "a", source = "198.51.100.1", vserver = "gw_1", count = 2 }, new { kind = "Ica", user = "b", source = "198.51.100.2", vserver = "gw_1", count = 2 } },
        });
    }
}
