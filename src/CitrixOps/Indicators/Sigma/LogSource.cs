using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Logs;

namespace CitrixOps.Indicators.Sigma;

/// <summary>Which of our logs a rule's logsource means, and what its fields are called there.</summary>
internal static class LogSource
{
    /// <summary>Reads the logsource of a rule or filter.</summary>
    /// <exception cref="RuleException">It is none of ours.</exception>
    public static (IReadOnlyList<string> LogTypes, FieldNames Names) Read(YamlMapping source, YamlMapping? own)
    {
        var category = SigmaReader.Text(source, "category")?.ToLowerInvariant();
        var product = SigmaReader.Text(source, "product")?.ToLowerInvariant();
        var (types, names) = category switch
        {
            "webserver" => (new[] { LogTypes.HttpAccess }, FieldNames.OfWeb),
            "proxy" => (new[] { LogTypes.HttpAccess, LogTypes.Cef }, FieldNames.OfWeb),
            "firewall" => (Firewalls(product, source), FieldNames.Own),
            null when product == "netscaler" && SigmaReader.Text(source, "service") is { } service => (new[] { service }, FieldNames.Own),
            _ => throw new RuleException("the logsource is not one of ours (product netscaler with a service, category webserver, proxy or firewall)", source),
        };
        types = types.Concat(SigmaReader.Texts(own?["services"])).Distinct().ToArray();
        return types.FirstOrDefault(t => !LogTypes.All.Contains(t)) is { } unknown
            ? throw new RuleException($"there is no log '{unknown}' ({string.Join(", ", LogTypes.All)})", source)
            : (types, names);
    }

    private static string[] Firewalls(string? product, YamlMapping source) => product switch
    {
        null => LogTypes.Firewall.ToArray(),
        "windows" => new[] { LogTypes.WindowsFirewall },
        "linux" => new[] { LogTypes.Iptables },
        "cisco" => new[] { LogTypes.Asa },
        "fortinet" or "fortigate" => new[] { LogTypes.FortiGate },
        var other => throw new RuleException($"there is no firewall '{other}' (windows, linux, cisco, fortinet, or no product for all)", source),
    };
}
