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
using CitrixOps.Access.Networks;
using CitrixOps.Access.Planning;
using CitrixOps.Access.Receipts;
using CitrixOps.Appliances.Live;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Receipts;
using CitrixOps.Simulator.Faults;
using CitrixOps.Simulator.Hosting;

namespace CitrixOps.KillMatrix;

/// <summary>Kills a closing or a reopening with SIGKILL at one point, then finishes or undoes it from what lies on the disk.</summary>
public static class Scene
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>The requests that change something, per method.</summary>
    /// <param name="method">The method.</param>
    public static IReadOnlyList<(string Method, string Type, string Action)> Writes(IsolationMethod method) => [.. Own(method), ("POST", "aaasession", "kill"), ("POST", "nsconfig", "save")];

    /// <summary>Those of a reopening.</summary>
    /// <param name="method">The method.</param>
    public static IReadOnlyList<(string Method, string Type, string Action)> Reopenings(IsolationMethod method) => method switch
    {
        IsolationMethod.Acl => [("DELETE", "nsacl", ""), ("POST", "nsacls", "apply"), ("POST", "nsconfig", "save")],
        IsolationMethod.VirtualServer => [("POST", "vpnvserver", "enable"), ("POST", "nsconfig", "save")],
        IsolationMethod.VipAddress => [("POST", "nsip", "enable"), ("POST", "nsconfig", "save")],
        _ => [("DELETE", "responderglobal_responderpolicy_binding", ""), ("DELETE", "responderpolicy", ""), ("POST", "nsconfig", "save")],
    };

    /// <summary>Plays one scene.</summary>
    /// <param name="topology">The scenario.</param>
    /// <param name="method">The method.</param>
    /// <param name="point">Where the process dies.</param>
    /// <param name="finish">True to finish the closing before it is undone.</param>
    /// <returns>What went wrong, or null.</returns>
    public static async Task<string?> Play(string topology, IsolationMethod method, KillPoint point, bool finish)
    {
        ArgumentNullException.ThrowIfNull(point);
        var folder = Directory.CreateTempSubdirectory("citrixops-").FullName;
        await using var host = await SimulatorHost.Start(topology);
        try
        {
            var before = host.Nodes.Select(n => n.RunningConfiguration).ToArray();
            var saved = host.Nodes.Select(n => n.SavedConfiguration).ToArray();
            if (point.Reopening)
            {
                await Child(host, folder, method, "close").WaitForExitAsync();
            }

            await Kill(host, point, () => Child(host, folder, method, point.Reopening ? "open" : "close"));
            host.Nodes.ToList().ForEach(n => n.Faults.Clear());
            return await Recover(host, folder, finish, before, saved);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What the process does that is killed.</summary>
    public static async Task<int> AsChild(string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        using var gateway = await Connect(new Uri(arguments[1]), arguments[2].Split(','), arguments[3]);
        var folder = arguments[5];
        if (arguments[6] == "open")
        {
            await Open(gateway, ReceiptFile.Read<AccessReceipt>(Receipts(folder).Single()));
            return 0;
        }

        var options = new ClosingOptions { Id = "4b1d05", Method = Enum.Parse<IsolationMethod>(arguments[4]), Save = true };
        var inventory = await InventoryReader.ReadAsync(gateway, withSessions: true, CancellationToken.None);
        var closer = new AccessCloser(gateway);
        var receipt = closer.Draft(inventory, AccessPlanner.Plan(inventory, options), options);
        await closer.CloseAsync(receipt, inventory, options, folder, CancellationToken.None);
        return 0;
    }

    private static IEnumerable<(string Method, string Type, string Action)> Own(IsolationMethod method) => method switch
    {
        IsolationMethod.Acl => [("POST", "nsacl", ""), ("POST", "nsacls", "apply")],
        IsolationMethod.VirtualServer => [("POST", "vpnvserver", "disable")],
        IsolationMethod.VipAddress => [("POST", "nsip", "disable")],
        _ => [("POST", "responderpolicy", ""), ("PUT", "responderglobal_responderpolicy_binding", "")],
    };

    private static async Task Kill(SimulatorHost host, KillPoint point, Func<Process> start)
    {
        var primary = host.Nodes[0];
        var late = new Fault { Kind = FaultKind.Slow, Delay = TimeSpan.FromMinutes(5), Times = 0 };
        var fault = new Fault { Kind = point.Executed ? FaultKind.LoseResponse : FaultKind.Slow, Delay = TimeSpan.FromMinutes(5), Method = point.Method, Type = point.Type, Action = point.Action };
        primary.Faults.Add(fault);
        using var process = start();
        await Until(() => fault.Seen > 0, process, point);
        if (point.Executed)
        {
            // the client looks again after a pause; there it dies
            primary.Faults.Add(late);
            await Until(() => late.Seen > 0, process, point);
        }

        process.Kill();
        await process.WaitForExitAsync();
    }

    private static async Task Until(Func<bool> reached, Process process, KillPoint point)
    {
        var since = Stopwatch.StartNew();
        while (!reached())
        {
            if (process.HasExited || since.Elapsed > Longest)
            {
                throw new InvalidOperationException($"The process came past {point} (exit {(process.HasExited ? process.ExitCode : -1)}).");
            }

            await Task.Delay(5);
        }
    }

    private static async Task<string?> Recover(SimulatorHost host, string folder, bool finish, string[] before, string[] saved)
    {
        using var gateway = await Connect(host.Nodes[0].Uri, host.Nodes.Select(n => n.Thumbprint), host.Password);
        if (Receipts(folder).SingleOrDefault() is not { } path)
        {
            return "there is no receipt";
        }

        if (finish)
        {
            var receipt = await new AccessCloser(gateway).FinishAsync(ReceiptFile.Read<AccessReceipt>(path), force: false, CancellationToken.None);
            var open = WaysIn.Of(await InventoryReader.ReadAsync(gateway, withSessions: true, CancellationToken.None), new NetworkPlan()).Where(w => w.IsOpen && w.Kind != AccessKind.Management).ToArray();
            if (open.Length > 0 && receipt.Method != nameof(IsolationMethod.Responder))
            {
                return $"{open[0]} is open after finishing";
            }

            if (receipt.Status is not (AccessStatus.Closed or AccessStatus.ClosedPartly) || receipt.Problem.Length > 0)
            {
                return $"finished as {receipt.Status} {receipt.Problem}";
            }
        }

        var opened = await Open(gateway, ReceiptFile.Read<AccessReceipt>(path));
        return opened.Status != AccessStatus.Reopened ? $"{opened.Status} {opened.Problem}"
            : !before.SequenceEqual(host.Nodes.Select(n => n.RunningConfiguration)) ? "the running configuration differs: " + Difference(before, host.Nodes.Select(n => n.RunningConfiguration).ToArray())
            : !saved.Select(Body).SequenceEqual(host.Nodes.Select(n => Body(n.SavedConfiguration))) ? "the saved configuration differs" : null;
    }

    private static string Difference(string[] before, string[] after) => string.Join(" | ", before.SelectMany((b, i) => after[i].Split('\n').Except(b.Split('\n')).Select(l => "+" + l).Concat(b.Split('\n').Except(after[i].Split('\n')).Select(l => "-" + l))).Take(6));

    // without the line that says when it was saved
    private static string Body(string configuration) => string.Join("\n", configuration.Split('\n').Where(l => !l.StartsWith('#')));

    private static async Task<AccessReceipt> Open(Gateway gateway, AccessReceipt receipt)
    {
        var opener = new AccessOpener(gateway);
        return await opener.OpenAsync(await opener.PlanAsync(receipt, CancellationToken.None), "", CancellationToken.None);
    }

    private static IEnumerable<string> Receipts(string folder) => Directory.GetFiles(folder, "*.json").Where(f => !f.EndsWith("-sessions.json", StringComparison.Ordinal) && !Path.GetFileName(f).StartsWith('.'));

    private static Process Child(SimulatorHost host, string folder, IsolationMethod method, string what)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false };
        foreach (var argument in new[] { typeof(Scene).Assembly.Location, "--child", host.Nodes[0].Uri.ToString(), string.Join(',', host.Nodes.Select(n => n.Thumbprint)), host.Password, method.ToString(), folder, what })
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private static async Task<Gateway> Connect(Uri address, IEnumerable<string> pins, string password)
    {
        var options = new ConnectOptions { Credential = new NitroCredential(new NetworkCredential("nsroot", password)), Pins = pins.ToArray(), Timeout = TimeSpan.FromMinutes(5) };
        var (gateways, problems) = await GatewayConnector.ConnectAsync([NitroAddress.Parse(address.Authority)], options, 2, CancellationToken.None);
        return gateways.Count == 1 ? gateways[0] : throw new InvalidOperationException(string.Join(" ", problems));
    }
}
