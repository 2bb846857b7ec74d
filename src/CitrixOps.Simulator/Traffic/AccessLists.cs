using System;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using CitrixOps.Simulator.State;

namespace CitrixOps.Simulator.Traffic;

/// <summary>Whether the packet engine lets a packet in: simple ACLs first, then the applied extended ones by priority.</summary>
internal static class AccessLists
{
    /// <summary>The name of the ACL that drops the packet, or null.</summary>
    /// <param name="node">The node that filters.</param>
    /// <param name="packet">The packet as the node sees it.</param>
    /// <param name="partition">The partition that has the destination: each has its own lists.</param>
    /// <param name="count">True where it counts as a hit.</param>
    public static string? Denies(Node node, Packet packet, string partition = "default", bool count = true)
    {
        node.ExpireAcls();
        var six = packet.Destination.AddressFamily == AddressFamily.InterNetworkV6;
        var simple = node.Running.Rows(partition, six ? "nssimpleacl6" : "nssimpleacl").FirstOrDefault(r => Matches(r.Text(six ? "srcipv6" : "srcip"), packet.Source)
            && (r.Text("destport") is not { } port || Port(port, packet.Port)) && (r.Text("protocol") is not { } protocol || Protocol(protocol, packet.IsUdp)) && Domain(r, packet));
        if (simple is not null)
        {
            simple.Set("hits", (long.Parse(simple.Text("hits") ?? "0", CultureInfo.InvariantCulture) + (count ? 1 : 0)).ToString(CultureInfo.InvariantCulture));
            return simple.Text("aclname");
        }

        foreach (var acl in node.Acls.Where(a => a.IsIPv6 == six && a.Partition == partition).OrderBy(a => a.Priority))
        {
            if (Matches(node, acl.Row, six, packet, partition))
            {
                acl.Hits += count ? 1 : 0;
                return (acl.Row.Text("aclaction") ?? acl.Row.Text("acl6action")) == "DENY" ? acl.Name : null;
            }
        }

        return null;
    }

    private static bool Matches(Node node, Row row, bool six, Packet packet, string partition)
    {
        var (source, destination) = six ? ("srcipv6", "destipv6") : ("srcip", "destip");
        return Address(row, source, packet.Source) && Address(row, destination, packet.Destination)
            && Dataset(node, partition, row.Text("srcipdataset"), packet.Source) && Dataset(node, partition, row.Text("destipdataset"), packet.Destination) && Domain(row, packet)
            && (row.Text("protocol") is not { } protocol || Protocol(protocol, packet.IsUdp)) && (row.Text("protocolnumber") is not { } number || number == (packet.IsUdp ? "17" : "6"))
            && (row.Text("destportval") is not { } port || Port(port, packet.Port) != IsNot(row, "destportop")) && !row.Has("srcportval") && !row.Flag("established");
    }

    private static bool Address(Row row, string name, IPAddress address) => row.Text(name + "val") is not { } value || Matches(value, address) != IsNot(row, name + "op");

    private static bool Matches(string? value, IPAddress address) => value is not null && AddressRange.TryParse(value, out var range) && range.Contains(address);

    private static bool Dataset(Node node, string partition, string? name, IPAddress address) => name is null || InDataset(node, partition, name, address);

    public static bool InDataset(Node node, string partition, string name, IPAddress address) =>
        node.Running.Rows(partition, "policydataset_value_binding").Where(b => b.Is("name", name)).Any(b => Matches(b.Has("endrange") ? b.Text("value") + "-" + b.Text("endrange") : b.Text("value"), address));

    private static bool Domain(Row row, Packet packet) => (row.Text("td") ?? "0") == packet.TrafficDomain.ToString(CultureInfo.InvariantCulture);

    private static bool IsNot(Row row, string name) => row.Text(name) is "!=" or "NEQ";

    private static bool Port(string range, int port)
    {
        var parts = range.Split('-').Select(p => int.Parse(p, CultureInfo.InvariantCulture)).ToArray();
        return port >= parts[0] && port <= parts[^1];
    }

    private static bool Protocol(string name, bool udp) => string.Equals(name, udp ? "UDP" : "TCP", StringComparison.OrdinalIgnoreCase);
}
