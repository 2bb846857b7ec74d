using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Access.Networks;
using CitrixOps.Appliances.Nitro;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Access.Inventory;

/// <summary>Reads one partition: virtual servers of six kinds, addresses, ACLs, what stands in front of what.</summary>
internal static class PartitionReader
{
    public static readonly string[] VirtualServerTypes = { "vpnvserver", "authenticationvserver", "csvserver", "lbvserver", "crvserver", "gslbvserver" };
    private static readonly string[] Udp = { "DTLS", "UDP", "DNS", "SIP_UDP", "RADIUS", "TFTP", "QUIC", "HTTP_QUIC", "RADIUSListener", "SYSLOGUDP", "QUIC_BRIDGE" };

    private const string Responders = "responderglobal_responderpolicy_binding";

    // type unknown to the build, feature not licensed, not in a partition: none of them
    private static readonly int[] NotThere = { 258, 356, 1067, 1088, 1232, 1240, 2760, 2761 };

    public static async Task<PartitionView> ReadAsync(NitroConnection link, string name, InventoryScope scope, CancellationToken cancellationToken)
    {
        async Task<IReadOnlyList<JObject>> Read(string type, string? options) =>
            (await link.SendAsync(NitroCall.Get(type) with { Accepts = NotThere, Options = options }, cancellationToken).ConfigureAwait(false)).Rows(type);

        Task<IReadOnlyList<JObject>> Rows(string type, string? options = null) => Read(type, options);
        var addresses = Rows("nsip");
        var addresses6 = Rows("nsip6");
        var acls = Rows("nsacl");
        var acls6 = Rows("nsacl6");
        var servers = new List<(string Type, JObject Row)>();
        foreach (var type in VirtualServerTypes)
        {
            servers.AddRange((await Rows(type).ConfigureAwait(false)).Select(r => (type, r)));
        }

        var sets = servers.Exists(s => Text(s.Row, "ipset").Length > 0)
            ? (await Rows("ipset_nsip_binding", "bulkbindings=yes").ConfigureAwait(false)).Concat(await Rows("ipset_nsip6_binding", "bulkbindings=yes").ConfigureAwait(false)).ToLookup(r => Text(r, "name"), r => Text(r, "ipaddress"))
            : Enumerable.Empty<JObject>().ToLookup(r => "", r => "");
        var simple = scope == InventoryScope.Full ? (await Rows("nssimpleacl").ConfigureAwait(false)).Select(r => AclView.OfSimple(r, six: false)).Concat((await Rows("nssimpleacl6").ConfigureAwait(false)).Select(r => AclView.OfSimple(r, six: true))).ToArray() : Array.Empty<AclView>();
        var fronts = await FrontsAsync(servers, Read).ConfigureAwait(false);
        var global = scope == InventoryScope.WithResponders ? (await link.SendAsync(NitroCall.Get(Responders, null, ("type", "REQ_OVERRIDE")) with { Accepts = NotThere }, cancellationToken).ConfigureAwait(false)).Rows(Responders) : Array.Empty<JObject>();
        return new PartitionView
        {
            Name = name,
            SimpleAcls = simple,
            Responders = global.Select(r => ((long)(NitroReply.Number(r["priority"]) ?? 0), Text(r, "policyname"))).ToArray(),
            VirtualServers = servers.Select(s => Server(s.Type, s.Row, sets, fronts)).ToArray(),
            Addresses = (await addresses.ConfigureAwait(false)).Select(r => Address(r, "ipaddress")).Concat((await addresses6.ConfigureAwait(false)).Select(r => Address(r, "ipv6address"))).OfType<AddressView>().ToArray(),
            Acls = (await acls.ConfigureAwait(false)).Select(r => AclView.Of(r, six: false)).Concat((await acls6.ConfigureAwait(false)).Select(r => AclView.Of(r, six: true))).ToArray(),
        };
    }

