using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Threading.Tasks;
using CitrixOps.Simulator.Hosting;
using Xunit;

namespace CitrixOps.PowerShell.Tests;

/// <summary>
/// A gateway for the tests of a class: the simulator, with a clean HA pair unless a derived fixture names another scenario. When the class is
/// done no session of an administrator may be open.
/// </summary>
public class GatewayFixture : IAsyncLifetime
{
    private readonly string _scenario;
    private readonly SimulatorOptions? _options;

    public GatewayFixture()
        : this("clean-ha-131")
    {
    }

    protected GatewayFixture(string scenario, SimulatorOptions? options = null)
    {
        _scenario = scenario;
        _options = options;
    }

    public SimulatorHost Host { get; private set; } = null!;

    public async Task InitializeAsync() => Host = await SimulatorHost.Start(_scenario, _options);

    public async Task DisposeAsync()
    {
        var open = Host.Nodes.Sum(n => n.OpenSessions);
        await Host.DisposeAsync();
        Assert.True(open == 0, $"{open} sessions of administrators were left open");
    }

    /// <summary>
    /// A fresh runspace with the module and <c>$credential</c>, <c>$address</c> (the first primary's), <c>$addresses</c> (all nodes'),
    /// <c>$pins</c> and the splat <c>$connect</c> (ComputerName, Credential, ServerCertificateSha256).
    /// </summary>
    internal PowerShellSession Session()
    {
        var session = new PowerShellSession();
        session.Set("credential", new PSCredential(Host.User, new NetworkCredential("", Host.Password).SecurePassword));
        session.Set("addresses", Host.Nodes.Select(n => n.Uri.ToString()).ToArray());
        session.Set("pins", Host.Nodes.Select(n => n.Thumbprint).ToArray());
        session.Run("$address = $addresses[0]; $connect = @{ ComputerName = $address; Credential = $credential; ServerCertificateSha256 = $pins }");
        return session;
    }

    /// <summary>The same, connected: <c>$gw</c> is the session, logged out when the runspace is disposed.</summary>
    internal PowerShellSession Connected()
    {
        var session = Session();
        var connected = session.Run("$gw = Connect-Gateway @connect");
        Assert.Empty(connected.Errors);
        session.AtEnd("if ($gw) { Disconnect-Gateway $gw }");
        return session;
    }
}
