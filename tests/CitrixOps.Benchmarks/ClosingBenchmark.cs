using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Access;
using CitrixOps.Access.Inventory;
using CitrixOps.Access.Planning;
using CitrixOps.Access.Receipts;
using CitrixOps.Appliances.Live;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Receipts;
using CitrixOps.Simulator.Hosting;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Benchmarks;

/// <summary>How long closing takes.</summary>
internal static class ClosingBenchmark
{
    private const int Fleet = 40;
    private const int Rounds = 3;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(50);

    public static async Task Run()
    {
        await OneCallPerObject();
        await Many();
    }

    private static async Task OneCallPerObject()
    {
        await using var host = await SimulatorHost.Start("large", new SimulatorOptions { Latency = Latency });
        using var gateway = (await Connect([host])).Single();
        var folder = Directory.CreateTempSubdirectory("citrixops-").FullName;
        var time = Stopwatch.StartNew();
        var calls = await Close(host, gateway, IsolationMethod.VirtualServer, folder);
        Console.WriteLine(FormattableString.Invariant($"2,000 virtual servers, bulk:                {time.Elapsed.TotalSeconds:0.0} s, {calls} calls, verified on both nodes"));

        using var link = new NitroConnection(NitroAddress.Parse(host.Nodes[0].Uri.Authority), Options(host));
        time.Restart();
        for (var i = 1; i <= 200; i++)
        {
            await link.SendAsync(NitroCall.Do("lbvserver", "enable", new JObject { ["name"] = "lb_" + i }), CancellationToken.None);
        }

        Console.WriteLine(FormattableString.Invariant($"2,000 virtual servers, one call per object: {time.Elapsed.TotalSeconds * 10:0.0} s, 2000 calls (measured on 200), not verified"));
        Directory.Delete(folder, recursive: true);
    }

    // both warm, the least of some rounds; the appliances run on this machine too, so that its processors may be what limits a fleet
    private static async Task Many()
    {
        var hosts = new List<SimulatorHost>();
        for (var i = 0; i < Fleet; i++)
        {
            hosts.Add(await SimulatorHost.Start("topology-plain", new SimulatorOptions { Latency = Latency }));
        }

        var gateways = await Connect(hosts);
        var folder = Directory.CreateTempSubdirectory("citrixops-").FullName;
        await RoundAsync(hosts, gateways, Fleet, folder);
        var single = TimeSpan.MaxValue;
        var fleet = TimeSpan.MaxValue;
        var busy = TimeSpan.Zero;
        for (var round = 0; round < Rounds; round++)
        {
            var (alone, _) = await RoundAsync(hosts, gateways, 1, folder);
            var (all, processor) = await RoundAsync(hosts, gateways, Fleet, folder);
            single = alone < single ? alone : single;
            (fleet, busy) = all < fleet ? (all, processor) : (fleet, busy);
        }

        Console.WriteLine(FormattableString.Invariant($"one gateway: {single.TotalSeconds:0.00} s; {Fleet} gateways: {fleet.TotalSeconds:0.00} s, {fleet.TotalSeconds / single.TotalSeconds:0.00} times (at most 2), with {busy.TotalSeconds:0.00} s of {Environment.ProcessorCount} processors for gateways and client"));
        foreach (var gateway in gateways)
        {
            gateway.Dispose();
        }

        foreach (var host in hosts)
        {
            await host.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    // closes, and opens again untimed
    private static async Task<(TimeSpan Elapsed, TimeSpan Processor)> RoundAsync(List<SimulatorHost> hosts, IReadOnlyList<Gateway> gateways, int count, string folder)
    {
        using var process = Process.GetCurrentProcess();
        var busy = process.TotalProcessorTime;
        var time = Stopwatch.StartNew();
        await Throttle.RunAsync(Enumerable.Range(0, count).ToArray(), count, i => Close(hosts[i], gateways[i], IsolationMethod.Acl, folder));
        var elapsed = time.Elapsed;
        process.Refresh();
        busy = process.TotalProcessorTime - busy;
        await Throttle.RunAsync(Directory.GetFiles(folder, "*.json").Where(f => !f.EndsWith("-sessions.json", StringComparison.Ordinal)).ToArray(), count, async f =>
        {
            var receipt = ReceiptFile.Read<AccessReceipt>(f);
            var opener = new AccessOpener(gateways.First(g => g.Name == receipt.Gateway && g.Nodes[0].Address == receipt.Nodes[0].Address));
            return await opener.OpenAsync(await opener.PlanAsync(receipt, CancellationToken.None), "", CancellationToken.None);
        });
        Directory.GetFiles(folder).ToList().ForEach(File.Delete);
        return (elapsed, busy);
    }

    private static async Task<int> Close(SimulatorHost host, Gateway gateway, IsolationMethod method, string folder)
    {
        var before = host.Nodes.Sum(n => n.Counters.Requests);
        var options = new ClosingOptions { Id = Guid.NewGuid().ToString("N")[..6], Method = method };
        var inventory = await InventoryReader.ReadAsync(gateway, withSessions: true, CancellationToken.None);
        var closer = new AccessCloser(gateway);
        await closer.CloseAsync(closer.Draft(inventory, AccessPlanner.Plan(inventory, options), options), inventory, options, folder, CancellationToken.None);
        return host.Nodes.Sum(n => n.Counters.Requests) - before;
    }

    private static async Task<IReadOnlyList<Gateway>> Connect(IReadOnlyList<SimulatorHost> hosts)
    {
        var gateways = new List<Gateway>();
        foreach (var host in hosts)
        {
            var (connected, problems) = await GatewayConnector.ConnectAsync([NitroAddress.Parse(host.Nodes[0].Uri.Authority)], Options(host), 4, CancellationToken.None);
            gateways.Add(connected.Count == 1 ? connected[0] : throw new InvalidOperationException(string.Join(" ", problems)));
        }

        return gateways;
    }

    private static ConnectOptions Options(SimulatorHost host) => new() { Credential = new NitroCredential(new NetworkCredential(host.User, host.Password)), Pins = host.Nodes.Select(n => n.Thumbprint).ToArray() };
}
