using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Access;
using CitrixOps.Access.Planning;
using CitrixOps.Access.Receipts;
using CitrixOps.Receipts;
using CitrixOps.Simulator.Faults;
using CitrixOps.Simulator.Hosting;
using CitrixOps.Simulator.Traffic;

namespace CitrixOps.KillMatrix;

/// <summary>Kills a closing or a reopening with SIGKILL at one point, then finishes or undoes it from what lies on the disk.</summary>
internal static class Scene
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Plays one scene.</summary>
    /// <param name="script">What is asked for when nothing happens.</param>
    /// <param name="point">Where the process dies.</param>
    /// <param name="finish">True to finish the closing before it is undone.</param>
    /// <returns>What went wrong, or null.</returns>
    public static async Task<string?> Play(Script script, KillPoint point, bool finish)
    {
        var folder = Directory.CreateTempSubdirectory("citrixops-").FullName;
        await using var host = await SimulatorHost.Start(script.Topology);
        try
        {
            var before = host.Nodes.Select(n => n.RunningConfiguration).ToArray();
            var saved = host.Nodes.Select(n => n.SavedConfiguration).ToArray();
            if (point.Reopening)
            {
                using var gateway = await Client.Connect(host.Nodes[0].Uri, host.Nodes.Select(n => n.Thumbprint), host.Password);
                await Client.Run(gateway, script.Method, folder, open: false);
            }

            await Kill(host, point, () => Child(host, folder, script.Method, point.Reopening ? "open" : "close"));
            host.Nodes.ToList().ForEach(n => n.Faults.Clear());
            return await Recover(host, script, folder, point, finish, before, saved);
        }
        catch (Exception e) when (e is Errors.CitrixOpsException or InvalidOperationException)
        {
            return e.ToString();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    internal static async Task Kill(SimulatorHost host, KillPoint point, Func<Process> start)
    {
        var node = host.Nodes[point.Node];
        var executed = 0;
        host.Executed = e =>
        {
            if (e.Node == point.Node && e.Method == point.Method && e.Type == point.Type && string.Equals(e.Action, point.Action, StringComparison.OrdinalIgnoreCase) && (point.Moment != KillMoment.Half || e.Objects > 1))
            {
                Interlocked.Increment(ref executed);
            }
        };
        var kind = point.Moment switch { KillMoment.Arriving => FaultKind.Slow, KillMoment.Executed => FaultKind.Silence, KillMoment.Half => FaultKind.LoseHalfBulk, _ => FaultKind.LoseResponse };
        var fault = new Fault { Kind = kind, Delay = TimeSpan.FromMinutes(5), Method = point.Method, Type = point.Type, Action = point.Action, After = point.After, Code = 257 };
        node.Faults.Add(fault);
        using var process = start();
        await Until(() => fault.Seen > point.After && (point.Moment == KillMoment.Arriving || Volatile.Read(ref executed) > point.After), process, point);
        if (point.Moment is KillMoment.Looking or KillMoment.Half)
        {
            // the client looks again after a pause; there it dies
            var late = new Fault { Kind = FaultKind.Slow, Delay = TimeSpan.FromMinutes(5), Times = 0 };
            node.Faults.Add(late);
            await Until(() => late.Seen > 0, process, point);
        }

        process.Kill();
        await process.WaitForExitAsync();
        host.Executed = null;
    }

    private static async Task Until(Func<bool> reached, Process process, KillPoint point)
    {
        var since = Stopwatch.StartNew();
        while (!reached())
        {
            if (process.HasExited && point.Type.Length == 0)
            {
                // parallel reads are not always as many; it came to its end
                return;
            }

            if (process.HasExited || since.Elapsed > Longest)
            {
                throw new InvalidOperationException($"The process came past {point} (exit {(process.HasExited ? process.ExitCode : -1)}).");
            }

            await Task.Delay(5);
        }
    }

    private static async Task<string?> Recover(SimulatorHost host, Script script, string folder, KillPoint point, bool finish, string[] before, string[] saved)
    {
        using var gateway = await Client.Connect(host.Nodes[0].Uri, host.Nodes.Select(n => n.Thumbprint), host.Password);
        if (Client.Receipts(folder).SingleOrDefault() is not { } path)
        {
            // before the first change there is nothing to undo
            return point.Type is "" or "nspartition" && Untouched(host, before, saved) is null ? null : "there is no receipt";
        }

        if (finish)
        {
            var receipt = await new AccessCloser(gateway).FinishAsync(ReceiptFile.Read<AccessReceipt>(path), force: false, CancellationToken.None);
            if (receipt.Status is not (AccessStatus.Closed or AccessStatus.ClosedPartly) || receipt.Problem.Length > 0)
            {
                return $"finished as {receipt.Status} {receipt.Problem}";
            }

            if (script.Doors.FirstOrDefault(d => host.Ask(d).Outcome == Outcome.Answered && !(script.Method == IsolationMethod.Responder && d.IsUdp)) is { } open)
            {
                return $"{open.Destination}:{open.Port} answers after finishing";
            }
        }

        var opened = await Client.Open(gateway, ReceiptFile.Read<AccessReceipt>(path));
        return opened.Status != AccessStatus.Reopened ? $"{opened.Status} {opened.Problem}"
            : script.Doors.FirstOrDefault(d => host.Ask(d).Outcome != Outcome.Answered) is { } shut ? $"{shut.Destination}:{shut.Port} is still shut"
            : Untouched(host, before, saved);
    }

    private static string? Untouched(SimulatorHost host, string[] before, string[] saved)
    {
        var after = host.Nodes.Select(n => n.RunningConfiguration).ToArray();
        return !before.SequenceEqual(after) ? "the running configuration differs: " + Difference(before, after)
            : !saved.Select(Body).SequenceEqual(host.Nodes.Select(n => Body(n.SavedConfiguration))) ? "the saved configuration differs" : null;
    }

    internal static string Difference(string[] before, string[] after) => string.Join(" | ", before.SelectMany((b, i) => after[i].Split('\n').Except(b.Split('\n')).Select(l => "+" + l).Concat(b.Split('\n').Except(after[i].Split('\n')).Select(l => "-" + l))).Take(6));

    // without the line that says when it was saved
    private static string Body(string configuration) => string.Join("\n", configuration.Split('\n').Where(l => !l.StartsWith('#')));

    private static Process Child(SimulatorHost host, string folder, IsolationMethod method, string what)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false };
        foreach (var argument in new[] { typeof(Scene).Assembly.Location, "--child", host.Nodes[0].Uri.ToString(), string.Join(',', host.Nodes.Select(n => n.Thumbprint)), host.Password, method.ToString(), folder, what })
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
