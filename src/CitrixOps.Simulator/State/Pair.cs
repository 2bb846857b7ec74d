using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace CitrixOps.Simulator.State;

/// <summary>The nodes of a scenario: one, or the two of an HA pair. Commands run one at a time, as on the appliance.</summary>
internal sealed class Pair
{
    public Pair(IReadOnlyList<Node> nodes) => Nodes = nodes;

    public IReadOnlyList<Node> Nodes { get; }

    public bool IsPair => Nodes.Count > 1;

    /// <summary>Held while a command runs.</summary>
    public Lock Gate { get; } = new();

    /// <summary>The next commands the secondary does not take: 347, 349, 457 or 458.</summary>
    public Queue<int> PropagationFailures { get; } = [];

    public Node? Primary => Nodes.FirstOrDefault(n => n.IsPrimary && n.Phase == BootPhase.Up) ?? Nodes.FirstOrDefault(n => n.IsPrimary);

    public Node? PeerOf(Node node) => Nodes.FirstOrDefault(n => n != node);

    /// <summary>Exchanges the roles.</summary>
    public void Failover()
    {
        foreach (var node in Nodes)
        {
            node.IsPrimary = !node.IsPrimary;
        }
    }

    /// <summary>The secondary reads the primary's configuration: what only it had is gone.</summary>
    public void Synchronise()
    {
        if (Primary is { } primary && PeerOf(primary) is { } secondary)
        {
            var own = secondary.Running.Single("default", "nsconfig").Clone();
            var name = secondary.Running.Rows("default", "nshostname").Select(r => r.Clone()).ToList();
            secondary.Running = primary.Running.Clone();
            secondary.Running.Remove("default", "nsconfig", _ => true);
            secondary.Running.Add("default", "nsconfig", own);
            secondary.Running.Remove("default", "nshostname", _ => true);
            name.ForEach(n => secondary.Running.Add("default", "nshostname", n));
            secondary.Acls.Clear();
            secondary.Acls.AddRange(primary.Acls.Select(a => new AppliedAcl { Name = a.Name, Row = a.Row.Clone(), Partition = a.Partition, IsIPv6 = a.IsIPv6, Expires = a.Expires }));
            secondary.HaSync = "SUCCESS";
        }
    }

    /// <summary>Restarts a node; a primary hands its role to a peer that is up.</summary>
    public void Restart(Node node)
    {
        node.Restart();
        if (PeerOf(node) is { Phase: BootPhase.Up } peer)
        {
            node.IsPrimary = false;
            peer.IsPrimary = true;
            if (node.Profile.Branch == peer.Profile.Branch && node.HaSync != "DISABLED")
            {
                Synchronise();
            }
        }
    }

    public static IEnumerable<string> Partitions(Node node) => new[] { "default" }.Concat(node.Running.Rows("default", "nspartition").Select(r => r.Text("partitionname")!).Where(p => !string.Equals(p, "default", StringComparison.OrdinalIgnoreCase)));
}
