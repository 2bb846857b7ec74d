using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using CitrixOps.Simulator.State;

namespace CitrixOps.Simulator.Traffic;

/// <summary>What becomes of a connection to the gateway, right now.</summary>
internal static class Reachability
{
    public static Answer Ask(Pair pair, Packet packet)
    {
        foreach (var node in pair.Nodes.Where(n => n.Address == packet.Destination.ToString()))
        {
            return Management(node, packet, null);
        }

        if (pair.Primary is not { Phase: BootPhase.Up } primary)
        {
            return new Answer(Outcome.NoAnswer, "no node is up");
        }

        var seen = packet with { Source = primary.Translation?.Of(packet.Source) ?? packet.Source };
        return OnNode(primary, seen) with { SeenFrom = seen.Source.ToString() };
    }

    /// <summary>Ends the users' sessions that an ACL has cut off.</summary>
    public static void EndForbiddenSessions(Node node) => node.Users.RemoveAll(u => IPAddress.TryParse(u.SourceAddress, out var source) && Of(node, u).Any(v => v.Addresses.Any(a =>
        IPAddress.Parse(a) is var to && to.AddressFamily == source.AddressFamily
        && AccessLists.Denies(node, new Packet(node.Translation?.Of(source) ?? source, to, int.Parse(v.Row.Text("port") ?? "443", CultureInfo.InvariantCulture), u.Kind == UserSessionKind.IcaDtls), v.Partition, count: false) is not null)));

    /// <summary>Cuts the connections through a virtual server; the sessions they belong to stay until they are killed.</summary>
    public static void CutConnections(Node node, string vserver)
    {
        foreach (var user in node.Users.Where(u => string.Equals(u.Vserver, vserver, StringComparison.OrdinalIgnoreCase)))
        {
            user.IsConnected = false;
        }
    }

    // the virtual server of a session, and the content switch in front of it
    private static IEnumerable<VirtualServer> Of(Node node, UserSession user) => Pair.Partitions(node).SelectMany(p =>
        new[] { user.Vserver, VirtualServers.SwitchInFrontOf(node.Running, p, user.Vserver) }.Select(n => n is null ? null : VirtualServers.Named(node.Running, p, n)).OfType<VirtualServer>());

    private static Answer OnNode(Node node, Packet packet)
    {
        var address = packet.Destination.ToString();
        var partition = Pair.Partitions(node).FirstOrDefault(p => VirtualServers.At(node.Running, p, address).Any() || Ip(node, p, address) is not null) ?? "default";
        var ip = Ip(node, partition, address);
        if (ip is not null && ip.Is("state", "DISABLED"))
        {
            return new Answer(Outcome.NoAnswer, "the address is disabled");
        }

        if (ip is not null && ip.Is(ip.Has("ipv6address") ? "nd" : "arp", "DISABLED"))
        {
            return new Answer(Outcome.NoAnswer, "nobody answers ARP for the address");
        }

        if (AccessLists.Denies(node, packet, partition) is { } acl)
        {
            return new Answer(Outcome.NoAnswer, "ACL " + acl);
        }

        if (ip is not null && !ip.Is("type", "VIP") && ip.Is("mgmtaccess", "ENABLED"))
        {
            return Management(node, packet, ip);
        }

        var on = VirtualServers.At(node.Running, partition, address).ToList();
        if (on.Count == 0)
        {
            return new Answer(ip is null ? Outcome.NoAnswer : Outcome.Refused, ip is null ? "nothing has this address" : "no virtual server listens there");
        }

        if (ip?.Is("vserver", "DISABLED") == true)
        {
            return new Answer(packet.IsUdp ? Outcome.NoAnswer : Outcome.Refused, "virtual servers are off on the address");
        }

        var listening = on.Where(v => Listens(v, packet) && ListenPolicy(node, v, packet)).OrderBy(v => v.Row.Has("listenpolicy") && !v.Row.Is("listenpolicy", "NONE") ? Number(v.Row.Text("listenpriority"), 101) : int.MaxValue).ToList();
        return listening.Select(v => Serve(node, v, packet)).FirstOrDefault(a => a is not null) ?? new Answer(packet.IsUdp ? Outcome.NoAnswer : Outcome.Refused, "no virtual server is up there");
    }

    private static Row? Ip(Node node, string partition, string address) => node.Running.Rows(partition, address.Contains(':', StringComparison.Ordinal) ? "nsip6" : "nsip")
        .FirstOrDefault(r => IPAddress.TryParse((r.Text("ipaddress") ?? r.Text("ipv6address") ?? "").Split('/')[0], out var ip) && ip.ToString() == address);

    private static Answer Management(Node node, Packet packet, Row? ip)
    {
        if (node.Phase == BootPhase.Down)
        {
            return new Answer(Outcome.NoAnswer, "the node is down");
        }

        if (ip is null && AccessLists.Denies(node, packet) is { } acl)
        {
            return new Answer(Outcome.NoAnswer, "ACL " + acl);
        }

        var gui = ip?.Text("gui") ?? "ENABLED";
        return packet.Port == 22 || (packet.Port == 443 && gui is not "DISABLED") || (packet.Port == 80 && gui is "ENABLED") ? new Answer(Outcome.Answered, "management", 200, "management") : new Answer(Outcome.Refused, "nothing listens");
    }

    private static bool Listens(VirtualServer server, Packet packet)
    {
        var port = server.Row.Text("port");
        var any = port is "65535" or "*";
        var dtls = server.Type == "vpnvserver" && packet.IsUdp && !server.Row.Is("dtls", "OFF");
        return (any || port == packet.Port.ToString(CultureInfo.InvariantCulture)) && (server.IsUdp == packet.IsUdp || dtls) && (server.Row.Text("td") ?? "0") == packet.TrafficDomain.ToString(CultureInfo.InvariantCulture);
    }

    private static bool ListenPolicy(Node node, VirtualServer server, Packet packet) => server.Row.Text("listenpolicy") is not { } rule || rule == "NONE" || PolicyExpression.Evaluate(rule, node, server.Partition, packet) is true;

    private static Answer? Serve(Node node, VirtualServer listening, Packet packet)
    {
        if (VirtualServers.Serving(node, listening) is not { } server)
        {
            return !packet.IsUdp && (listening.Row.Text("redirurl") ?? listening.Row.Text("redirecturl")) is { Length: > 0 } url ? new Answer(Outcome.Answered, "redirect URL", 302, listening.Name, url) : null;
        }

        if (packet.IsUdp)
        {
            return new Answer(Outcome.Answered, "up", 0, server.Name);
        }

        if (ResponderPolicies.Decide(node, server, packet) is { } decided)
        {
            return decided;
        }

        if (server.Type != "csvserver")
        {
            return PublicPages.Of(node, server, packet.Url);
        }

        var behind = VirtualServers.Behind(node, server, packet);
        return behind is null || VirtualServers.Serving(node, behind) is not { } target
            ? new Answer(Outcome.Answered, "nothing is up behind the content switch", 503, server.Name, "Http/1.1 Service Unavailable")
            : ResponderPolicies.Decide(node, target, packet) ?? PublicPages.Of(node, target, packet.Url);
    }

    private static int Number(string? text, int otherwise) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
