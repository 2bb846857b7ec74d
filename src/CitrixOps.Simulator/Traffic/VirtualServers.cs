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
    private static readonly string[] Sources = [.. Types, "ipset_nsip_binding", "ipset_nsip6_binding"];
    private static readonly string[] SwitchBindings = ["csvserver_vpnvserver_binding", "csvserver_lbvserver_binding", "csvserver_cspolicy_binding"];

    public static IReadOnlyList<VirtualServer> All(Store store, string partition) => store.Derived(partition, "vservers", Sources, () =>
        Types.SelectMany(t => store.Rows(partition, t).Select(r => new VirtualServer(t, r, partition, Addresses(store, partition, r), IsUdpType(r.Text("servicetype"))))).ToList());

    /// <summary>Those that listen on an address, in the spelling of <see cref="IPAddress"/>.</summary>
    public static IEnumerable<VirtualServer> At(Store store, string partition, string address) => store.Derived(partition, "addresses", Sources, () =>
        All(store, partition).SelectMany(v => v.Addresses.Select(a => (Address: a, Server: v))).ToLookup(p => p.Address, p => p.Server, StringComparer.OrdinalIgnoreCase))[address];

    public static bool IsUdpType(string? servicetype) => servicetype is "DTLS" or "UDP" or "DNS" or "HTTP_QUIC" or "SIP_UDP" or "RADIUS" or "TFTP" or "QUIC";

    public static VirtualServer? Named(Store store, string partition, string name) => All(store, partition).FirstOrDefault(v => string.Equals(v.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>What <c>curstate</c> tells: a disabled one is out of service, an unhealthy one is down.</summary>
    public static string State(Node node, string partition, string type, Row row)
    {
        if (row.Is("state", "DISABLED"))
        {
            return "OUT OF SERVICE";
        }

        return VersionTypes.IsOn(node, Feature(type)) && !row.Is("_health", "DOWN") && (type != "lbvserver" || HasService(node.Running, partition, row)) ? "UP" : "DOWN";
    }

    public static string State(Node node, VirtualServer server) => State(node, server.Partition, server.Type, server.Row);

    /// <summary>The one that serves in its place: itself where it is up, else the first backup that is up, or null.</summary>
    public static VirtualServer? Serving(Node node, VirtualServer server)
    {
        for (var depth = 0; depth < 5; depth++)
        {
            if (State(node, server) == "UP")
            {
                return server;
            }

            if (server.Row.Text("backupvserver") is not { } backup || Named(node.Running, server.Partition, backup) is not { } next)
            {
                return null;
            }

            server = next;
        }

        return null;
    }

    /// <summary>The feature that a type needs.</summary>
    public static string Feature(string type) => type switch
    {
        "lbvserver" => "LB",
        "csvserver" => "CS",
        "vpnvserver" => "SSLVPN",
        "authenticationvserver" => "AAA",
        "crvserver" => "CR",
        _ => "GSLB",
    };

    /// <summary>The content switch a virtual server is behind, or null.</summary>
    public static string? SwitchInFrontOf(Store store, string partition, string name) => store.Derived(partition, "switches", SwitchBindings, () =>
    {
        var fronts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var binding in SwitchBindings.SelectMany(b => store.Rows(partition, b)))
        {
            if (Target(binding) is { } target && binding.Text("name") is { } front)
            {
                fronts.TryAdd(target, front);
            }
        }

        return fronts;
    }).GetValueOrDefault(name);

    /// <summary>What a content switch hands a request to: the first policy that fits, else its default.</summary>
    public static VirtualServer? Behind(Node node, VirtualServer front, Packet packet)
    {
        var store = node.Running;
        var policies = store.Rows(front.Partition, "csvserver_cspolicy_binding").Where(b => b.Is("name", front.Name))
            .OrderBy(b => long.TryParse(b.Text("priority"), NumberStyles.None, CultureInfo.InvariantCulture, out var p) ? p : long.MaxValue);
        var chosen = policies.FirstOrDefault(b => store.Rows(front.Partition, "cspolicy").FirstOrDefault(p => p.Is("policyname", b.Text("policyname") ?? "")) is not { } policy
            || policy.Text("rule") is not { } rule || PolicyExpression.Evaluate(rule, node, front.Partition, packet) is true);
        var byDefault = SwitchBindings.Take(2).SelectMany(t => store.Rows(front.Partition, t)).FirstOrDefault(b => b.Is("name", front.Name));
        var target = (chosen is null ? null : TargetOf(store, front.Partition, chosen)) ?? Target(byDefault);
        return target is null ? null : Named(store, front.Partition, target);
    }

    private static string? TargetOf(Store store, string partition, Row binding) =>
        Target(binding) ?? (store.Rows(partition, "cspolicy").FirstOrDefault(p => p.Is("policyname", binding.Text("policyname") ?? ""))?.Text("action") is { } action
            ? store.Rows(partition, "csaction").FirstOrDefault(a => a.Is("name", action)) is { } row ? row.Text("targetvserver") ?? row.Text("targetlbvserver") : null
            : null);

    private static string? Target(Row? binding) => binding?.Text("vserver") ?? binding?.Text("lbvserver") ?? binding?.Text("targetvserver") ?? binding?.Text("targetlbvserver");

    // one that was added without a service is down; those of a scenario are as the scenario says
    private static bool HasService(Store store, string partition, Row row)
    {
        var bound = store.Derived(partition, "services", ["lbvserver_service_binding", "lbvserver_servicegroup_binding", "service", "servicegroup"], () =>
            store.Rows(partition, "lbvserver_service_binding").Select(b => (Name: b.Text("name") ?? "", Up: IsUp(store, partition, "service", "name", b.Text("servicename"))))
                .Concat(store.Rows(partition, "lbvserver_servicegroup_binding").Select(b => (Name: b.Text("name") ?? "", Up: IsUp(store, partition, "servicegroup", "servicegroupname", b.Text("servicegroupname")))))
                .ToLookup(b => b.Name, b => b.Up, StringComparer.OrdinalIgnoreCase))[row.Text("name") ?? ""].ToList();
        return bound.Count > 0 ? bound.Contains(true) : row.Is("_health", "UP");
    }

    private static bool IsUp(Store store, string partition, string type, string key, string? name) => store.Rows(partition, type).FirstOrDefault(s => s.Is(key, name ?? "")) is { } row && !row.Is("state", "DISABLED");

    private static List<string> Addresses(Store store, string partition, Row row)
    {
        var found = new List<string>();
        if (row.Text("ipv46") is { } text && IPAddress.TryParse(text, out var address) && !address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any))
        {
            found.Add(address.ToString());
            var count = int.TryParse(row.Text("range"), NumberStyles.None, CultureInfo.InvariantCulture, out var range) ? Math.Clamp(range, 1, 254) : 1;
            for (var i = 1; i < count; i++)
            {
                found.Add(AddressRange.Address(AddressRange.Number(address) + i, text.Contains(':', StringComparison.Ordinal)).ToString());
            }
        }

        if (row.Text("ipset") is { } set)
        {
            found.AddRange(new[] { "ipset_nsip_binding", "ipset_nsip6_binding" }.SelectMany(b => store.Rows(partition, b)).Where(b => b.Is("name", set)).Select(b => IPAddress.TryParse(b.Text("ipaddress")?.Split('/')[0], out var ip) ? ip.ToString() : ""));
        }

        return found;
    }
}
