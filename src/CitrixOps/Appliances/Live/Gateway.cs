using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Errors;

namespace CitrixOps.Appliances.Live;

/// <summary>
/// A connected gateway: one appliance, or the two nodes of an HA pair. The property names are part of the public interface. Serialised it
/// keeps what is known about the gateway, not the session.
/// </summary>
public sealed class Gateway : IDisposable
{
    private readonly List<GatewayNode> _nodes;

    internal Gateway(IEnumerable<GatewayNode> nodes, DateTimeOffset connectedAt)
    {
        _nodes = nodes.ToList();
        ConnectedAt = connectedAt;
    }

    /// <summary>Gets messages about waiting, such as for a free session.</summary>
    public event Action<string>? Notice
    {
        add => _nodes.ForEach(n => n.Listen(value, true));
        remove => _nodes.ForEach(n => n.Listen(value, false));
    }

    /// <summary>The name of the gateway: the host name of its primary node, else its address.</summary>
    public string Name => Primary is { HostName.Length: > 0 } primary ? primary.HostName : _nodes[0].Nsip;

    /// <summary>The nodes, the one that was primary first.</summary>
    public IReadOnlyList<GatewayNode> Nodes => _nodes;

    /// <summary>The node that takes changes.</summary>
    public GatewayNode? Primary => _nodes.Find(n => string.Equals(n.Role, "Primary", StringComparison.OrdinalIgnoreCase));

    /// <summary>The model of the primary node.</summary>
    public string Model => First.Model;

    /// <summary>The serial numbers of the nodes.</summary>
    public IReadOnlyList<string> SerialNumber => _nodes.Select(n => n.SerialNumber).ToArray();

    /// <summary>The build the primary node runs.</summary>
    public string Version => First.Version;

    /// <summary>Alone, Pair, or PairIncomplete where a node could not be reached.</summary>
    public string Ha => First.PeerAddress is null ? "Alone" : _nodes.Count > 1 ? "Pair" : "PairIncomplete";

    /// <summary>The NSIP of the other node, or null.</summary>
    public string? Peer => First.PeerAddress;

    /// <summary>The partition the session works in.</summary>
    public string Partition => First.Connection?.Options.Partition ?? "default";

    /// <summary>True where a node has changes that a restart would lose.</summary>
    public bool UnsavedChanges => _nodes.Any(n => n.UnsavedChanges);

    /// <summary>The largest difference between a node's clock and this machine's, with its sign.</summary>
    public TimeSpan ClockDifference => _nodes.Select(n => n.ClockDifference).OrderByDescending(d => d.Duration()).FirstOrDefault();

    /// <summary>The zone of the primary node's clock.</summary>
    public string TimeZone => First.TimeZone;

    /// <summary>The features that are on.</summary>
    public IReadOnlyList<string> Features => First.Features;

    /// <summary>The account.</summary>
    public string UserName => First.Connection?.Options.Credential.UserName ?? "";

    /// <summary>When the session was opened, UTC.</summary>
    public DateTimeOffset ConnectedAt { get; }

    /// <summary>True until it is disconnected.</summary>
    public bool IsConnected => _nodes.Any(n => n.Connection?.IsOpen == true);

    /// <summary>Calls made in this session.</summary>
    public int Calls => _nodes.Sum(n => n.Connection?.Calls ?? 0);

    private GatewayNode First => Primary ?? _nodes[0];

    /// <summary>Reads the roles of the nodes anew.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    public Task RefreshRolesAsync(CancellationToken cancellationToken) => Task.WhenAll(_nodes.Select(n => NodeFacts.ReadRoleAsync(n, cancellationToken)));

    /// <summary>Reads everything about the nodes anew.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    public Task RefreshAsync(CancellationToken cancellationToken) => Task.WhenAll(_nodes.Select(n => NodeFacts.ReadAsync(n, cancellationToken)));

    /// <summary>Logs out of every node.</summary>
    /// <param name="limit">How long it may take.</param>
    public Task CloseAsync(TimeSpan limit) => Task.WhenAll(_nodes.Select(n => n.Connection?.CloseAsync(limit) ?? Task.CompletedTask));

    /// <inheritdoc/>
    public void Dispose() => CloseAsync(TimeSpan.FromSeconds(5)).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal static NitroConnection Open(GatewayNode node) => node.Connection ?? throw new CitrixOpsException(new Problem("SessionClosed", ErrorKind.InvalidArgument, $"'{node.Nsip}' is a record of a session, not a session.", node.Nsip, "Connect with Connect-Gateway on this machine."));
}
