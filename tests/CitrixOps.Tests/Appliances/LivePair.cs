using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Appliances.Live;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Errors;
using CitrixOps.Simulator.Hosting;
using Xunit;

namespace CitrixOps.Tests.Appliances;

/// <summary>A simulated HA pair for one test, over real HTTPS. When the test is done, no session may be left.</summary>
public abstract class LivePair : IAsyncLifetime
{
    private readonly List<IDisposable> _open = [];
    private readonly string _scenario;

    protected LivePair(string scenario = "clean-ha-131") => _scenario = scenario;

    protected SimulatorHost Host { get; private set; } = null!;

    protected NodeControl First => Host.Nodes[0];

    protected NodeControl Second => Host.Nodes[1];

    protected List<string> Notices { get; } = [];

    protected ConnectOptions Options => new()
    {
        Credential = new NitroCredential(new NetworkCredential(Host.User, Host.Password)),
        Pins = NitroPins.Parse(Host.Nodes.Select(n => n.Thumbprint)),
        BusyPauses = [TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)],
        ReadPauses = [TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)],
        Notice = Notices.Add,
    };

    public async Task InitializeAsync() => Host = await SimulatorHost.Start(_scenario);

    public async Task DisposeAsync()
    {
        _open.ForEach(o => o.Dispose());
        var left = Host.Nodes.Sum(n => n.OpenSessions);
        await Host.DisposeAsync();
        Assert.Equal(0, left);
    }

    protected NitroConnection Connection(ConnectOptions? options = null, NodeControl? node = null) => Keep(new NitroConnection(NitroAddress.Parse((node ?? First).Uri.ToString()), options ?? Options));

    protected async Task<(IReadOnlyList<Gateway> Gateways, IReadOnlyList<Problem> Problems)> ConnectAsync(ConnectOptions? options = null, params NodeControl[] nodes)
    {
        var result = await GatewayConnector.ConnectAsync((nodes.Length == 0 ? [First] : nodes).Select(n => NitroAddress.Parse(n.Uri.ToString())).ToArray(), options ?? Options, 4, CancellationToken.None);
        _open.AddRange(result.Gateways);
        return result;
    }

    protected async Task<Gateway> GatewayAsync()
    {
        var (gateways, problems) = await ConnectAsync();
        Assert.Empty(problems);
        return gateways.Single();
    }

    protected static Task<NitroReply> Version(NitroConnection connection) => connection.SendAsync(NitroCall.Get("nsversion"), CancellationToken.None);

    private T Keep<T>(T opened)
        where T : IDisposable
    {
        _open.Add(opened);
        return opened;
    }
}
