using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Access.Inventory;
using CitrixOps.Access.Networks;
using CitrixOps.Access.Planning;
using CitrixOps.Simulator.Faults;
using CitrixOps.Simulator.Hosting;
using CitrixOps.Simulator.Traffic;

namespace CitrixOps.KillMatrix;

/// <summary>What a closing and its reopening ask the appliance for when nothing happens to them: the points at which they can be killed.</summary>
internal sealed class Script
{
    private Script(string topology, IsolationMethod method, IReadOnlyList<Packet> doors, IReadOnlyList<Exchange> closing, IReadOnlyList<Exchange> reopening)
    {
        Topology = topology;
        Method = method;
        Doors = doors;
        Closing = closing;
        Reopening = reopening;
    }

    public string Topology { get; }

    public IsolationMethod Method { get; }

    /// <summary>Connections from outside that are answered while it is open.</summary>
    public IReadOnlyList<Packet> Doors { get; }

    public IReadOnlyList<Exchange> Closing { get; }

    public IReadOnlyList<Exchange> Reopening { get; }

    public static async Task<Script> Record(string topology, IsolationMethod method)
    {
        var folder = Directory.CreateTempSubdirectory("citrixops-").FullName;
        await using var host = await SimulatorHost.Start(topology);
        try
        {
            using var gateway = await Client.Connect(host.Nodes[0].Uri, host.Nodes.Select(n => n.Thumbprint), host.Password);
            var ways = WaysIn.Of(await InventoryReader.ReadAsync(gateway, withSessions: false, CancellationToken.None), new NetworkPlan());
            var doors = ways.Where(w => w.Kind != AccessKind.Management && w.Scope == AccessScope.External).SelectMany(w => w.Address.SelectMany(a => w.Protocol.Split('+').Select(p => Door(host, a, w.Port, p == "UDP"))))
                .Where(d => host.Ask(d).Outcome == Outcome.Answered).ToArray();
            return new Script(topology, method, doors, await Run(host, folder, method, open: false), await Run(host, folder, method, open: true));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Each request that changes something, at every moment; of many alike the first, the second and the last.</summary>
    public IEnumerable<KillPoint> Writes(bool reopening) => (reopening ? Reopening : Closing).Where(e => e.IsWrite).GroupBy(e => (e.Node, e.Method, e.Type, e.Action))
        .SelectMany(g => g.Select((e, i) => (Exchange: e, Number: i, Bulk: g.Take(i).Count(b => b.Objects > 1))).Where(p => p.Number < 2 || p.Number == g.Count() - 1))
        .SelectMany(p => Moments(p.Exchange).Select(m => new KillPoint(p.Exchange.Node, p.Exchange.Method, p.Exchange.Type, p.Exchange.Action, m == KillMoment.Half ? p.Bulk : p.Number, m, reopening)));

    /// <summary>Every request whatever it is: what lies between two changes.</summary>
    public IEnumerable<KillPoint> Every(bool reopening) => (reopening ? Reopening : Closing).GroupBy(e => e.Node).SelectMany(g => Enumerable.Range(0, g.Count()).Select(i => new KillPoint(g.Key, "", "", "", i, KillMoment.Arriving, reopening)));

    private static IEnumerable<KillMoment> Moments(Exchange exchange) => Enum.GetValues<KillMoment>().Where(m => m != KillMoment.Half || exchange.Objects > 1);

    private static async Task<IReadOnlyList<Exchange>> Run(SimulatorHost host, string folder, IsolationMethod method, bool open)
    {
        var seen = new List<Exchange>();
        host.Executed = seen.Add;
        using (var gateway = await Client.Connect(host.Nodes[0].Uri, host.Nodes.Select(n => n.Thumbprint), host.Password))
        {
            await Client.Run(gateway, method, folder, open);
            host.Executed = null;
        }

        return seen;
    }

    private static Packet Door(SimulatorHost host, string address, int port, bool udp) => IPAddress.Parse(address) is var to && to.AddressFamily == host.Outside.AddressFamily ? new Packet(host.Outside, to, port, udp) : new Packet(IPAddress.Parse("2001:db8:ffff::7"), to, port, udp);
}
