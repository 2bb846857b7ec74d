using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Appliances;

namespace CitrixOps.Investigation;

/// <summary>
/// Gives the nodes of an HA pair one gateway name. Two nodes are a pair when one names the other's address and nothing contradicts it: private
/// addresses occur at more than one customer, so the other must not name a third, and configurations, which a pair shares, must be alike.
/// </summary>
public static class GatewayNames
{
    // a few objects occur everywhere
    private const int FewObjects = 8;
    private const int MostCompared = 100;
    private const double LeastAlike = 0.5;

    /// <summary>The gateway name of each set of facts.</summary>
    /// <param name="facts">The facts, one per node.</param>
    /// <param name="given">The name the caller gives, or null.</param>
    /// <returns>The names in the same order.</returns>
    public static IReadOnlyList<string> Of(IEnumerable<ApplianceFacts> facts, string? given)
    {
        var nodes = facts.ToList();
        var groups = Groups(nodes);
        var names = new string[nodes.Count];
        for (var i = 0; i < nodes.Count; i++)
        {
            names[i] = given ?? (groups[i] < i ? names[groups[i]] : Own(nodes, groups, i));
        }

        return names;
    }

    /// <summary>For each node the first one of its gateway.</summary>
    /// <param name="nodes">The facts, one per node.</param>
    internal static IReadOnlyList<int> Groups(IReadOnlyList<ApplianceFacts> nodes)
    {
        var likeness = new ConfigurationLikeness(FewObjects, MostCompared);
        var byAddress = nodes.Select((n, i) => (Node: n, Index: i)).Where(n => n.Node.Nsip is not null).ToLookup(n => n.Node.Nsip!, n => n.Index, StringComparer.OrdinalIgnoreCase);
        var byPeer = nodes.Select((n, i) => (Node: n, Index: i)).Where(n => n.Node.PeerAddress is not null).ToLookup(n => n.Node.PeerAddress!, n => n.Index, StringComparer.OrdinalIgnoreCase);
        var groups = new int[nodes.Count];
        for (var i = 0; i < nodes.Count; i++)
        {
            var own = nodes[i];
            var candidates = new[] { own.PeerAddress, own.Nsip }.OfType<string>().SelectMany(a => byAddress[a]).Concat(own.Nsip is null ? Enumerable.Empty<int>() : byPeer[own.Nsip]).Where(c => c < i && Fit(nodes[c], own)).Distinct();
            var best = candidates.Select(c => (Index: c, Alike: likeness.Of(nodes[c].Configuration, own.Configuration))).Where(c => c.Alike is null or >= LeastAlike).OrderByDescending(c => c.Alike ?? LeastAlike).ThenBy(c => c.Index).ToList();
            groups[i] = best.Count > 0 ? groups[best[0].Index] : i;
        }

        return groups;
    }

    // the addresses allow it: each other's peer, or the same node twice
    private static bool Fit(ApplianceFacts a, ApplianceFacts b) =>
        (a.PeerAddress is not null && a.PeerAddress == b.Nsip && (b.PeerAddress is null || b.PeerAddress == a.Nsip))
        || (b.PeerAddress is not null && b.PeerAddress == a.Nsip && (a.PeerAddress is null || a.PeerAddress == b.Nsip))
        || (a.Nsip is not null && a.Nsip == b.Nsip && a.Gateway == b.Gateway && (a.PeerAddress is null || b.PeerAddress is null || a.PeerAddress == b.PeerAddress));

    // two gateways with one name and one address are told apart by a number
    private static string Own(List<ApplianceFacts> nodes, IReadOnlyList<int> groups, int i)
    {
        var others = 0;
        for (var j = 0; j < i; j++)
        {
            others += groups[j] == j && nodes[j].Nsip is not null && nodes[j].Nsip == nodes[i].Nsip && nodes[j].Gateway == nodes[i].Gateway ? 1 : 0;
        }

        return others == 0 ? nodes[i].Gateway : FormattableString.Invariant($"{nodes[i].Gateway} ({others + 1})");
    }
}
