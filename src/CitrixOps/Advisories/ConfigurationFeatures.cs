using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Appliances.Configuration;

namespace CitrixOps.Advisories;

/// <summary>
/// Which features are on. A configuration that the appliance wrote lists every feature that is on, so one that it does not list is off;
/// of a piece of one only what it switches off is known to be off.
/// </summary>
internal sealed class ConfigurationFeatures
{
    private static readonly Dictionary<string, string> OfType = new(StringComparer.OrdinalIgnoreCase)
    {
        ["vpn vserver"] = "SSLVPN", ["lb vserver"] = "LB", ["cs vserver"] = "CS", ["authentication vserver"] = "AAA",
        ["gslb vserver"] = "GSLB", ["cr vserver"] = "CR", ["lsn group"] = "LSN", ["rdp serverprofile"] = "RDPProxy",
    };

    private static readonly Dictionary<string, string> LongNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["LoadBalancing"] = "LB", ["ContentSwitching"] = "CS", ["ContentSwitch"] = "CS", ["CacheRedirection"] = "CR",
    };

    private readonly Dictionary<string, NsStatement> _last = new(StringComparer.OrdinalIgnoreCase);
    private readonly bool _isWhole;

    public ConfigurationFeatures(NsConfiguration configuration)
    {
        foreach (var statement in configuration.Statements.Where(s => s.Verb is "enable" or "disable" && NsConfiguration.Is(s.Type, "ns feature")))
        {
            foreach (var name in statement.Arguments)
            {
                _last[LongNames.TryGetValue(name, out var shorter) ? shorter : name] = statement;
            }
        }

        _isWhole = configuration.Head is not null && configuration.Nsip is not null && _last.Values.Any(s => s.Verb == "enable");
    }

    /// <summary>The statement that switches a feature on, or null.</summary>
    public NsStatement? EnabledBy(string feature) => _last.TryGetValue(feature, out var statement) && statement.Verb == "enable" ? statement : null;

    /// <summary>Whether objects of a type do nothing because their feature is off.</summary>
    public bool IsOff(string type) => OfType.TryGetValue(type, out var feature)
        && (_last.TryGetValue(feature, out var statement) ? statement.Verb == "disable" : _isWhole);
}
