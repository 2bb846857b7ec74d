using System;
using System.Globalization;
using System.Linq;
using CitrixOps.Access.Networks;
using CitrixOps.Appliances.Nitro;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Access.Inventory;

/// <summary>An extended ACL: whom it concerns, and whether it is applied.</summary>
internal sealed record AclView
{
    // conditions that cannot be weighed here: such a DENY may not match, such an ALLOW may
    private static readonly string[] Further = { "vlan", "vxlan", "srcmac", "interface", "Interface", "icmptype", "icmpcode", "srcportval", "srcipdataset", "destipdataset", "srcportdataset", "destportdataset" };

    public string Name { get; init; } = "";

    public int Priority { get; init; }

    public string Action { get; init; } = "";

    public bool IsIPv6 { get; init; }

    public string State { get; init; } = "ENABLED";

    public string KernelState { get; init; } = "";

    public string TrafficDomain { get; init; } = "0";

    public AddressSet Sources { get; init; } = AddressSet.Everything;

    public AddressSet Destinations { get; init; } = AddressSet.Everything;

    public int FirstPort { get; init; }

    public int LastPort { get; init; } = 65535;

    /// <summary>TCP, UDP, or empty for every protocol.</summary>
    public string Protocol { get; init; } = "";

    public bool HasFurtherConditions { get; init; }

    public bool IsApplied => KernelState.StartsWith("APPLIED", StringComparison.OrdinalIgnoreCase) || KernelState.StartsWith("SFAPPLIED", StringComparison.OrdinalIgnoreCase) || KernelState.StartsWith("RE-APPLY", StringComparison.OrdinalIgnoreCase);

    /// <summary>True where an apply would change what this ACL does.</summary>
    public bool IsPending => State == "DISABLED" ? IsApplied : !IsApplied || KernelState.StartsWith("RE-APPLY", StringComparison.OrdinalIgnoreCase);

    public bool IsOurs => Name.StartsWith(Planning.OwnNames.Prefix, StringComparison.OrdinalIgnoreCase);

    public string Type => IsIPv6 ? "nsacl6" : "nsacl";

    public static string ApplyType(string type) => type == "nsacl6" ? "nsacls6" : "nsacls";

    public static AclView Of(JObject row, bool six)
    {
        string Text(string name) => NitroReply.Text(row[name]) ?? "";
        var ports = Text("destportval").Split('-').Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : (int?)null).ToArray();
        var negated = Text("destportop") is "!=" or "NEQ";
        return new AclView
        {
            Name = Text(six ? "acl6name" : "aclname"),
            Priority = (int)(NitroReply.Number(row["priority"]) ?? 0),
            Action = (Text("aclaction") is { Length: > 0 } action ? action : Text("acl6action")).ToUpperInvariant(),
            IsIPv6 = six,
            State = Text("state") is { Length: > 0 } state ? state.ToUpperInvariant() : "ENABLED",
            KernelState = Text("kernelstate"),
            TrafficDomain = Text("td") is { Length: > 0 } td ? td : "0",
            Sources = Set(row, six ? "srcipv6" : "srcip", six),
            Destinations = Set(row, six ? "destipv6" : "destip", six),
            FirstPort = negated ? 0 : ports[0] ?? 0,
            LastPort = negated ? 65535 : ports[ports.Length - 1] ?? 65535,
            Protocol = Text("protocol").ToUpperInvariant() is "TCP" or "UDP" or "" ? Text("protocol").ToUpperInvariant() : "OTHER",
            HasFurtherConditions = negated || NitroReply.Flag(row["established"]) || Further.Any(f => Text(f).Length > 0),
        };
    }

    /// <summary>A simple ACL: a source, perhaps a port, always denied.</summary>
    public static AclView OfSimple(JObject row, bool six) => Of(row, six) with
    {
        Name = NitroReply.Text(row["aclname"]) ?? "",
        Action = "DENY",
        KernelState = "APPLIED",
        Sources = AddressRange.TryParse(NitroReply.Text(row[six ? "srcipv6" : "srcip"]), out var source) ? new AddressSet(new[] { source }) : AddressSet.Empty,
        FirstPort = (int)(NitroReply.Number(row["destport"]) ?? 0),
        LastPort = (int)(NitroReply.Number(row["destport"]) ?? 65535),
    };

    /// <summary>True where it concerns packets to an address.</summary>
    public bool Concerns(AddressRange destination, int port, bool udp, string trafficDomain) =>
        IsIPv6 == destination.IsIPv6 && TrafficDomain == trafficDomain && Destinations.Overlaps(destination) && (port is 0 or 65535 || (port >= FirstPort && port <= LastPort)) && (Protocol.Length == 0 || Protocol == (udp ? "UDP" : "TCP"));

    private static AddressSet Set(JObject row, string name, bool six)
    {
        var all = new AddressSet(new[] { AddressRange.All(six) });
        if (!AddressRange.TryParse(NitroReply.Text(row[name + "val"]), out var range))
        {
            return all;
        }

        var set = new AddressSet(new[] { range });
        return NitroReply.Text(row[name + "op"]) is "!=" or "NEQ" ? all.Except(set) : set;
    }
}
