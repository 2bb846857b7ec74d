using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using CitrixOps.Simulator.State;
using CitrixOps.Simulator.Traffic;
using CitrixOps.Simulator.Wire;

namespace CitrixOps.Simulator.Commands.Special;

/// <summary>The appliance's addresses.</summary>
internal sealed class AddressTypes : ISpecialType
{
    public IEnumerable<string> Types => ["nsip", "nsip6"];

    public IReadOnlyList<Row>? Read(CommandContext context)
    {
        if (context.Type.Name == "nsip6" || context.Partition != "default")
        {
            return null;
        }

        var own = new Row().Set("ipaddress", context.Node.Address).Set("netmask", "255.255.255.0").Set("type", "NSIP").Set("gui", "ENABLED").Set("ssh", "ENABLED").Set("mgmtaccess", "ENABLED");
        var rows = new[] { own }.Concat(context.Store.Rows("default", "nsip").Where(r => !r.Is("type", "NSIP"))).ToList();
        if (context.Request.Name is not { } name)
        {
            return Selected(context, rows);
        }

        return rows.FindAll(r => r.Is("ipaddress", name)) is { Count: > 0 } found ? found : throw NotFound.Of(context.Type, name);
    }

    public NitroReply? Run(CommandContext context)
    {
        if (context.Operation == "update" && context.Type.Name == "nsip" && (context.Arguments.Is("arp", "DISABLED") || context.Arguments.Is("icmp", "DISABLED")) && (context.Name == context.Node.Address || !GenericWrite.Existing(context).Is("type", "VIP")))
        {
            throw new NitroError(998);
        }

        if (context.Operation is not ("enable" or "disable") || context.Type.Name != "nsip")
        {
            return null;
        }

        if (context.Name == context.Node.Address || !GenericWrite.Existing(context).Is("type", "VIP"))
        {
            throw new NitroError(999);
        }

        return null;
    }

    public void Complete(CommandContext context, Row row)
    {
        var address = (row.Text("ipaddress") ?? row.Text("ipv6address") ?? "").Split('/')[0];
        var users = VirtualServers.At(context.Store, context.Partition, IPAddress.TryParse(address, out var ip) ? ip.ToString() : address).ToList();
        row.Set("td", row.Text("td") ?? "0").Set("state", row.Text("state") ?? "ENABLED").Set("type", row.Text("type") ?? "SNIP").Set("iptype", new System.Text.Json.Nodes.JsonArray(row.Text("type")!));
        row.Set("arp", row.Text("arp") ?? "ENABLED").Set("icmp", row.Text("icmp") ?? "ENABLED").Set("vserver", row.Text("vserver") ?? "ENABLED").Set("gui", row.Text("gui") ?? "DISABLED").Set("ssh", row.Text("ssh") ?? "DISABLED").Set("mgmtaccess", row.Text("mgmtaccess") ?? "DISABLED").Set("restrictaccess", row.Text("restrictaccess") ?? "DISABLED");
        row.Set("vipvsercount", users.Count.ToString(CultureInfo.InvariantCulture));
        row.Set("vipvserdowncount", users.Count(v => VirtualServers.State(context.Node, v) != "UP").ToString(CultureInfo.InvariantCulture));
    }

    private static List<Row> Selected(CommandContext context, List<Row> rows) => context.Argument("type") is { } type ? rows.FindAll(r => r.Is("type", type)) : rows;
}
