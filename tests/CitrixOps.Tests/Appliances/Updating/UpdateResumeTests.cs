using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CitrixOps.Appliances.Updating;
using CitrixOps.Receipts;
using CitrixOps.Simulator.Faults;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CitrixOps.Tests.Appliances.Updating;

/// <summary>Receipts, runs that go on, and the roles of a pair afterwards.</summary>
public sealed class UpdateResumeTests
{
    [Fact]
    public async Task The_receipt_says_who_was_primary_what_ran_and_carries_a_hash()
    {
        await using var scene = await UpdateScene.Start();

        var json = JObject.Parse(File.ReadAllText((await scene.Run()).ReceiptPath!));

        Assert.Equal("CitrixOps update receipt", (string?)json["format"]);
        Assert.Equal(scene.Host.Nodes[0].Address, (string?)json["primary"]);
        Assert.Equal("13.1-62.23", (string?)json["from"]![scene.Host.Nodes[1].Address]);
        Assert.Equal(UpdateScene.Hash, (string?)json["packageSha256"]);
        Assert.Equal(64, ((string?)json["sha256"])!.Length);
        Assert.NotNull((string?)json["finishedAt"]);
    }

    [Fact]
    public async Task Where_nothing_is_left_to_do_nothing_is_written()
    {
        await using var scene = await UpdateScene.Start("clean-single-141");
        await scene.Run();

        var again = await scene.Run();

        Assert.Equal((UpdateOutcome.Done, null), (again.Outcome, again.ReceiptPath));
        Assert.Equal(1, scene.Executed(0, "POST systembackup?action=create"));
    }

    [Fact]
    public async Task A_run_that_was_broken_off_goes_on_in_the_same_receipt_and_settles_what_it_left_open()
    {
        await using var scene = await UpdateScene.Start();
        var first = await scene.Run(confirm: a => !a.Contains("Restart", StringComparison.Ordinal));

        var second = await scene.Run();

        Assert.Equal(first.ReceiptPath, second.ReceiptPath);
        Assert.Equal(UpdateOutcome.Done, second.Outcome);
        Assert.All(second.Steps, s => Assert.Equal(StepState.Done, s.State));
        Assert.Equal(1, second.Steps.Count(s => s.Action == "Backup"));
    }

    [Fact]
    public async Task An_installation_that_a_broken_off_run_began_is_waited_for_before_another_is_started()
    {
        await using var scene = await UpdateScene.Start("clean-single-141");
        scene.Host.Nodes[0].Faults.Add(new Fault { Kind = FaultKind.Refuse, Type = "install" });
        await Assert.ThrowsAsync<OperationCanceledException>(() => scene.Run(options: o => o with { Notice = _ => throw new OperationCanceledException() }));

        var result = await scene.Run();

        Assert.Equal(UpdateOutcome.Done, result.Outcome);
        Assert.Contains(scene.Notices, n => n.Contains("broken off began the installation", StringComparison.Ordinal));
        Assert.Equal(1, scene.Executed(0, "POST install"));
        Assert.Equal([StepState.Failed, StepState.Done], result.Steps.Where(s => s.Action == "Install").Select(s => s.State));
    }

    [Fact]
    public async Task A_receipt_that_was_changed_is_left_where_it_is_and_the_update_goes_on_by_the_nodes()
    {
        await using var scene = await UpdateScene.Start();
        var path = (await scene.Run(confirm: a => !a.Contains("Restart", StringComparison.Ordinal))).ReceiptPath!;
        File.WriteAllText(path, File.ReadAllText(path).Replace("13.1-62.23", "13.1-62.24", StringComparison.Ordinal));

        var second = await scene.Run();

        Assert.Equal(UpdateOutcome.Done, second.Outcome);
        Assert.DoesNotContain(second.Steps, s => s.Action == "Install" && s.Node == scene.Host.Nodes[1].Address);
        Assert.Contains("13.1-62.24", File.ReadAllText(path));
    }

