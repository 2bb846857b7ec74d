using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Appliances.Configuration;

namespace CitrixOps.Investigation;

/// <summary>How much two configurations have in common: the two nodes of an HA pair share theirs, strangers do not.</summary>
internal sealed class ConfigurationLikeness
{
    // what every node has, or has of its own
    private static readonly string[] Everywhere = { "ns config", "ns hostName", "ns param", "ns feature", "ns mode", "HA node", "ns ip", "interface", "channel", "vlan", "system user", "system parameter" };
    private readonly Dictionary<NsConfiguration, HashSet<string>> _known = new();
    private readonly int _few;
    private readonly int _most;

    /// <summary>Makes a comparison.</summary>
    /// <param name="few">Fewer objects than this tell nothing.</param>
    /// <param name="most">The most objects that are compared.</param>
    public ConfigurationLikeness(int few, int most)
    {
        _few = few;
        _most = most;
    }

    /// <summary>The share of the smaller one's objects that the larger one has too; null where there is too little to compare.</summary>
    public double? Of(NsConfiguration? a, NsConfiguration? b)
    {
        if (a is null || b is null)
        {
            return null;
        }

        var (smaller, larger) = (Objects(a), Objects(b));
        if (smaller.Count > larger.Count)
        {
            (smaller, larger) = (larger, smaller);
        }

        return smaller.Count < _few ? null : (double)smaller.Take(_most).Count(larger.Contains) / Math.Min(smaller.Count, _most);
    }

    private HashSet<string> Objects(NsConfiguration configuration)
    {
        if (!_known.TryGetValue(configuration, out var objects))
        {
            _known[configuration] = objects = new HashSet<string>(configuration.Objects.Where(o => o.Name.Length > 0 && !Everywhere.Contains(o.Type, StringComparer.OrdinalIgnoreCase)).Select(o => o.Partition + "\n" + o.Type.ToLowerInvariant() + "\n" + o.Name + "\n" + string.Join("\n", o.Arguments)), StringComparer.Ordinal);
        }

        return objects;
    }
}
