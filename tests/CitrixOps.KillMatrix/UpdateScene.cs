using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Advisories;
using CitrixOps.Appliances.Live;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Appliances.Updating;
using CitrixOps.Errors;
using CitrixOps.Simulator.Faults;
using CitrixOps.Simulator.Hosting;

namespace CitrixOps.KillMatrix;

/// <summary>Kills an update with SIGKILL at one point, then runs it again as a person would: it ends, and nothing was done twice.</summary>
public static class UpdateScene
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>The requests of an update that change something, in their order.</summary>
    /// <param name="scenario">The scenario.</param>
    public static IReadOnlyList<UpdatePoint> Points(string scenario) => scenario.Contains("-ha-", StringComparison.Ordinal)
        ? [new(0, "systembackup", false), new(1, "systemfile", false), new(1, "install", false), new(1, "reboot", false), new(0, "hafailover", false), new(0, "install", false), new(0, "reboot", false)]
        : [new(0, "systembackup", false), new(0, "systemfile", false), new(0, "install", false), new(0, "reboot", false)];

    /// <summary>Plays one scene.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="point">Where the process dies.</param>
    /// <returns>What went wrong, or null.</returns>
    public static async Task<string?> Play(string scenario, UpdatePoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        var folder = Directory.CreateTempSubdirectory("citrixops-").FullName;
        await using var host = await SimulatorHost.Start(scenario);
        try
        {
            var package = Path.Combine(folder, host.Nodes[0].Version.StartsWith("14", StringComparison.Ordinal) ? "build-14.1-73.46_nc_64.tgz" : "build-13.1-64.29_nc_64.tgz");
            File.WriteAllBytes(package, [31, 139, 8, 0, 1]);
            await Kill(host, point, [host.Nodes[0].Uri.ToString(), string.Join(',', host.Nodes.Select(n => n.Thumbprint)), host.Password, package, Path.Combine(folder, "receipts")]);
            host.Nodes.ToList().ForEach(n => n.Faults.Clear());
            return await Recover(host, package, Path.Combine(folder, "receipts"));
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
        using var gateway = await Connect(new Uri(arguments[1]), arguments[2].Split(','), arguments[3]) ?? throw new InvalidOperationException("no gateway");
        return (await Run(gateway, arguments[4], arguments[5])).Outcome == UpdateOutcome.Done ? 0 : 1;
    }

    private static async Task Kill(SimulatorHost host, UpdatePoint point, string[] arguments)
    {
        var node = host.Nodes[point.Node];
        var late = new Fault { Kind = FaultKind.Slow, Delay = TimeSpan.FromMinutes(5), Times = 0 };
        var fault = new Fault { Kind = point.Executed ? FaultKind.LoseResponse : FaultKind.Slow, Delay = TimeSpan.FromMinutes(5), Method = "POST", Type = point.Type };
        node.Faults.Add(fault);
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(UpdateScene).Assembly.Location, "--update-child", .. arguments]) { UseShellExecute = false })!;
        await Until(() => fault.Seen > 0, process, point);
        if (point.Executed)
        {
            // the client looks whether it took effect; there it dies
            node.Faults.Add(late);
            await Until(() => late.Seen > 0, process, point);
        }

        process.Kill();
        await process.WaitForExitAsync();
    }

    private static async Task Until(Func<bool> reached, Process process, UpdatePoint point)
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

    private static async Task<string?> Recover(SimulatorHost host, string package, string receipts)
    {
        using var gateway = await Answering(host);
        var result = await Run(gateway, package, receipts);
        var wrong = Enumerable.Range(0, host.Nodes.Count).SelectMany(i => new[] { "POST install", "POST reboot" }.Where(o => host.Nodes[i].Counters.Of(o) != 1).Select(o => $"{host.Nodes[i].Counters.Of(o)} {o} on node {i}")).ToArray();
        return result.Outcome != UpdateOutcome.Done ? $"{result.Outcome} {result.Failure} {string.Join("; ", result.Checks.Where(c => c.State == UpdateCheckState.Failed))}"
            : host.Nodes.Any(n => !package.Contains(n.Version, StringComparison.Ordinal)) ? "a node runs another build"
            : wrong.Length > 0 ? string.Join(", ", wrong)
            : Directory.GetFiles(receipts, "*.json") is not [_] ? "there is not one receipt"
            : result.Steps.Any(s => s.State is not (Receipts.StepState.Done or Receipts.StepState.Failed)) ? "the receipt has an open step" : null;
    }

    // a node that was told to restart comes back after a while
    private static async Task<Gateway> Answering(SimulatorHost host)
    {
        var since = Stopwatch.StartNew();
        while (since.Elapsed < Longest)
        {
            if (await Connect(host.Nodes[0].Uri, host.Nodes.Select(n => n.Thumbprint), host.Password) is { } gateway)
            {
                if (gateway.Nodes.Count == host.Nodes.Count)
                {
                    return gateway;
                }

                gateway.Dispose();
            }

            await Task.Delay(50);
        }

        throw new InvalidOperationException("The gateway does not come back.");
    }

    private static async Task<UpdateResult> Run(Gateway gateway, string package, string receipts)
    {
        var options = new UpdateOptions { ReceiptFolder = receipts, Pause = TimeSpan.FromMilliseconds(50), BootLimit = TimeSpan.FromSeconds(30), EffectLimit = TimeSpan.FromSeconds(10), InstallLimit = TimeSpan.FromSeconds(2) };
        var assessment = new PatchLevelAssessment(AdvisoryCatalogue.Load(Catalogue(), new Silent()));
        var hash = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(package)));
        return await new GatewayUpdate(gateway, UpdatePackage.FromFile(package, hash), options, assessment, (_, _) => Task.FromResult(true)).RunAsync(planOnly: false, CancellationToken.None);
    }

    private static async Task<Gateway?> Connect(Uri address, IEnumerable<string> pins, string password)
    {
        var options = new ConnectOptions { Credential = new NitroCredential(new NetworkCredential("nsroot", password)), Pins = pins.ToArray(), Timeout = TimeSpan.FromMinutes(5), BusyPauses = [TimeSpan.FromMilliseconds(100)], ReadPauses = [TimeSpan.FromMilliseconds(20)] };
        return (await GatewayConnector.ConnectAsync([NitroAddress.Parse(address.Authority)], options, 2, CancellationToken.None)).Gateways.SingleOrDefault();
    }

    private static string Catalogue()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CitrixOps.sln")))
            {
                return Path.Combine(folder.FullName, "module", "data", "advisories");
            }
        }

        throw new InvalidOperationException("The repository is not above the program.");
    }

    private sealed class Silent : IProblemSink
    {
        public void Report(Problem problem) => throw new CitrixOpsException(problem);
    }
}
