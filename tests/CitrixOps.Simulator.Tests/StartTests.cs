using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Net;
using System.Text;
using System.Threading.Tasks;
using CitrixOps.Simulator.Hosting;
using CitrixOps.Simulator.Scenarios;
using CitrixOps.Simulator.Traffic;
using Xunit;
using Xunit.Abstractions;

namespace CitrixOps.Simulator.Tests;

/// <summary>Every scenario starts, is the same each time, and starts fast.</summary>
public sealed class StartTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names() => new(Scenario.Names());

    [Fact]
    public void The_promised_scenarios_are_there() =>
        Assert.Empty(new[] { "clean-ha-131", "clean-single-130", "clean-single-141", "vulnerable-2020-121-ha", "vulnerable-2020-121-success", "bleed-2023", "webshell-2025", "large", "topology-plain", "topology-ha", "topology-nat", "topology-content-switch", "topology-ipv6", "topology-partitions", "topology-full" }.Except(Scenario.Names()));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_scenario_is_the_same_each_time(string name)
    {
        var clock = Stopwatch.StartNew();
        await using var first = await SimulatorHost.Start(name);
        output.WriteLine($"{name} started in {clock.ElapsedMilliseconds} ms");
        await using var second = await SimulatorHost.Start(name);

        Assert.NotEmpty(first.Title);
        for (var i = 0; i < first.Nodes.Count; i++)
        {
            Assert.Equal(first.Nodes[i].RunningConfiguration, second.Nodes[i].RunningConfiguration);
            Assert.Equal(first.Nodes[i].Files(), second.Nodes[i].Files());
            Assert.All(first.Nodes[i].Files().Where(f => !f.EndsWith("ns.conf", StringComparison.Ordinal)), f => Assert.Equal(first.Nodes[i].ReadFile(f), second.Nodes[i].ReadFile(f)));
            Assert.Equal(0, first.Nodes[i].LogLinesAdded);
            Assert.Equal(0, first.Nodes[i].OpenSessions);
        }

        Assert.NotEqual(first.Nodes[0].Thumbprint, second.Nodes[0].Thumbprint);
        Assert.Equal(Outcome.Answered, first.Ask(new Packet(first.Inside, IPAddress.Parse(first.Nodes[0].Address), 443)).Outcome);
    }

    [Theory]
    [InlineData("vulnerable-2020-121-success", "/var/log/httpaccess.log", "/vpns/portal/scripts/newbm.pl")]
    [InlineData("vulnerable-2020-121-success", "/var/cron/tabs/nobody", ".nscache/httpd")]
    [InlineData("webshell-2025", "/var/netscaler/logon/LogonPoint/uiareas/mac/info.php", "<?php")]
    [InlineData("webshell-2025", "/nsconfig/ns.conf", "add system user sys_update")]
    public async Task A_compromised_appliance_holds_what_exploitation_leaves(string scenario, string file, string trace)
    {
        await using var host = await SimulatorHost.Start(scenario);
        var node = host.Nodes[0];

        Assert.Contains(node.Files().Where(f => f == file || f.StartsWith(file + ".", StringComparison.Ordinal)), f => Text(node.ReadFile(f)!, f).Contains(trace, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_seed_decides_what_the_logs_hold()
    {
        await using var host = await SimulatorHost.Start("vulnerable-2020-121-ha");

        Assert.NotEqual(host.Nodes[0].ReadText("/var/log/httpaccess.log"), host.Nodes[1].ReadText("/var/log/httpaccess.log"));
    }

    [Fact]
    public async Task A_scenario_that_does_not_exist_is_named_with_those_that_do()
    {
        var problem = await Assert.ThrowsAsync<ArgumentException>(() => SimulatorHost.Start("nothing"));

        Assert.Contains("clean-ha-131", problem.Message);
    }

    [Fact]
    public async Task Many_run_beside_each_other()
    {
        var hosts = new List<SimulatorHost>();
        for (var i = 0; i < 10; i++)
        {
            hosts.Add(await SimulatorHost.Start("topology-ha"));
        }

        Assert.Equal(10, hosts.Select(h => h.Nodes[0].Uri.Port).Distinct().Count());
        foreach (var host in hosts)
        {
            Assert.Equal(200, (await (await new Wire(host.Nodes[1]).Login()).Get("nsversion")).Status);
            await host.DisposeAsync();
        }
    }

    private static string Text(byte[] content, string name)
    {
        using var stream = name.EndsWith(".gz", StringComparison.Ordinal) ? (Stream)new GZipStream(new MemoryStream(content), CompressionMode.Decompress) : new MemoryStream(content);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
