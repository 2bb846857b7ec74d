using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Appliances.Live;
using CitrixOps.Errors;
using CitrixOps.Mitigations;
using CitrixOps.Simulator.Hosting;

namespace CitrixOps.KillMatrix;

/// <summary>Kills a mitigation, or its undoing, with SIGKILL at one point, then finishes or undoes it from what lies on the disk.</summary>
internal static class MitigationScene
{
    private const string Id = "CVE-2019-19781";
    private static readonly string[] Types = ["responderaction", "responderpolicy", "responderglobal_responderpolicy_binding"];

    /// <summary>Every request that changes something, at every moment of it; in CI each once, its moment in turn.</summary>
    /// <param name="once">True for CI.</param>
    public static IEnumerable<(KillPoint Point, bool Finish)> Points(bool once) =>
        from undo in new[] { false, true }
        from type in Types
        from moment in new[] { KillMoment.Arriving, KillMoment.Executed, KillMoment.Looking }
        from finish in undo ? [false] : new[] { false, true }
        let step = Array.IndexOf(Types, type)
        where !once || ((int)moment == step && finish == (!undo && step == 1))
        select (new KillPoint(0, undo ? "DELETE" : type.EndsWith("binding", StringComparison.Ordinal) ? "PUT" : "POST", type, "", 0, moment, undo), finish);

    /// <summary>Plays one scene.</summary>
    /// <param name="point">Where the process dies.</param>
    /// <param name="finish">True to finish what was begun before it is undone.</param>
    /// <returns>What went wrong, or null.</returns>
    public static async Task<string?> Play(KillPoint point, bool finish)
    {
        var folder = Directory.CreateTempSubdirectory("citrixops-").FullName;
        await using var host = await SimulatorHost.Start("vulnerable-2020-121-ha");
        try
        {
            var before = host.Nodes.Select(n => n.RunningConfiguration).ToArray();
            if (point.Reopening)
            {
                using var earlier = await Client.Connect(host.Nodes[0].Uri, host.Nodes.Select(n => n.Thumbprint), host.Password);
                await Enable(earlier, folder);
            }

            await Scene.Kill(host, point, () => Child(host, folder, point.Reopening ? "disable" : "enable"));
            host.Nodes.ToList().ForEach(n => n.Faults.Clear());
            using var gateway = await Client.Connect(host.Nodes[0].Uri, host.Nodes.Select(n => n.Thumbprint), host.Password);
            if (finish && (await Enable(gateway, folder)).Steps.Any(s => !s.IsManual && s.State != MitigationStepState.Done))
            {
                return "it is not finished";
            }

            var state = await Disable(gateway, folder);
            return state.Problems.Count > 0 ? state.Problems[0].ToString()
                : !before.SequenceEqual(host.Nodes.Select(n => n.RunningConfiguration)) ? "the running configuration differs: " + Scene.Difference(before, host.Nodes.Select(n => n.RunningConfiguration).ToArray())
                : (await Receipts(gateway, folder)).Count > 0 ? "a receipt is not done with" : null;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What the process does that is killed.</summary>
    public static async Task<int> AsChild(string[] arguments)
    {
        using var gateway = await Client.Connect(new Uri(arguments[1]), arguments[2].Split(','), arguments[3]);
        _ = arguments[5] == "enable" ? await Enable(gateway, arguments[4]) : await Disable(gateway, arguments[4]);
        return 0;
    }

    private static Task<MitigationState> Enable(Gateway gateway, string folder) => new GatewayMitigation(gateway, Mitigation()).EnableAsync(new MitigationOptions { ReceiptFolder = folder }, (_, _) => Task.FromResult(true), CancellationToken.None);

    private static async Task<MitigationState> Disable(Gateway gateway, string folder) => await new GatewayMitigation(gateway, Mitigation()).DisableAsync(await Receipts(gateway, folder), new MitigationOptions { ReceiptFolder = folder }, (_, _) => Task.FromResult(true), CancellationToken.None);

    private static async Task<IReadOnlyList<MitigationReceipt>> Receipts(Gateway gateway, string folder)
    {
        await gateway.RefreshAsync(CancellationToken.None);
        return MitigationReceipt.Open(folder, gateway, Id, new Thrown());
    }

    private static Mitigation Mitigation()
    {
        var folder = AppContext.BaseDirectory;
        while (!Directory.Exists(Path.Combine(folder, "module", "data", "mitigations")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return MitigationCatalogue.Load(Path.Combine(folder, "module", "data", "mitigations"), new Thrown()).Find(Id)!;
    }

    private static Process Child(SimulatorHost host, string folder, string what)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false };
        foreach (var argument in new[] { typeof(MitigationScene).Assembly.Location, "--mitigation", host.Nodes[0].Uri.ToString(), string.Join(',', host.Nodes.Select(n => n.Thumbprint)), host.Password, folder, what })
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private sealed class Thrown : IProblemSink
    {
        public void Report(Problem problem) => throw new CitrixOpsException(problem);
    }
}
