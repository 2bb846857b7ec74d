using System;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Simulator.Hosting;
using CitrixOps.Simulator.Traffic;
using Xunit;

namespace CitrixOps.Simulator.Tests;

/// <summary>The simulator as a program.</summary>
public sealed class ProcessTests
{
    [Fact]
    public async Task It_prints_address_credential_and_certificate_and_is_controlled_over_http()
    {
        await using var simulator = await SimulatorProcess.Start("topology-ha", "--latency", "1");

        Assert.Equal(2, simulator.Uris.Count);
        Assert.All(simulator.Thumbprints, t => Assert.Matches("^[0-9A-F]{64}$", t));
        Assert.Equal(("nsroot", "Rehearsal-1"), (simulator.User, simulator.Password));
        Assert.Equal(Outcome.Answered, (await simulator.Ask(IPAddress.Parse("198.51.100.7"), "203.0.113.10")).Outcome);

        await simulator.Send("failover");
        await simulator.Send("fault?kind=ErrorCode&code=1138&node=1");
        await simulator.Send("advance?seconds=5");
        await simulator.Send("latency?milliseconds=0");
        var state = await simulator.State();
        Assert.False((bool)state["nodes"]![0]!["isPrimary"]!);
        Assert.Equal(0, (int)state["leakedSessions"]!);
        await Assert.ThrowsAsync<InvalidOperationException>(() => simulator.Send("nothing"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => simulator.Send("fault?kind=Nothing"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => simulator.Send("skew?node=7&seconds=1"));
    }

    [Theory]
    [InlineData("--help", 0, "--scenario <name>")]
    [InlineData("--list", 0, "vulnerable-2020-121-ha")]
    [InlineData("--scenario nothing", 2, "There is no scenario 'nothing'")]
    [InlineData("--scenario", 2, "--scenario needs a value")]
    [InlineData("--bogus", 2, "There is no option '--bogus'")]
    [InlineData("--scenario large --port x", 2, "--port needs a number")]
    [InlineData("", 2, "Name a scenario")]
    public async Task Options_are_explained(string arguments, int exit, string expected)
    {
        using var process = Run(arguments);
        var text = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(exit, process.ExitCode);
        Assert.Contains(expected, text);
    }

    [Fact]
    public async Task It_stops_on_the_signal_of_Ctrl_C()
    {
        await using var simulator = await SimulatorProcess.Start("topology-plain");
        var rest = simulator.Process.StandardOutput.ReadToEndAsync();
        using var kill = Process.Start("kill", $"-INT {simulator.Process.Id}")!;

        // started in the background of a shell, a process never gets the signal
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await simulator.Process.WaitForExitAsync(limit.Token);

        Assert.Equal(0, simulator.Process.ExitCode);
        Assert.Matches(new Regex("stopped after 0 requests; 0 sessions"), await rest);
    }

    [Fact]
    public async Task It_goes_when_its_parent_goes()
    {
        using var parent = Process.Start(new ProcessStartInfo("sleep", "600"))!;
        using var process = Run($"--scenario topology-plain --parent {parent.Id}");
        while (await process.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith("ready", StringComparison.Ordinal))
        {
        }

        parent.Kill();
        await parent.WaitForExitAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    private static Process Run(string arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Prepend(typeof(SimulatorHost).Assembly.Location))
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
