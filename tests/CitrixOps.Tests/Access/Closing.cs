using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Access;
using CitrixOps.Access.Inventory;
using CitrixOps.Access.Networks;
using CitrixOps.Access.Planning;
using CitrixOps.Access.Receipts;
using CitrixOps.Appliances.Live;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Receipts;
using CitrixOps.Simulator.Hosting;
using CitrixOps.Simulator.Traffic;

namespace CitrixOps.Tests.Access;

/// <summary>What tests of closings share.</summary>
internal static class Closing
{
    public static readonly IPAddress OutsideSix = IPAddress.Parse("2001:db8:ffff::7");
    public static readonly IPAddress InsideSix = IPAddress.Parse("fd00:20:30::5");

    public static ClosingOptions Options(IsolationMethod method, params string[] allow) => new() { Id = "a1b2c3", Method = method, AllowNetwork = AddressSet.Parse(allow), Reason = "test" };

    public static async Task<(AccessReceipt Receipt, AccessPlan Plan)> Close(Gateway gateway, ClosingOptions options, string folder)
    {
        var inventory = await InventoryReader.ReadAsync(gateway, options, CancellationToken.None);
        var plan = AccessPlanner.Plan(inventory, options);
        var closer = new AccessCloser(gateway);
        var receipt = closer.Draft(inventory, plan, options);
        if (receipt.Status == AccessStatus.Planned)
        {
            await closer.CloseAsync(receipt, inventory, options, folder, CancellationToken.None);
        }

        return (receipt, plan);
    }

    public static async Task<AccessReceipt> Open(Gateway gateway, string path, bool force = false)
    {
        var opener = new AccessOpener(gateway) { Force = force };
        return await opener.OpenAsync(await opener.PlanAsync(ReceiptFile.Read<AccessReceipt>(path), CancellationToken.None), "test over", CancellationToken.None);
    }

    /// <summary>Every address and port of a virtual server that counts as outside, with whether somebody gets an answer.</summary>
    public static async Task<IReadOnlyList<(string Address, int Port, bool Udp)>> Doors(Gateway gateway) =>
        WaysIn.Of(await InventoryReader.ReadAsync(gateway, withSessions: false, CancellationToken.None), new NetworkPlan()).Where(w => w.Scope == AccessScope.External && w.Kind != AccessKind.Management && w.State == "UP")
            .SelectMany(w => w.Address.SelectMany(a => w.Protocol.Split('+').Select(p => (a, w.Port, p == "UDP")))).ToArray();

    public static bool Answers(SimulatorHost host, IPAddress source, (string Address, int Port, bool Udp) door)
    {
        var to = IPAddress.Parse(door.Address);
        return host.Ask(new Packet(to.AddressFamily == source.AddressFamily ? source : source.Equals(host.Inside) ? InsideSix : OutsideSix, to, door.Port, door.Udp)).Outcome == Outcome.Answered;
    }

    /// <summary>Another administrator's session.</summary>
    public static NitroConnection Somebody(SimulatorHost host) => new(NitroAddress.Parse(host.Nodes[0].Uri.Authority), new ConnectOptions { Credential = new NitroCredential(new NetworkCredential(host.User, host.Password)), Pins = [host.Nodes[0].Thumbprint] });

    public static string[] Configurations(SimulatorHost host) => host.Nodes.Select(n => n.RunningConfiguration).ToArray();

    // what differs between nodes by nature
    public static string Shared(SimulatorHost host, int node) => string.Join("\n", host.Nodes[node].RunningConfiguration.Split('\n').Where(l => !l.StartsWith("set ns config", StringComparison.Ordinal) && !l.StartsWith("set ns hostName", StringComparison.Ordinal) && !l.StartsWith("add HA node", StringComparison.Ordinal)));
}
