using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CitrixOps.Appliances.Updating;
using CitrixOps.Simulator.Faults;
using Xunit;

namespace CitrixOps.Tests.Appliances.Updating;

/// <summary>
/// Every fault at every step, on a pair and on a single gateway: the update ends, at the latest when it is run again after the fault has
/// passed; each node restarted exactly once; nothing was installed twice. An ordinary run has each fault at all steps of one update;
/// with CITRIXOPS_UPDATE_MATRIX set each step gets an update of its own.
/// </summary>
public sealed class UpdateFaultTests
{
    private static readonly (string Method, string Type)[] Steps =
    [
        ("POST", "systembackup"), ("POST", "systemfile"), ("POST", "install"), ("POST", "reboot"), ("POST", "hafailover"), ("GET", "nsversion"), ("GET", "nsrunningconfig"), ("GET", "systemfile"), ("GET", "hanode"), ("GET", "system"),
    ];

    public static TheoryData<string, FaultKind> Cases()
    {
        var cases = new TheoryData<string, FaultKind>();
        foreach (var kind in Enum.GetValues<FaultKind>())
        {
            cases.Add("clean-ha-131", kind);
            if (!TestedBuild.IsPortable)
            {
                cases.Add("clean-single-141", kind);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Every_fault_at_every_step_ends_well(string scenario, FaultKind kind)
    {
        var steps = Steps.Where(s => s.Type != "hafailover" || scenario == "clean-ha-131").ToArray();
        var one = Environment.GetEnvironmentVariable("CITRIXOPS_UPDATE_MATRIX") is { Length: > 0 };
        foreach (var faulty in one ? steps.Select(s => new[] { s }) : [steps])
        {
            await Play(scenario, kind, faulty);
        }
    }

    private static async Task Play(string scenario, FaultKind kind, (string Method, string Type)[] steps)
    {
        await using var scene = await UpdateScene.Start(scenario);
        scene.SessionsMayStay = kind == FaultKind.ChangeCertificate;
        foreach (var node in scene.Host.Nodes)
        {
            foreach (var (method, type) in steps)
            {
                node.Faults.Add(new Fault { Kind = kind, Method = method, Type = type, Delay = TimeSpan.FromMilliseconds(50), Code = 283 });
            }
        }

        var where = $"{kind} at {string.Join(", ", steps)} on {scenario}";
        var callLimit = kind == FaultKind.Silence ? TimeSpan.FromMilliseconds(500) : (TimeSpan?)null;
        var outcomes = new List<string>();
        while (outcomes.Count < 60 && outcomes.LastOrDefault() != "Done")
        {
            // a person looks at what went wrong and runs the command again
            outcomes.Add(await Try(scene, callLimit));
        }

        Assert.True(outcomes[^1] == "Done", $"{where}: {string.Join("\n", outcomes)}");
        var versions = scene.Host.Nodes.Select(n => n.Version).Distinct().ToArray();
        Assert.True(versions is ["13.1-64.29" or "14.1-73.46"], $"{where}: {string.Join(", ", versions)}");
        for (var i = 0; i < scene.Host.Nodes.Count; i++)
        {
            // a request that was refused because its session had ended did nothing, and is repeated
            var repeated = kind == FaultKind.KillSession ? 1 : 0;
            Assert.True(scene.Executed(i, "POST reboot") == 1 + (steps.Any(s => s.Type == "reboot") ? repeated : 0), $"{where}: {scene.Executed(i, "POST reboot")} restarts of node {i}");
            Assert.True(scene.Executed(i, "POST install") == 1 + (steps.Any(s => s.Type == "install") ? repeated : 0), $"{where}: {scene.Executed(i, "POST install")} installations on node {i}");
        }
    }

    [Fact]
    public async Task A_node_that_was_told_to_restart_and_did_not_is_told_from_one_that_is_away()
    {
        await using var scene = await UpdateScene.Start();
        scene.Host.Nodes[1].Faults.Add(new Fault { Kind = FaultKind.Refuse, Type = "reboot" });

        var result = await scene.Run();

        Assert.Equal((UpdateOutcome.Stopped, "RestartNotSeen"), (result.Outcome, result.Failure!.Id));
        Assert.Equal("13.1-62.23", scene.Host.Nodes[0].Version);
        Assert.Equal(UpdateOutcome.Done, (await scene.Run()).Outcome);
    }

    [Fact]
    public async Task An_installation_that_nobody_answers_is_waited_for_and_never_started_twice()
    {
        await using var scene = await UpdateScene.Start("clean-single-141");
        scene.Host.Nodes[0].Faults.Add(new Fault { Kind = FaultKind.Silence, Type = "install" });

        Assert.Equal(UpdateOutcome.Done, (await scene.Run(callLimit: TimeSpan.FromMilliseconds(500))).Outcome);
        Assert.Equal(1, scene.Executed(0, "POST install"));
        Assert.Contains(scene.Notices, n => n.Contains("may go on by itself", StringComparison.Ordinal));
    }

    private static async Task<string> Try(UpdateScene scene, TimeSpan? callLimit)
    {
        try
        {
            var result = await scene.Run(callLimit: callLimit, options: o => callLimit is null ? o : o with { InstallLimit = TimeSpan.FromMilliseconds(500) });
            return result.Outcome == UpdateOutcome.Done ? "Done" : $"{result.Outcome} {result.Failure?.Id} {result.Failure?.Message} {string.Join("; ", result.Checks.Where(c => c.State == UpdateCheckState.Failed))}";
        }
        catch (Errors.CitrixOpsException e)
        {
            // before the first change
            return e.Problem.Id + " " + e.Problem.Message;
        }
    }
}
