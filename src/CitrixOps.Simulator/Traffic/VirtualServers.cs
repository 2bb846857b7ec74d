using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using CitrixOps.Simulator.Commands.Special;
using CitrixOps.Simulator.State;

namespace CitrixOps.Simulator.Traffic;

/// <summary>The virtual servers of a configuration.</summary>
internal static class VirtualServers
{
    public static readonly string[] Types = ["csvserver", "vpnvserver", "authenticationvserver", "lbvserver", "crvserver", "gslbvserver"];

    public static IEnumerable<VirtualServer> All(Store store, string partition) =>
        Types.SelectMany(t => store.Rows(partition, t).Select(r => new VirtualServer(t, r, partition, Addresses(store, partition, r), IsUdpType(r.Text("servicetype")))));

    public static bool IsUdpType(string? servicetype) => servicetype is "DTLS" or "UDP" or "DNS" or "HTTP_QUIC" or "SIP_UDP" or "RADIUS" or "TFTP" or "QUIC";

    public static string State(Node node, string type, Row row)
    {
        if (row.Is("state", "DISABLED"))
        {
            return "OUT OF SERVICE";
        }

        var feature = type switch { "lbvserver" => "LB", "csvserver" => "CS", "vpnvserver" => "SSLVPN", "authenticationvserver" => "AAA", "crvserver" => "CR", _ => "GSLB" };
        return VersionTypes.IsOn(node, feature) && !row.Is("_health", "DOWN") ? "UP" : "DOWN";
    }

    /// <summary>The content switch a virtual server without an address is behind.</summary>
    public static string? SwitchInFrontOf(Store store, string partition, string name) =>
        store.Rows(partition, "csvserver_vpnvserver_binding").Where(b => b.Is("vserver", name)).Concat(store.Rows(partition, "csvserver_lbvserver_binding").Where(b => b.Is("lbvserver", name) || b.Is("targetvserver", name)))
            .Concat(store.Rows(partition, "csvserver_cspolicy_binding").Where(b => b.Is("targetlbvserver", name))).Select(b => b.Text("name")).FirstOrDefault();

    /// <summary>What a content switch hands a request to where no policy decides.</summary>
    public static VirtualServer? Behind(Store store, VirtualServer front)
    {
        var target = store.Rows(front.Partition, "csvserver_vpnvserver_binding").Where(b => b.Is("name", front.Name)).Select(b => b.Text("vserver"))
            .Concat(store.Rows(front.Partition, "csvserver_lbvserver_binding").Where(b => b.Is("name", front.Name)).Select(b => b.Text("lbvserver") ?? b.Text("targetvserver")))
            .Concat(store.Rows(front.Partition, "csvserver_cspolicy_binding").Where(b => b.Is("name", front.Name)).Select(b => b.Text("targetlbvserver"))).FirstOrDefault(t => t is not null);
        return target is null ? null : All(store, front.Partition).FirstOrDefault(v => v.Type != "csvserver" && v.Name == target);
    }

    private static List<string> Addresses(Store store, string partition, Row row)
    {
        var found = new List<string>();
        if (row.Text("ipv46") is { } text && IPAddress.TryParse(text, out var address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any))
        {
            var count = int.TryParse(row.Text("range"), NumberStyles.None, CultureInfo.InvariantCulture, out var range) ? Math.Clamp(range, 1, 254) : 1;
            for (var i = 0; i < count; i++)
            {
                found.Add(AddressRange.Address(AddressRange.Number(address) + i, text.Contains(':', StringComparison.Ordinal)).ToString());
            }
        }

        if (row.Text("ipset") is { } set)
        {
            found.AddRange(new[] { "ipset_nsip_binding", "ipset_nsip6_binding" }.SelectMany(b => store.Rows(partition, b)).Where(b => b.Is("name", set)).Select(b => IPAddress.TryParse(b.Text("ipaddress"), out var ip) ? ip.ToString() : ""));
        }

        return found;
    }
}
