using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Appliances.Live;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Errors;
using Xunit;

namespace CitrixOps.Tests.Appliances.Nitro;

/// <summary>The rights that ship are enough for their tasks, and no more than them: the simulator enforces them.</summary>
public sealed class TaskPolicyTests : LivePair
{
    private static readonly IReadOnlyList<TaskPolicy> Policies = TaskPolicy.Load(Path.Combine(Repository.ModuleData, "policies", "tasks.json"));

    [Fact]
    public async Task Connecting_needs_the_connect_policy_only()
    {
        var (gateways, problems) = await AsAsync("connect");

        await gateways.Single().RefreshAsync(CancellationToken.None);
        Assert.Empty(problems);
    }

    [Fact]
    public async Task Without_it_each_node_says_which_line_is_missing()
    {
        var (gateways, problems) = await AsAsync("partition");

        Assert.Empty(gateways);
        Assert.Contains("show ns config", problems.Single().Message);
        Assert.Contains(@"^show ns config\b", problems.Single().Recommendation);
    }

    [Fact]
    public async Task The_patch_level_needs_its_policy()
    {
        Assert.Equal(2, (await Facts("connect", "patch level")).Read);
        var (read, missing) = await Facts("connect");
        Assert.Equal(0, read);
        Assert.All(missing, p => Assert.Contains("show ns runningConfig", p.Message));
    }

    [Fact]
    public async Task A_search_needs_its_policy()
    {
        Assert.Equal(2, (await Search("connect", "search")).Read);
        var (read, missing) = await Search("connect");
        Assert.Equal(0, read);
        Assert.All(missing, p => Assert.Contains("show system file", p.Message));
    }

    [Fact]
    public async Task A_partition_needs_its_policy()
    {
        var (gateways, problems) = await AsAsync(["connect", "partition"], "Sociaal");
        Assert.Empty(problems);
        Assert.Equal("Sociaal", gateways.Single().Partition);

        Assert.Contains("switch ns partition", (await AsAsync(["connect"], "Sociaal")).Problems.Single().Message);
    }

    [Fact]
    public void Each_policy_is_a_line_for_the_appliance()
    {
        Assert.All(Policies, p => Assert.StartsWith("add system cmdPolicy cops-", p.CommandLine));
        Assert.DoesNotContain(Policies.Where(p => p.Task != "update").SelectMany(p => p.Allow), a => a.Contains("shell", StringComparison.Ordinal) || a.Contains("reboot", StringComparison.Ordinal) || a == ".*");
    }

    private async Task<(int Read, IReadOnlyList<Problem> Problems)> Facts(params string[] tasks)
    {
        var problems = new System.Collections.Concurrent.ConcurrentBag<Problem>();
        var gateway = (await AsAsync(tasks)).Gateways.Single();
        return ((await LiveFacts.ReadAllAsync(gateway, (p, _) => problems.Add(p), CancellationToken.None)).Count, problems.ToList());
    }

    private async Task<(int Read, IReadOnlyList<Problem> Problems)> Search(params string[] tasks)
    {
        var problems = new System.Collections.Concurrent.ConcurrentBag<Problem>();
        var gateway = (await AsAsync(tasks)).Gateways.Single();
        var sources = await LiveSources.CollectAsync(gateway, Shipped.Rules.FileIndicators, (p, _) => problems.Add(p), CancellationToken.None);
        sources.ToList().ForEach(s => s.Dispose());
        return (sources.Count, problems.ToList());
    }

    private Task<(IReadOnlyList<Gateway> Gateways, IReadOnlyList<Problem> Problems)> AsAsync(params string[] tasks) => AsAsync(tasks, null);

    private Task<(IReadOnlyList<Gateway> Gateways, IReadOnlyList<Problem> Problems)> AsAsync(string[] tasks, string? partition)
    {
        var user = "cops" + string.Concat(tasks).Replace(" ", "", StringComparison.Ordinal);
        foreach (var node in Host.Nodes)
        {
            node.Put("systemuser", new Dictionary<string, string> { ["username"] = user, ["password"] = "Least-" + "1" });
            foreach (var (task, i) in tasks.Select((t, i) => (t, i)))
            {
                node.Put("systemcmdpolicy", new Dictionary<string, string> { ["policyname"] = user + i, ["action"] = "ALLOW", ["cmdspec"] = Policies.Single(p => p.Task == task).CommandSpec });
                node.Put("systemuser_systemcmdpolicy_binding", new Dictionary<string, string> { ["username"] = user, ["policyname"] = user + i, ["priority"] = (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture) });
            }
        }

        return ConnectAsync(Options with { Credential = new NitroCredential(new NetworkCredential(user, "Least-1")), Partition = partition });
    }
}
