using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CitrixOps.Simulator.Hosting;
using Xunit;

namespace CitrixOps.PowerShell.Tests;

/// <summary>Forty gateways.</summary>
public sealed class FleetFixture : IAsyncLifetime
{
    public List<SimulatorHost> Hosts { get; } = [];

    public async Task InitializeAsync()
    {
        for (var i = 0; i < 40; i++)
        {
            Hosts.Add(await SimulatorHost.Start("clean-single-141"));
        }
    }

    public async Task DisposeAsync()
    {
        var open = Hosts.Sum(h => h.Nodes[0].OpenSessions);
        foreach (var host in Hosts)
        {
            await host.DisposeAsync();
        }

        Assert.Equal(0, open);
    }
}
