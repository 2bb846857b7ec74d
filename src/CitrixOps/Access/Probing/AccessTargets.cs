using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CitrixOps.Access.Inventory;

namespace CitrixOps.Access.Probing;

/// <summary>What there is to test of the ways into a gateway: every address, port and transport, also of what has none of its own and is reached through a content switch. Pure.</summary>
public static class AccessTargets
{
    private static readonly (string Scheme, int Port)[] ManagementDoors = { ("https", 443), ("http", 80), ("ssh", 22) };

    /// <summary>The targets.</summary>
    /// <param name="ways">The ways in, as the inventory has them; content switches among them.</param>
    /// <returns>A target for each door of each way in.</returns>
    public static IReadOnlyList<AccessTarget> Of(IReadOnlyList<ExternalAccess> ways)
    {
        _ = ways ?? throw new ArgumentNullException(nameof(ways));
        return ways.SelectMany(w => Of(w, ways)).Distinct().ToArray();
    }

    private static IEnumerable<AccessTarget> Of(ExternalAccess way, IReadOnlyList<ExternalAccess> all)
    {
        if (way.Kind == AccessKind.Gslb)
        {
            // it answers names with addresses: what it answers is no address of its own
            return new[] { Target(way, null, "") };
        }

        if (way.Address.Count > 0)
        {
            return Doors(way).Select(d => Target(way, d, ""));
        }

        // several switches may lead to it
        var switches = way.Behind.Split(new[] { ", " }, StringSplitOptions.RemoveEmptyEntries);
        return all.Where(s => switches.Contains(s.Name, StringComparer.OrdinalIgnoreCase) && s.Kind == AccessKind.ContentSwitching && s.Gateway == way.Gateway && s.Partition == way.Partition)
            .SelectMany(s => Doors(s).Select(d => Target(way, d, s.Name) with { Scope = s.Scope }));
    }

    private static AccessTarget Target(ExternalAccess way, Uri? door, string through) => new(door) { Gateway = way.Gateway, Partition = way.Partition, Name = way.Name, Kind = way.Kind, Scope = way.Scope, Through = through };

    private static IEnumerable<Uri> Doors(ExternalAccess way)
    {
        foreach (var address in way.Address)
        {
            foreach (var (scheme, port) in way.Kind == AccessKind.Management ? ManagementDoors : Own(way))
            {
                var host = address.IndexOf(':') >= 0 ? "[" + address + "]" : address;
                if (port > 0 && Uri.TryCreate(scheme + "://" + host + ":" + port.ToString(CultureInfo.InvariantCulture) + "/", UriKind.Absolute, out var uri))
                {
                    yield return uri;
                }
            }
        }
    }

    private static IEnumerable<(string Scheme, int Port)> Own(ExternalAccess way)
    {
        foreach (var transport in way.Protocol.Split('+'))
        {
            var scheme = transport == "UDP" ? (way.Kind == AccessKind.Vpn || way.ServiceType == "DTLS" ? "dtls" : "udp") : Tcp(way);

            // any port: the one that is asked for most
            yield return (scheme, way.Port == 65535 ? (scheme == "http" ? 80 : 443) : way.Port);
        }
    }

    private static string Tcp(ExternalAccess way) => way switch
    {
        { Kind: AccessKind.Vpn or AccessKind.Authentication } or { ServiceType: "SSL" or "SSL_BRIDGE" } => "https",
        { ServiceType: "HTTP" } => "http",
        _ => way.ServiceType.StartsWith("SSL_", StringComparison.Ordinal) ? "tls" : "tcp",
    };
}
