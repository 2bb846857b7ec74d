using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CitrixOps.Simulator.Hosting;
using Xunit;

namespace CitrixOps.PowerShell.Tests;

/// <summary>Forty gateways, each with a name and a serial number of its own.</summary>
public sealed class FleetFixture : IAsyncLifetime
{
    private readonly string _scenarios = Directory.CreateTempSubdirectory("citrixops-fleet-").FullName;

    public List<SimulatorHost> Hosts { get; } = [];

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(_scenarios, "clean-ha-131"));
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Scenarios", "clean-ha-131", "scenario.json"), Path.Combine(_scenarios, "clean-ha-131", "scenario.json"));
        for (var i = 0; i < 40; i++)
        {
            Directory.CreateDirectory(Path.Combine(_scenarios, $"gw-{i}"));
            File.WriteAllText(Path.Combine(_scenarios, $"gw-{i}", "scenario.json"), $$"""{ "base": "clean-ha-131", "title": "One of many", "nodes": [ { "name": "ns{{i:00}}", "version": "14.1-56.74", "hostName": "gw-{{i:00}}" } ] }""");
            Hosts.Add(await SimulatorHost.Start($"gw-{i}", new SimulatorOptions { ScenarioFolder = _scenarios }));
        }
    }

    public async Task DisposeAsync()
    {
        var open = Hosts.Sum(h => h.Nodes[0].OpenSessions);
        foreach (var host in Hosts)
        {
            await host.DisposeAsync();
        }

        Directory.Delete(_scenarios, recursive: true);
        Assert.Equal(0, open);
    }
}
