using System;
using System.Linq;
using System.Threading.Tasks;
using CitrixOps.Appliances.Updating;
using CitrixOps.Errors;
using Xunit;

namespace CitrixOps.Tests.Appliances.Updating;

/// <summary>The rights that ship are enough for an update, and with any of them missing nothing is changed.</summary>
public sealed class UpdateRightsTests
{
    [Theory]
    [InlineData("clean-ha-131")]
    [InlineData("clean-single-141")]
    [InlineData("topology-partitions")]
    public async Task An_account_with_the_rights_of_the_task_suffices(string scenario)
    {
        await using var scene = await UpdateScene.Start(scenario);
        var user = Accounts.Make(scene.Host, "updater", Accounts.Of("connect").CommandSpec, Accounts.Of("update").CommandSpec);

        var result = await scene.Run(user: user, password: Accounts.Password, options: o => o with { SwapBack = true });

        Assert.True(result.Outcome == UpdateOutcome.Done, $"{result.Failure} {string.Join("; ", result.Checks)}");
        Assert.All(result.Checks.Where(c => c.Name == "rights"), c => Assert.Equal(UpdateCheckState.Passed, c.State));
    }

    public static TheoryData<string> Lines()
    {
        var lines = new TheoryData<string>();
        foreach (var line in Accounts.Of("update").Allow)
        {
            lines.Add(line);
        }

        return lines;
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task An_account_that_lacks_a_line_of_it_is_told_so_before_anything_changes(string line)
    {
        await using var scene = await UpdateScene.Start(line.Contains("partition", StringComparison.Ordinal) ? "topology-partitions" : "clean-ha-131");
        var user = Accounts.Make(scene.Host, "lesser", [Accounts.Of("connect").CommandSpec, .. Accounts.Of("update").Allow.Where(a => a != line)]);

        string said;
        try
        {
            var result = await scene.Run(user: user, password: Accounts.Password);
            Assert.Equal(UpdateOutcome.Refused, result.Outcome);
            said = string.Join("; ", result.Checks.Where(c => c.State == UpdateCheckState.Failed));
        }
        catch (CitrixOpsException e)
        {
            Assert.Equal("NotAuthorised", e.Problem.Id);
            said = e.Problem.Message + e.Problem.Recommendation;
        }

        // the words of the missing line are named
        Assert.Contains(line.TrimStart('^').Split(' ', '\\')[0].Trim('(').Split('|')[0], said, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(scene.Asked);
        Assert.All(scene.Host.Nodes, n => Assert.DoesNotContain(n.Counters.ByOperation.Keys, k => k.StartsWith("POST", StringComparison.Ordinal) && k is not ("POST login" or "POST logout" or "POST nspartition?action=switch")));
        Assert.All(scene.Host.Nodes, n => Assert.Equal("13.1-62.23", n.Version));
    }

    [Fact]
    public async Task A_policy_that_refuses_goes_before_one_that_allows_by_its_priority()
    {
        await using var scene = await UpdateScene.Start("clean-single-141");
        var user = Accounts.Make(scene.Host, "denied", "(?!x)x", ".*");
        scene.Host.Nodes[0].Put("systemcmdpolicy", new System.Collections.Generic.Dictionary<string, string> { ["policyname"] = "no-restart", ["action"] = "DENY", ["cmdspec"] = "^reboot" });
        scene.Host.Nodes[0].Put("systemuser_systemcmdpolicy_binding", new System.Collections.Generic.Dictionary<string, string> { ["username"] = user, ["policyname"] = "no-restart", ["priority"] = "0" });
        scene.Host.Nodes[0].SaveConfiguration();

        var result = await scene.Run(user: user, password: Accounts.Password);

        Assert.Equal(UpdateOutcome.Refused, result.Outcome);
        Assert.Contains("may not run on", result.Checks.Single(c => c.Name == "rights").Text);
        Assert.Contains("reboot -warm", result.Checks.Single(c => c.Name == "rights").Text);
    }
}
