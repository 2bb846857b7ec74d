using System;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Appliances.Live;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Simulator.Hosting;
using Xunit;

namespace CitrixOps.Tests;

/// <summary>A simulated gateway and a session with it, both gone afterwards.</summary>
internal sealed class SimulatedGateway : IAsyncDisposable
{
    private SimulatedGateway(SimulatorHost host, Gateway gateway)
    {
        Host = host;
        Gateway = gateway;
    }

    public SimulatorHost Host { get; }

    public Gateway Gateway { get; }

    public static async Task<SimulatedGateway> Start(string scenario = "clean-ha-131", string? user = null, string? password = null, Action<SimulatorHost>? prepare = null, SimulatorOptions? options = null)
    {
        var host = await SimulatorHost.Start(scenario, options);
        prepare?.Invoke(host);
        return new SimulatedGateway(host, await Connect(host, user, password));
    }

    public static async Task<Gateway> Connect(SimulatorHost host, string? user = null, string? password = null, TimeSpan? timeout = null)
    {
        var options = new ConnectOptions
        {
            Credential = new NitroCredential(new NetworkCredential(user ?? host.User, password ?? host.Password)),
            Pins = host.Nodes.Select(n => n.Thumbprint).ToArray(),
            Timeout = timeout ?? TimeSpan.FromSeconds(30),
            BusyPauses = [TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(50)],
            ReadPauses = [TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(5)],
        };
        var (gateways, problems) = await GatewayConnector.ConnectAsync([NitroAddress.Parse(host.Nodes[0].Uri.Authority)], options, 4, CancellationToken.None);
        Assert.Empty(problems);
        return Assert.Single(gateways);
    }

    /// <summary>What another administrator does meanwhile.</summary>
    public async Task Send(NitroCall call)
    {
        var options = new ConnectOptions { Credential = new NitroCredential(new NetworkCredential(Host.User, Host.Password)), Pins = [Host.Nodes[0].Thumbprint] };
        using var connection = new NitroConnection(NitroAddress.Parse(Host.Nodes[0].Uri.Authority), options);
        await connection.SendAsync(call, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        Gateway.Dispose();
        await Host.DisposeAsync();
    }
}