    // an appliance names the content switch in front only where it is bound directly; policies lead to others, by an action or a target
    private static async Task<ILookup<string, string>> FrontsAsync(List<(string Type, JObject Row)> servers, Func<string, string?, Task<IReadOnlyList<JObject>>> rows)
    {
        if (!servers.Exists(s => s.Type == "csvserver") || !servers.Exists(s => s.Type is "vpnvserver" or "authenticationvserver" || (s.Type != "gslbvserver" && Text(s.Row, "ipv46") is "" or "0.0.0.0" or "::")))
        {
            return Enumerable.Empty<(string, string)>().ToLookup(f => f.Item1, f => f.Item2);
        }

        var bound = await rows("csvserver_cspolicy_binding", "bulkbindings=yes").ConfigureAwait(false);
        var actions = (await rows("cspolicy", null).ConfigureAwait(false)).ToLookup(p => Text(p, "policyname"), p => Text(p, "action"), StringComparer.OrdinalIgnoreCase);
        var targets = (await rows("csaction", null).ConfigureAwait(false)).ToLookup(a => Text(a, "name"), a => Text(a, "targetvserver") is { Length: > 0 } target ? target : Text(a, "targetlbvserver"), StringComparer.OrdinalIgnoreCase);
        return bound.SelectMany(b => actions[Text(b, "policyname")].SelectMany(a => targets[a]).Append(Text(b, "targetlbvserver")).Where(t => t.Length > 0).Select(t => (Target: t, Front: Text(b, "name"))))
            .ToLookup(f => f.Target, f => f.Front, StringComparer.OrdinalIgnoreCase);
    }

    private static VirtualServerView Server(string type, JObject row, ILookup<string, string> sets, ILookup<string, string> fronts)
    {
        var service = Text(row, "servicetype").ToUpperInvariant();
        var first = IPAddress.TryParse(Text(row, "ipv46"), out var ip) && !ip.Equals(IPAddress.Any) && !ip.Equals(IPAddress.IPv6Any) ? AddressRange.Of(ip) : (AddressRange?)null;
        var addresses = first is { } f ? Enumerable.Range(0, Math.Max(1, Math.Min(254, Number(row, "range")))).Select(i => f with { First = f.First + i, Last = f.First + i }).Select(r => IPAddress.Parse(r.ToString())) : Enumerable.Empty<IPAddress>();
        var more = Text(row, "ipset") is { Length: > 0 } set ? sets[set].Select(a => IPAddress.TryParse(a.Split('/')[0], out var bound) ? bound : null).OfType<IPAddress>() : Enumerable.Empty<IPAddress>();
        return new VirtualServerView
        {
            Type = type,
            Name = Text(row, "name"),
            ServiceType = service,
            Addresses = addresses.Concat(more).Distinct().ToArray(),
            Port = Number(row, "port"),
            IsUdp = Udp.Contains(service),
            IsDtls = type == "vpnvserver" && !string.Equals(Text(row, "dtls"), "OFF", StringComparison.OrdinalIgnoreCase),
            State = Text(row, "curstate").ToUpperInvariant(),
            TrafficDomain = Text(row, "td") is { Length: > 0 } td ? td : "0",
            ListenPolicy = Text(row, "listenpolicy") is var policy && string.Equals(policy, "NONE", StringComparison.OrdinalIgnoreCase) ? "" : policy,
            Behind = fronts[Text(row, "name")].Prepend(Text(row, "csvserver")).Where(f => f.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToArray(),
            Backup = Text(row, "backupvserver"),
        };
    }

    private static AddressView? Address(JObject row, string key)
    {
        if (!IPAddress.TryParse(Text(row, key).Split('/')[0], out var address))
        {
            return null;
        }

        var type = Text(row, "type") is { Length: > 0 } named ? named : (row["iptype"] as JArray)?.Select(t => NitroReply.Text(t)).FirstOrDefault() ?? "";
        var managed = type == "NSIP" || NitroReply.Flag(row["mgmtaccess"]);
        return new AddressView(address, type.ToUpperInvariant(), Text(row, "td") is { Length: > 0 } td ? td : "0", managed, string.Equals(Text(row, "state"), "DISABLED", StringComparison.OrdinalIgnoreCase));
    }

    private static string Text(JObject row, string name) => NitroReply.Text(row[name]) ?? "";

    private static int Number(JObject row, string name) => NitroReply.Text(row[name]) is "*" ? 65535 : (int)Math.Max(0, Math.Min(65535, NitroReply.Number(row[name]) ?? 0));
}
