using System;
using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.Investigation.Chains;

/// <summary>
/// What joins the gateways of one search: an address that was on several, and a file that several addresses or gateways have in common.
/// It is said, and not graded: scanners are everywhere, and tools are shared.
/// </summary>
internal static class AttackersOfMany
{
    private const int MostNamed = 20;

    /// <summary>Tells every chain of its kin.</summary>
    public static void Tell(IReadOnlyList<Investigation> results)
    {
        SameAddress(results);
        SameArtefact(results);
        foreach (var result in results)
        {
            var breakIns = result.Chains.SelectMany(c => c.OtherGateways.Select(g => (c.SourceAddress, Other: results.First(r => r.Gateway == g))))
                .Where(c => c.Other.Chains.Any(o => o.SourceAddress == c.SourceAddress && o.Succeeded)).Select(c => $"{c.SourceAddress} ({c.Other.Gateway})").Distinct().Take(5).ToList();
            if (breakIns.Count > 0)
            {
                result.Reasons = result.Reasons.Append("Addresses that got in elsewhere were here too: " + string.Join(", ", breakIns) + ".").ToArray();
            }

            var shared = result.Chains.SelectMany(c => c.SameArtefact).Where(s => s.Contains(" (")).Distinct().Take(5).ToList();
            if (shared.Count > 0)
            {
                result.Reasons = result.Reasons.Append("Files of the attacker that other gateways of this search have too: " + string.Join(", ", shared) + ".").ToArray();
            }
        }
    }

    private static void SameAddress(IReadOnlyList<Investigation> results)
    {
        var seen = results.SelectMany(r => r.Chains.Where(c => c.SourceAddress.Length > 0).Select(c => (r.Gateway, Chain: c)))
            .GroupBy(c => c.Chain.SourceAddress, StringComparer.Ordinal).Where(g => g.Select(c => c.Gateway).Distinct().Count() > 1);
        foreach (var (gateway, chain, all) in seen.SelectMany(g => g.Select(c => (c.Gateway, c.Chain, All: g.ToList()))))
        {
            chain.OtherGateways = all.Select(c => c.Gateway).Where(g => g != gateway).Distinct().OrderBy(g => g, StringComparer.Ordinal).ToArray();
        }
    }

    // name of the file: address, and the gateway where it is another one
    private static void SameArtefact(IReadOnlyList<Investigation> results)
    {
        var uses = results.SelectMany(r => r.Chains.SelectMany(c => c.Artefacts.Select(a => (Artefact: a, r.Gateway, Chain: c)))).GroupBy(u => u.Artefact, StringComparer.Ordinal).Where(g => g.Count() > 1);
        foreach (var group in uses)
        {
            foreach (var (artefact, gateway, chain) in group)
            {
                var others = group.Where(o => !ReferenceEquals(o.Chain, chain))
                    .Select(o => artefact + ": " + (o.Chain.SourceAddress.Length > 0 ? o.Chain.SourceAddress : "on the disk") + (o.Gateway == gateway ? "" : " (" + o.Gateway + ")"));
                chain.SameArtefact = chain.SameArtefact.Concat(others).Distinct().OrderBy(o => o, StringComparer.Ordinal).Take(MostNamed).ToArray();
            }
        }
    }
}
