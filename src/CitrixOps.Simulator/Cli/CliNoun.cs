using System;
using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.Simulator.Cli;

/// <summary>What the command line calls a resource type: <c>vpnvserver</c> is <c>vpn vserver</c>.</summary>
internal static class CliNoun
{
    private static readonly string[] Groups =
    [
        "aaa", "appflow", "appfw", "audit", "authentication", "authorization", "bot", "cache", "cmp", "cr", "cs", "db", "dns", "gslb", "lb", "lsn", "ns", "ntp", "policy", "rdp",
        "responder", "rewrite", "snmp", "ssl", "system", "tm", "transform", "vpn",
    ];

    private static readonly Dictionary<string, string> Exact = new(StringComparer.Ordinal)
    {
        ["hanode"] = "HA node",
        ["hafailover"] = "HA failover",
        ["hasync"] = "HA sync",
        ["hafiles"] = "HA files",
        ["hasyncfailures"] = "HA syncFailures",
        ["vpnicaconnection"] = "vpn icaConnection",
        ["vpnicadtlsconnection"] = "vpn icaDtlsConnection",
        ["vpnpcoipconnection"] = "vpn pcoipConnection",
        ["lbpersistentsessions"] = "lb persistentSessions",
        ["nsrunningconfig"] = "ns runningConfig",
        ["nssavedconfig"] = "ns savedConfig",
        ["nshostname"] = "ns hostName",
        ["systemcmdpolicy"] = "system cmdPolicy",
        ["Interface"] = "interface",
        ["servicegroup"] = "serviceGroup",
    };

    public static string Of(string type)
    {
        if (Exact.TryGetValue(type, out var noun))
        {
            return noun;
        }

        var group = Groups.Where(g => type.Length > g.Length && type.StartsWith(g, StringComparison.Ordinal)).OrderByDescending(g => g.Length).FirstOrDefault();
        return group is null ? type : group + " " + type[group.Length..];
    }
}
