using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Appliances.Configuration;
using CitrixOps.Investigation.Sessions;

namespace CitrixOps.Investigation.Firewalls;

/// <summary>
/// Whether users reach the inside under addresses of the gateway. A VPN session that is more than ICA leaves the appliance from a subnet
/// address (SNIP), as do connections of the RDP proxy: on a firewall they look like the gateway's own. The management address (NSIP) carries
/// no users.
/// </summary>
internal sealed class UserTraffic
{
    private const int Rdp = 3389;
    private readonly HashSet<ClientAddress> _shared = new();
    private readonly Dictionary<string, bool> _icaOnly = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool?> _icaProxy = new(StringComparer.Ordinal);
    private bool _icaProxyByDefault;
    private bool _rdpProxy;

    /// <summary>Takes in a statement of the configuration.</summary>
    public void Take(NsStatement statement)
    {
        switch (statement.Type)
        {
            case "ns ip" when statement.Verb == "add" && ClientAddress.TryParse(statement.Name, out var address):
                _shared.Add(address);
                break;
            case "vpn vserver" when statement.Verb is "add" or "set":
                _icaOnly[statement.Name] = IsOn(statement, "-icaOnly") ?? (_icaOnly.TryGetValue(statement.Name, out var before) && before);
                break;
            case "vpn sessionAction" when statement.Verb is "add" or "set":
                _icaProxy[statement.Name] = IsOn(statement, "-icaProxy") ?? (_icaProxy.TryGetValue(statement.Name, out var set) ? set : null);
                break;
            case "vpn parameter":
                _icaProxyByDefault = IsOn(statement, "-icaProxy") ?? _icaProxyByDefault;
                break;
            case "rdp clientprofile":
                _rdpProxy = true;
                break;
        }
    }

    /// <summary>Whether a connection may be that of a user.</summary>
    /// <param name="source">The gateway's address it came from.</param>
    /// <param name="port">The port it went to.</param>
    public bool MayBe(ClientAddress source, int port) => _shared.Contains(source) && (Vpn || (_rdpProxy && port == Rdp));

    // some virtual server that gives more than ICA, and some session that is not held to it
    private bool Vpn => _icaOnly.Values.Any(only => !only) && (_icaProxy.Count == 0 ? !_icaProxyByDefault : _icaProxy.Values.Any(proxy => !(proxy ?? _icaProxyByDefault)));

    private static bool? IsOn(NsStatement statement, string option) => statement.Options.TryGetValue(option, out var value) ? string.Equals(value, "ON", StringComparison.OrdinalIgnoreCase) : null;
}
