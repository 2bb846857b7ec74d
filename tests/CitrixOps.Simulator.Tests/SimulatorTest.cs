using System.Net;
using System.Threading.Tasks;
using CitrixOps.Simulator.Hosting;
using CitrixOps.Simulator.Traffic;
using Xunit;

namespace CitrixOps.Simulator.Tests;

/// <summary>A test with a simulator of its own and a superuser's session on each node.</summary>
public abstract class SimulatorTest(string scenario = "topology-ha") : IAsyncLifetime
{
    protected static readonly IPAddress Outside = IPAddress.Parse("198.51.100.7");
    protected static readonly IPAddress Inside = IPAddress.Parse("10.20.30.40");
    private SimulatorHost? _host;
    private Wire? _wire;

    private protected SimulatorHost Host => _host!;

    private protected NodeControl Node => Host.Nodes[0];

    private protected NodeControl Peer => Host.Nodes[1];

    private protected Wire Wire => _wire!;

    public async Task InitializeAsync()
    {
        _host = await SimulatorHost.Start(scenario);
        _wire = await new Wire(Node).Login();
    }

    public async Task DisposeAsync() => await Host.DisposeAsync();

    private protected Task<Wire> OnPeer() => new Wire(Peer).Login();

    private protected Outcome From(IPAddress source, string address = "203.0.113.10", int port = 443, bool udp = false) => Host.Ask(new Packet(source, IPAddress.Parse(address), port, udp)).Outcome;

    private protected async Task Done(Task<Reply> sent, int status = 0)
    {
        var reply = await sent;
        Assert.True(reply.Code == 0 && (status == 0 || reply.Status == status), $"{reply.Line} {reply.Text}");
    }

    private protected static async Task Refused(Task<Reply> sent, int code, string line)
    {
        var reply = await sent;
        Assert.Equal((code, line), (reply.Code, reply.Line));
    }
}
