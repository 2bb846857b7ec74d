using System.Collections.Generic;
using System.Linq;
using CitrixOps.Appliances;

namespace CitrixOps.Investigation;

/// <summary>Gives the nodes of an HA pair one gateway name: two nodes are a pair when one names the other's address.</summary>
public static class GatewayNames
{
    /// <summary>The gateway name of each set of facts.</summary>
    /// <param name="facts">The facts, one per node.</param>
    /// <param name="given">The name the caller gives, or null.</param>
    /// <returns>The names in the same order.</returns>
    public static IReadOnlyList<string> Of(IEnumerable<ApplianceFacts> facts, string? given)
    {
        var nodes = facts.ToList();
        var names = new string[nodes.Count];
        for (var i = 0; i < nodes.Count; i++)
        {
            var partner = nodes.FindIndex(0, i, n => ArePair(n, nodes[i]));
            names[i] = given ?? (partner >= 0 ? names[partner] : nodes[i].Gateway);
        }

        return names;
    }

    private static bool ArePair(ApplianceFacts a, ApplianceFacts b) =>
        (a.PeerAddress is not null && a.PeerAddress == b.Nsip) || (b.PeerAddress is not null && b.PeerAddress == a.Nsip)
        || (a.Nsip is not null && a.Nsip == b.Nsip && a.Gateway == b.Gateway);
}
