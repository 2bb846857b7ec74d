using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using CitrixOps.Simulator.Commands.Special;
using CitrixOps.Simulator.State;

namespace CitrixOps.Simulator.Traffic;

/// <summary>What becomes of a connection to the gateway, right now.</summary>
internal static class Reachability
{
    public static Answer Ask(Pair pair, Packet packet)
    {
        foreach (var node in pair.Nodes.Where(n => n.Address == packet.Destination.ToString()))
        {
            return Management(node, packet);
        }

        if (pair.Primary is not { Phase: BootPhase.Up } primary)
        {
            return new Answer(Outcome.NoAnswer, "no node is up");
        }

        if (AccessLists.Denies(primary, packet) is { } acl)
        {
            return new Answer(Outcome.NoAnswer, "ACL " + acl);
        }

        return Pair.Partitions(primary).Select(p => InPartition(primary, p, packet)).FirstOrDefault(a => a is not null) ?? new Answer(Outcome.NoAnswer, "nothing has this address");
    }

    /// <summary>Ends the users' sessions that an ACL has cut off.</summary>
    public static void EndForbiddenSessions(Node node)
    {
        var servers = Pair.Partitions(node).SelectMany(p => VirtualServers.All(node.Running, p)).ToLookup(v => v.Name, StringComparer.Ordinal);
        node.Users.RemoveAll(u => IPAddress.TryParse(u.SourceAddress, out var source) && servers[u.Vserver].Any(v => v.Addresses.Any(a => IPAddress.Parse(a) is var to && to.AddressFamily == source.AddressFamily
            && AccessLists.Denies(node, new Packet(source, to, int.Parse(v.Row.Text("port") ?? "443", CultureInfo.InvariantCulture)), count: false) is not null)));
    }

    private static Answer Management(Node node, Packet packet)
    {
        if (node.Phase == BootPhase.Down)
        {
            return new Answer(Outcome.NoAnswer, "the node is down");
        }

        if (AccessLists.Denies(node, packet) is { } acl)
        {
            return new Answer(Outcome.NoAnswer, "ACL " + acl);
        }

        return packet.Port is 80 or 443 or 22 ? new Answer(Outcome.Answered, "management", 200, "management") : new Answer(Outcome.Refused, "nothing listens");
    }

    private static Answer? InPartition(Node node, string partition, Packet packet)
    {
        var address = packet.Destination.ToString();
        var ip = node.Running.Rows(partition, "nsip").FirstOrDefault(r => r.Is("ipaddress", address));
        if (ip?.Is("state", "DISABLED") == true)
        {
            return new Answer(Outcome.NoAnswer, "the address is disabled");
        }

        var on = VirtualServers.All(node.Running, partition).Where(v => v.Addresses.Contains(address, StringComparer.OrdinalIgnoreCase)).ToList();
        if (on.Count == 0)
        {
            return null;
        }

        var listening = on.Where(v => Listens(v, packet) && VirtualServers.State(node, v.Type, v.Row) == "UP" && ListenPolicy(node, v, packet)).ToList();
        return listening.Count == 0 ? new Answer(Outcome.Refused, "no virtual server is up there") : Serve(node, listening[0], packet);
    }

    private static bool Listens(VirtualServer server, Packet packet)
    {
        var port = server.Row.Text("port");
        var any = port is "65535" or "*";
        var dtls = server.Type == "vpnvserver" && packet.IsUdp && !server.Row.Is("dtls", "OFF");
        return (any || port == packet.Port.ToString(CultureInfo.InvariantCulture)) && (server.IsUdp == packet.IsUdp || dtls);
    }

    private static bool ListenPolicy(Node node, VirtualServer server, Packet packet) => server.Row.Text("listenpolicy") is not { } rule || rule == "NONE" || PolicyExpression.Evaluate(rule, node, packet) is true;

    private static Answer Serve(Node node, VirtualServer server, Packet packet)
    {
        if (Responder(node, server, packet) is { } decided)
        {
            return decided;
        }

        if (server.Type != "csvserver")
        {
            return PublicPages.Of(node, server, packet.Url);
        }

        var behind = VirtualServers.Behind(node.Running, server);
        if (behind is null || VirtualServers.State(node, behind.Type, behind.Row) != "UP")
        {
            return new Answer(Outcome.Answered, "nothing is up behind the content switch", 503, server.Name, "Http/1.1 Service Unavailable");
        }

        return Responder(node, behind, packet) ?? PublicPages.Of(node, behind, packet.Url);
    }

    private static Answer? Responder(Node node, VirtualServer server, Packet packet)
    {
        if (!VersionTypes.IsOn(node, "RESPONDER") || packet.IsUdp)
        {
            return null;
        }

        var store = node.Running;
        var global = store.Rows(server.Partition, "responderglobal_responderpolicy_binding");
        var own = store.Rows(server.Partition, server.Type + "_responderpolicy_binding").Where(b => b.Is("name", server.Name));
        foreach (var binding in Ordered(global.Where(b => b.Text("type") is "REQ_OVERRIDE" or "OVERRIDE")).Concat(Ordered(own)).Concat(Ordered(global.Where(b => b.Text("type") is not ("REQ_OVERRIDE" or "OVERRIDE")))))
        {
            var name = binding.Text("policy") ?? binding.Text("policyname");
            var policy = store.Rows(server.Partition, "responderpolicy").FirstOrDefault(p => p.Is("name", name ?? ""));
            if (policy is null || PolicyExpression.Evaluate(policy.Text("rule") ?? "", node, packet) is not true)
            {
                continue;
            }

            return Act(store, server, policy);
        }

        return null;
    }

    private static Answer Act(Store store, VirtualServer server, Row policy)
    {
        var reason = "responder policy " + policy.Text("name");
        switch (policy.Text("action"))
        {
            case "DROP":
                return new Answer(Outcome.SilentAfterTls, reason, Server: server.Name);
            case "RESET":
                return new Answer(Outcome.ResetAfterTls, reason, Server: server.Name);
            case "NOOP":
                return new Answer(Outcome.Answered, reason, 200, server.Name);
        }

        var action = store.Rows(server.Partition, "responderaction").FirstOrDefault(a => a.Is("name", policy.Text("action") ?? ""));
        var status = int.TryParse(action?.Text("responsestatuscode"), NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : action?.Is("type", "redirect") == true ? 302 : 200;
        return new Answer(Outcome.Answered, reason, status, server.Name, action?.Text("target")?.Trim('"') ?? "");
    }

    private static IEnumerable<Row> Ordered(IEnumerable<Row> bindings) => bindings.OrderBy(b => long.TryParse(b.Text("priority"), NumberStyles.None, CultureInfo.InvariantCulture, out var p) ? p : long.MaxValue);
}
