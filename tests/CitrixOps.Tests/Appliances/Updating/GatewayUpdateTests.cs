using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Advisories;
using CitrixOps.Appliances.Updating;
using CitrixOps.Errors;
using CitrixOps.Receipts;
using CitrixOps.Simulator.Faults;
using CitrixOps.Simulator.Hosting;
using Xunit;

namespace CitrixOps.Tests.Appliances.Updating;

public sealed class GatewayUpdateTests : IDisposable
{
    private const string Name = "build-13.1-64.29_nc_64.tgz";
    private static readonly byte[] Content = [31, 139, 8, 0, 1, 2, 3];
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _asked = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_pair_is_updated_secondary_first_with_a_failover_between()
    {
        await using var simulated = await SimulatedGateway.Start();
        var (first, second) = (simulated.Host.Nodes[0], simulated.Host.Nodes[1]);

        var result = await Run(simulated);

        Assert.Equal(UpdateOutcome.Done, result.Outcome);
        Assert.Equal(["13.1-64.29", "13.1-64.29"], simulated.Host.Nodes.Select(n => n.Version));
        Assert.Equal(
            [$"{first.Address}: Backup", $"{second.Address}: Transfer", $"{second.Address}: Install", $"{second.Address}: Restart", $"{second.Address}: Verify", $"{first.Address}: Failover", $"{first.Address}: Transfer", $"{first.Address}: Install", $"{first.Address}: Restart", $"{first.Address}: Verify"],
            result.Steps.Select(s => $"{s.Node}: {s.Action}"));
        Assert.All(result.Steps, s => Assert.Equal(StepState.Done, s.State));
        Assert.True(second.IsPrimary);
        Assert.Contains("13.1-62.23", File.ReadAllText(result.ReceiptPath!));
    }

    [Fact]
    public async Task The_plan_asks_for_every_step_and_changes_nothing()
    {
        await using var simulated = await SimulatedGateway.Start();

        var result = await Run(simulated, planOnly: true);

        Assert.Equal(UpdateOutcome.NotConfirmed, result.Outcome);
        Assert.Equal(6, _asked.Count);
        Assert.Null(result.ReceiptPath);
        Assert.All(simulated.Host.Nodes, n => Assert.Equal("13.1-62.23", n.Version));
        Assert.All(simulated.Host.Nodes, n => Assert.Null(n.ReadFile("/var/nsinstall/" + Name)));
    }

