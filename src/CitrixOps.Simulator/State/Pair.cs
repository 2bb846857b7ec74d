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

    /// <summary>True in INC mode: the nodes are in different networks and keep addresses, VLANs and routes to themselves.</summary>
    public bool IsIndependent { get; set; }

    /// <summary>True where the nodes say that they belong to a cluster. Nothing else of a cluster is played.</summary>
    public bool IsCluster { get; set; }

    /// <summary>True while the nodes run different builds: nothing is propagated or synchronised.</summary>
    public bool VersionsDiffer => IsPair && Nodes[0].Profile.Version != Nodes[1].Profile.Version;

    /// <summary>Real time a synchronisation takes; another one meanwhile gets 412.</summary>
    public TimeSpan SyncDuration { get; set; }

    public DateTimeOffset SynchronisingUntil { get; set; }

    /// <summary>Files on their way to the other node: it fetches them about once a minute.</summary>
    public List<(string Path, Node From, DateTimeOffset Due)> FilesOnTheWay { get; } = [];

    /// <summary>True for what a node in INC mode keeps to itself.</summary>
    public static bool OfOneNode(string type, Row row) => type is "vlan" or "route" or "rnat" || (type == "nsip" && row.Text("type") is null or "SNIP");

    /// <summary>Copies the files that are due; all of them where somebody asks for it.</summary>
    public void CopyFiles(bool now = false)
    {
        foreach (var (path, from, _) in FilesOnTheWay.Where(f => now || f.Due <= f.From.Clock.Now).ToList())
        {
            if (PeerOf(from) is { Phase: BootPhase.Up } peer)
            {
                if (from.Files.Find(path) is { } file)
                {
                    peer.Files.Put(path, file.Read(), file.Modified);
                }
                else
                {
                    peer.Files.Remove(path);
                }
            }
        }

        FilesOnTheWay.RemoveAll(f => now || f.Due <= f.From.Clock.Now);
    }

    /// <summary>Hears of each request right after it, while the gate is held: what the gateway does at that moment can be looked at.</summary>
    public Action<Faults.Exchange>? Executed { get; set; }

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
            var kept = IsIndependent ? secondary.Running.Rows("default", "nsip").Where(r => OfOneNode("nsip", r)).Select(r => r.Clone()).ToList() : [];
            secondary.Running = primary.Running.Clone();
            if (IsIndependent)
            {
                secondary.Running.Remove("default", "nsip", r => OfOneNode("nsip", r));
                kept.ForEach(r => secondary.Running.Add("default", "nsip", r));
            }

            secondary.Running.Remove("default", "hanode", _ => true);
            secondary.Running.Add("default", "hanode", new Row().Set("id", "1").Set("ipaddress", primary.Address));
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
            if (!VersionsDiffer && node.HaSync != "DISABLED")
            {
                Synchronise();
            }
        }
    }

    public static IEnumerable<string> Partitions(Node node) => new[] { "default" }.Concat(node.Running.Rows("default", "nspartition").Select(r => r.Text("partitionname")!).Where(p => !string.Equals(p, "default", StringComparison.OrdinalIgnoreCase)));
}