    [Fact]
    public async Task A_receipt_that_cannot_be_written_stops_it_before_the_first_change()
    {
        await using var scene = await UpdateScene.Start("clean-single-141");
        var blocked = scene.Write("blocked", [1]);

        var result = await scene.Run(options: o => o with { ReceiptFolder = Path.Combine(blocked, "below-a-file") });

        Assert.Equal((UpdateOutcome.Stopped, "ReceiptNotWritten"), (result.Outcome, result.Failure!.Id));
        Assert.Equal(0, scene.Executed(0, "POST systembackup?action=create"));
    }

    [Fact]
    public async Task Swapped_roles_are_said_and_a_later_run_swaps_them_back()
    {
        await using var scene = await UpdateScene.Start();

        var swapped = await scene.Run();
        Assert.Contains(swapped.Notes, n => n.StartsWith("Roles are swapped: " + scene.Host.Nodes[1].Address, StringComparison.Ordinal) && n.Contains("-SwapBack", StringComparison.Ordinal));
        Assert.True(scene.Host.Nodes[1].IsPrimary);

        var back = await scene.Run(options: o => o with { SwapBack = true });
        Assert.Equal(UpdateOutcome.Done, back.Outcome);
        Assert.True(scene.Host.Nodes[0].IsPrimary);
        Assert.Empty(back.Notes);
        Assert.Equal("SwapBack", back.Steps[^1].Action);
    }

    [Fact]
    public async Task What_was_preserved_before_the_first_change_stays_in_the_receipt()
    {
        await using var scene = await UpdateScene.Start();
        var (first, later) = (EvidenceCopy.Of(scene.Write("first/ns.log", [1])), EvidenceCopy.Of(scene.Write("later/ns.log", [1, 2])));

        await scene.Run(options: o => o with { Evidence = first });
        var receipt = File.ReadAllText((await scene.Run(options: o => o with { Evidence = later, SwapBack = true })).ReceiptPath!);

        Assert.Contains("first", receipt);
        Assert.DoesNotContain("later", receipt);
    }

    [Fact]
    public async Task Roles_are_swapped_back_in_the_same_run_when_asked_and_the_plan_says_so()
    {
        await using var scene = await UpdateScene.Start();

        await scene.Run(planOnly: true, options: o => o with { SwapBack = true });
        Assert.Equal(2, scene.Asked.Count(a => a.Contains("Hand the role", StringComparison.Ordinal)));

        Assert.Equal(UpdateOutcome.Done, (await scene.Run(options: o => o with { SwapBack = true })).Outcome);
        Assert.True(scene.Host.Nodes[0].IsPrimary);
    }

    [Fact]
    public async Task Roles_are_not_swapped_back_while_the_nodes_are_not_in_sync()
    {
        await using var scene = await UpdateScene.Start();

        var result = await scene.Run(options: o => o with { SwapBack = true }, confirm: a =>
        {
            if (a.StartsWith("Restart", StringComparison.Ordinal) && scene.Host.Nodes[1].IsPrimary)
            {
                scene.Host.Nodes.ToList().ForEach(n => n.SetHa("DISABLED", "ENABLED"));
            }

            return true;
        });

        Assert.Equal(UpdateOutcome.NotConfirmed, result.Outcome);
        Assert.Contains(result.Notes, n => n.Contains("not in sync", StringComparison.Ordinal));
        Assert.True(scene.Host.Nodes[1].IsPrimary);
    }

    [Fact]
    public async Task A_node_that_became_primary_meanwhile_is_not_restarted()
    {
        await using var scene = await UpdateScene.Start();

        var result = await scene.Run(confirm: a =>
        {
            if (a.StartsWith("Restart", StringComparison.Ordinal))
            {
                scene.Host.Failover();
            }

            return true;
        });

        Assert.Equal("RoleChanged", result.Failure!.Id);
        Assert.All(scene.Host.Nodes, n => Assert.Equal("13.1-62.23", n.Version));
    }

    [Fact]
    public async Task A_failover_that_happened_by_itself_is_not_done_a_second_time()
    {
        await using var scene = await UpdateScene.Start();

        var result = await scene.Run(confirm: a =>
        {
            if (a.StartsWith("Hand the role", StringComparison.Ordinal))
            {
                scene.Host.Failover();
            }

            return true;
        });

        Assert.Equal(UpdateOutcome.Done, result.Outcome);
        Assert.Equal(0, scene.Host.Nodes.Sum(n => n.Counters.Of("POST hafailover?action=force")));
    }
}