    [Fact]
    public async Task Nothing_restarts_that_was_not_confirmed()
    {
        await using var simulated = await SimulatedGateway.Start();

        var result = await Run(simulated, confirm: a => !a.Contains("Restart", StringComparison.Ordinal));

        Assert.Equal(UpdateOutcome.NotConfirmed, result.Outcome);
        Assert.All(simulated.Host.Nodes, n => Assert.Equal("13.1-62.23", n.Version));

        // what was installed is not installed again
        _asked.Clear();
        Assert.Equal(UpdateOutcome.Done, (await Run(simulated)).Outcome);
        Assert.DoesNotContain(_asked, a => a.StartsWith(simulated.Host.Nodes[1].Address + ": Install", StringComparison.Ordinal));
        Assert.DoesNotContain(_asked, a => a.Contains("Back up", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(FaultKind.LoseResponse, "install")]
    [InlineData(FaultKind.CutBody, "install")]
    [InlineData(FaultKind.LoseResponse, "reboot")]
    [InlineData(FaultKind.LoseResponse, "hafailover")]
    [InlineData(FaultKind.Html503, "nsversion")]
    [InlineData(FaultKind.KillSession, "install")]
    public async Task An_answer_that_is_lost_does_not_stop_it(FaultKind kind, string type)
    {
        await using var simulated = await SimulatedGateway.Start();
        foreach (var node in simulated.Host.Nodes)
        {
            node.Faults.Add(new Fault { Kind = kind, Type = type });
        }

        Assert.Equal(UpdateOutcome.Done, (await Run(simulated)).Outcome);
        Assert.All(simulated.Host.Nodes, n => Assert.Equal("13.1-64.29", n.Version));
    }

    [Theory]
    [InlineData("install")]
    [InlineData("hafailover")]
    [InlineData("systembackup")]
    public async Task A_step_that_fails_stops_it_and_the_next_run_goes_on_from_there(string type)
    {
        await using var simulated = await SimulatedGateway.Start();
        foreach (var node in simulated.Host.Nodes)
        {
            node.Faults.Add(new Fault { Kind = FaultKind.ErrorCode, Code = 1138, Type = type, Method = "POST" });
        }

        var stopped = await Run(simulated);

        Assert.Equal(UpdateOutcome.Stopped, stopped.Outcome);
        Assert.NotNull(stopped.Failure);
        Assert.Equal(StepState.Failed, stopped.Steps[^1].State);
        foreach (var node in simulated.Host.Nodes)
        {
            node.Faults.Clear();
        }

        Assert.Equal(UpdateOutcome.Done, (await Run(simulated)).Outcome);
        Assert.All(simulated.Host.Nodes, n => Assert.Equal("13.1-64.29", n.Version));
    }

    [Fact]
    public async Task A_node_that_does_not_come_back_stops_it_and_the_other_is_left_alone()
    {
        await using var simulated = await SimulatedGateway.Start();
        simulated.Host.Nodes[1].Faults.Add(new Fault { Kind = FaultKind.ErrorCode, Code = 1138, Type = "reboot" });

        var result = await Run(simulated, limit: TimeSpan.FromMilliseconds(300));

        Assert.Equal(UpdateOutcome.Stopped, result.Outcome);
        Assert.Equal("13.1-62.23", simulated.Host.Nodes[0].Version);
        Assert.True(simulated.Host.Nodes[0].IsPrimary);
    }

    [Theory]
    [InlineData("disk", "disk")]
    [InlineData("sync", "pair")]
    [InlineData("unsaved", "configuration")]
    public async Task A_check_that_fails_refuses_it(string what, string check)
    {
        await using var simulated = await SimulatedGateway.Start(prepare: host => Spoil(host, what));

        var result = await Run(simulated);

        Assert.Equal(UpdateOutcome.Refused, result.Outcome);
        Assert.Contains(result.Checks, c => c.Name == check && c.State == UpdateCheckState.Failed);
        Assert.Empty(_asked);
        Assert.All(simulated.Host.Nodes, n => Assert.Equal("13.1-62.23", n.Version));
    }

    [Theory]
    [InlineData("build-13.1-61.23_nc_64.tgz")]
    [InlineData("build-13.1-63.18_nc_64.tgz")]
    [InlineData("build-13.1-37.283_nc_64.tgz")]
    public async Task A_build_that_is_older_leaves_exploited_flaws_open_or_is_of_another_edition_is_refused(string name)
    {
        await using var simulated = await SimulatedGateway.Start();

        var result = await Run(simulated, name: name);

        Assert.Equal(UpdateOutcome.Refused, result.Outcome);
        Assert.Contains(result.Checks, c => c.Name == "build" && c.State == UpdateCheckState.Failed);
    }

    [Fact]
    public async Task A_gateway_that_stands_alone_is_updated_and_what_was_not_preserved_is_said()
    {
        await using var simulated = await SimulatedGateway.Start("clean-single-141");

        var result = await Run(simulated, name: "build-14.1-73.46_nc_64.tgz");

        Assert.Equal(UpdateOutcome.Done, result.Outcome);
        Assert.Equal("14.1-73.46", simulated.Host.Nodes[0].Version);
        Assert.Contains(result.Checks, c => c.Name == "evidence" && c.State == UpdateCheckState.Warning);
    }

    [Fact]
    public void A_package_that_was_altered_or_is_named_otherwise_is_refused()
    {
        var path = _folder.File(Name, Content);
        Assert.Equal("PackageAltered", Assert.Throws<CitrixOpsException>(() => UpdatePackage.FromFile(path, new string('0', 64))).Problem.Id);
        Assert.Equal("PackageNotRecognised", Assert.Throws<CitrixOpsException>(() => UpdatePackage.FromFile(_folder.File("update.tgz", Content), Hash)).Problem.Id);
    }

    private static void Spoil(SimulatorHost host, string what)
    {
        if (what == "disk")
        {
            host.Nodes[1].SetDiskUse(40, 96);
        }
        else if (what == "sync")
        {
            host.Nodes[1].SetHa("FAILED", "ENABLED");
            host.Nodes[0].SetHa("FAILED", "ENABLED");
        }
        else
        {
            host.Nodes[0].Put("server", new Dictionary<string, string> { ["name"] = "s", ["ipaddress"] = "10.0.0.9" });
        }
    }

    private static string Hash => Convert.ToHexStringLower(SHA256.HashData(Content));

    private async Task<UpdateResult> Run(SimulatedGateway simulated, string name = Name, bool planOnly = false, Func<string, bool>? confirm = null, TimeSpan? limit = null)
    {
        var package = UpdatePackage.FromFile(_folder.File(name, Content), Hash);
        var options = new UpdateOptions { ReceiptFolder = _folder.Path, Pause = TimeSpan.FromMilliseconds(20), BootLimit = limit ?? TimeSpan.FromSeconds(30), InstallLimit = TimeSpan.FromSeconds(1), EffectLimit = TimeSpan.FromSeconds(1) };
        Task<bool> Confirm(string target, string action)
        {
            _asked.Add(target + ": " + action);
            return Task.FromResult(confirm?.Invoke(action) ?? true);
        }

        return await new GatewayUpdate(simulated.Gateway, package, options, new PatchLevelAssessment(Shipped.Catalogue), Confirm).RunAsync(planOnly, CancellationToken.None);
    }
}
