using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using CitrixOps.Simulator.Scenarios;
using CitrixOps.Simulator.State;
using CitrixOps.Simulator.Traffic;

namespace CitrixOps.Simulator.Hosting;

/// <summary>A running scenario.</summary>
public sealed class SimulatorHost : IAsyncDisposable
{
    private readonly Pair _pair;
    private readonly List<NodeServer> _servers;
    private readonly TrafficServer? _traffic;
    private ControlServer? _control;

    private SimulatorHost(Pair pair, List<NodeServer> servers, TrafficServer? traffic, int port, Scenario scenario, SimulatorOptions options)
    {
        _pair = pair;
        _servers = servers;
        _traffic = traffic;
        Title = scenario.Title;
        Password = options.Password;
        Outside = IPAddress.Parse(scenario.OutsideAddress);
        Inside = IPAddress.Parse(scenario.InsideAddress);
        Nodes = servers.Select(s => new NodeControl(pair, s, port)).ToList();
    }

    /// <summary>What the scenario is about.</summary>
    public string Title { get; }

    /// <summary>The nodes, the first primary first.</summary>
    public IReadOnlyList<NodeControl> Nodes { get; }

    /// <summary>The user that may do everything.</summary>
    public string User { get; } = "nsroot";

    /// <summary>Its password.</summary>
    public string Password { get; }

    /// <summary>An address on the internet.</summary>
    public IPAddress Outside { get; }

    /// <summary>An address in the organisation's network.</summary>
    public IPAddress Inside { get; }

    /// <summary>Where the virtual servers answer on this machine.</summary>
    public IReadOnlyList<TrafficPort> Ports => _traffic?.Ports ?? [];

    /// <summary>Where another process controls this one; null where that was not asked for.</summary>
    public Uri? Control => _control?.Uri;

    /// <summary>Delay before each answer of the management addresses.</summary>
    public TimeSpan Latency
    {
        get => _servers[0].Endpoint.Latency;
        set => _servers.ForEach(s => s.Endpoint.Latency = value);
    }

    /// <summary>Sessions of administrators that nobody logged out or killed, on all nodes, those that expired since included.</summary>
    public int LeakedSessions => Nodes.Sum(n => n.LeakedSessions);

    /// <summary>Starts a scenario.</summary>
    /// <param name="scenario">Its name: a folder of the scenarios.</param>
    /// <param name="options">How.</param>
    public static async Task<SimulatorHost> Start(string scenario, SimulatorOptions? options = null)
    {
        options ??= new SimulatorOptions();
        var description = Scenario.Load(scenario, options.ScenarioFolder);
        var addresses = Enumerable.Range(1, description.Nodes.Count).Select(i => IPAddress.Parse("127.0.0." + i)).ToArray();
        var pair = ScenarioBuilder.Build(description, addresses.Select(a => a.ToString()).ToList(), options.Password);
        var (servers, port) = await Listen(pair, addresses, options);

        var traffic = options.Traffic ? await ListenForTraffic(pair, description) : null;
        var host = new SimulatorHost(pair, servers, traffic, port, description, options);
        if (options.Control is { } control)
        {
            host._control = await ControlServer.Start(host, control);
        }

        return host;
    }

    // a port that was free may be taken before it is listened on
    private static async Task<TrafficServer> ListenForTraffic(Pair pair, Scenario description)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TrafficServer.Start(pair, IPAddress.Parse(description.OutsideAddress), IPAddress.Parse(description.InsideAddress));
            }
            catch (System.IO.IOException) when (attempt < 5)
            {
                // other ports are chosen
            }
        }
    }

    /// <summary>What becomes of a connection to the gateway right now.</summary>
    /// <param name="packet">The connection.</param>
    public Answer Ask(Packet packet)
    {
        lock (_pair.Gate)
        {
            return Reachability.Ask(_pair, packet);
        }
    }

    /// <summary>What becomes of an HTTPS connection from an address.</summary>
    /// <param name="source">From where.</param>
    /// <param name="address">To which VIP.</param>
    /// <param name="port">To which port.</param>
    public Answer Ask(IPAddress source, string address, int port = 443) => Ask(new Packet(source, IPAddress.Parse(address), port));

    /// <summary>Lets time pass at once.</summary>
    /// <param name="by">How much.</param>
    public void Advance(TimeSpan by) => _pair.Nodes[0].Clock.Advance(by);

    /// <summary>INC mode: the nodes keep addresses, VLANs and routes to themselves.</summary>
    public bool IsIndependent
    {
        get => _pair.IsIndependent;
        set => _pair.IsIndependent = value;
    }

    /// <summary>The nodes say that they belong to a cluster; nothing else of one is played.</summary>
    public bool IsCluster
    {
        get => _pair.IsCluster;
        set => _pair.IsCluster = value;
    }

    /// <summary>Time a synchronisation takes; another one meanwhile gets 412.</summary>
    public TimeSpan SyncDuration
    {
        get => _pair.SyncDuration;
        set => _pair.SyncDuration = value;
    }

    /// <summary>Hears of each request right after it, before the next one is executed. Keep it short.</summary>
    public Action<Faults.Exchange>? Executed
    {
        get => _pair.Executed;
        set => _pair.Executed = value;
    }

    /// <summary>Makes the nodes exchange their roles.</summary>
    public void Failover()
    {
        lock (_pair.Gate)
        {
            _pair.Failover();
        }
    }

    /// <summary>Makes the next command fail on its way to the secondary.</summary>
    /// <param name="code">347, 349, 457 or 458.</param>
    public void FailPropagation(int code)
    {
        lock (_pair.Gate)
        {
            _pair.PropagationFailures.Enqueue(code);
        }
    }

    // another process may take a port between the moment it was found free and the moment it is used
    private static async Task<(List<NodeServer> Servers, int Port)> Listen(Pair pair, IPAddress[] addresses, SimulatorOptions options)
    {
        for (var attempt = 1; ; attempt++)
        {
            var port = options.Port > 0 ? options.Port : FreePort.On(addresses);
            var servers = new List<NodeServer>();
            try
            {
                foreach (var node in pair.Nodes)
                {
                    var server = await NodeServer.Start(pair, node, port);
                    server.Endpoint.Latency = options.Latency;
                    servers.Add(server);
                }

                return (servers, port);
            }
            catch (IOException) when (options.Port == 0 && attempt < 10)
            {
                foreach (var server in servers)
                {
                    await server.DisposeAsync();
                }
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_control is not null)
        {
            await _control.DisposeAsync();
        }

        if (_traffic is not null)
        {
            await _traffic.DisposeAsync();
        }

        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }
}
