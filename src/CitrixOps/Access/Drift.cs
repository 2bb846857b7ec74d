using System.Collections.Generic;
using System.Linq;
using CitrixOps.Access.Inventory;
using CitrixOps.Access.Receipts;

namespace CitrixOps.Access;

/// <summary>What is otherwise than a receipt found it, by others' hands. Pure.</summary>
internal static class Drift
{
    public static IEnumerable<string> Of(AccessReceipt receipt, IReadOnlyList<ExternalAccess> now)
    {
        var ours = receipt.Steps.Where(s => s.Verb == ChangeVerb.Disable).SelectMany(s => s.Objects.Select(o => (s.Partition, Name: StepObjects.Name(s, o)))).ToLookup(o => o.Name);
        var before = receipt.Before.Where(w => w.Kind != nameof(AccessKind.Management)).GroupBy(w => (w.Partition, w.Kind, w.Name)).ToDictionary(g => g.Key, g => g.First());
        var present = now.Where(w => w.Kind != AccessKind.Management && !w.Name.StartsWith(Planning.OwnNames.Prefix, System.StringComparison.Ordinal)).GroupBy(w => (w.Partition, w.Kind.ToString(), w.Name)).ToDictionary(g => g.Key, g => g.First());
        foreach (var gone in before.Where(b => !present.ContainsKey(b.Key)))
        {
            yield return $"{gone.Value.Kind} {gone.Value.Name} was removed since";
        }

        foreach (var (key, way) in present.Select(p => (p.Key, p.Value)))
        {
            if (!before.TryGetValue(key, out var was))
            {
                yield return $"{way.Kind} {way.Name} was added since";
            }
            else if (!way.Address.SequenceEqual(was.Address) || way.Port != was.Port)
            {
                yield return $"{way.Kind} {way.Name} was on {string.Join(", ", was.Address)}:{was.Port} and is on {string.Join(", ", way.Address)}:{way.Port} now";
            }
            else if (way.State != was.State && !ours.Contains(way.Name) && way.State != "ADDRESS DISABLED")
            {
                yield return $"{way.Kind} {way.Name} was {was.State} and is {way.State} now";
            }
        }
    }
}
