using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using CitrixOps.Simulator.Traffic;
using CitrixOps.Simulator.Wire;

namespace CitrixOps.Simulator.Commands.Special;

/// <summary>Counters: <c>/nitro/v1/stat</c>.</summary>
internal static class Statistics
{
    public static NitroReply Read(CommandContext context)
    {
        var node = context.Node;
        switch (context.Type.Name)
        {
            case "hanode":
                return NitroReply.With("hanode", new JsonObject { ["hacurstatus"] = context.Pair.IsPair ? "YES" : "NO", ["hacurstate"] = node.HaStatus, ["hacurmasterstate"] = node.IsPrimary ? "Primary" : node.HaStay ?? "Secondary", ["transtime"] = node.Time(node.StartedAt), ["haerrproptimeout"] = "0", ["haerrsyncfailure"] = node.HaSync == "FAILED" ? "1" : "0" });
            case "ns" or "system":
                return NitroReply.With(context.Type.Name, new JsonObject { ["starttime"] = node.Time(node.StartedAt), ["cpuusagepcnt"] = 3, ["memusagepcnt"] = 21.5, ["disk0perusage"] = node.DiskUse.Flash, ["disk1perusage"] = node.DiskUse.Var, ["disk0avail"] = 5000, ["disk1avail"] = 9000, ["numcpus"] = "2" });
        }

        if (VirtualServers.Types.Contains(context.Type.Name))
        {
            var rows = VirtualServers.All(context.Store, context.Partition).Where(v => v.Type == context.Type.Name && (context.Request.Name is not { } name || v.Row.Is("name", name))).ToList();
            if (rows.Count == 0 && context.Request.Name is { } missing)
            {
                throw NotFound.Of(context.Type, missing);
            }

            return rows.Count == 0 ? new NitroReply() : NitroReply.With(context.Type.Name, new JsonArray(rows.Select(v => Bound(context, v, new JsonObject
            {
                ["name"] = v.Name,
                ["primaryipaddress"] = v.Row.Text("ipv46") ?? "0.0.0.0",
                ["primaryport"] = int.Parse(v.Row.Text("port") ?? "0", CultureInfo.InvariantCulture),
                ["type"] = v.Row.Text("servicetype"),
                ["state"] = VirtualServers.State(node, v),
                ["totalrequests"] = "0",
                ["requestsrate"] = 0,
                ["totalresponses"] = "0",
                ["responsesrate"] = 0,
            })).ToArray()));
        }

        return Rows(context);
    }

    // counters of other types: their names, and what is counted about them
    private static NitroReply Rows(CommandContext context)
    {
        if (context.Type.NameField is not { } key || context.Type.IsBinding)
        {
            throw new NitroError(1232, context.Type.Name);
        }

        var rows = context.Store.Rows(context.Partition, context.Type.Name).Where(r => context.Request.Name is not { } name || r.Is(key, name)).ToList();
        if (rows.Count == 0 && context.Request.Name is { } missing)
        {
            throw NotFound.Of(context.Type, missing);
        }

        return rows.Count == 0 ? new NitroReply() : NitroReply.With(context.Type.Name, new JsonArray(rows.Select(r => (JsonNode)new JsonObject
        {
            [key] = r.Text(key),
            ["state"] = r.Is("state", "DISABLED") ? "OUT OF SERVICE" : "UP",
            ["hits"] = (context.Node.Acls.Find(a => a.Name == r.Text(key) && a.Partition == context.Partition)?.Hits ?? 0).ToString(CultureInfo.InvariantCulture),
            ["totalrequests"] = "0",
        }).ToArray()));
    }

    private static JsonNode Bound(CommandContext context, Traffic.VirtualServer server, JsonObject row)
    {
        if (context.Request.Options.StatBindings && server.Type == "lbvserver")
        {
            row["lbvserver_service_binding"] = Services(context, server.Name);
        }

        return row;
    }

    private static JsonArray Services(CommandContext context, string vserver) => new(context.Store.Rows(context.Partition, "lbvserver_service_binding").Where(b => b.Is("name", vserver))
        .Select(b => (JsonNode)new JsonObject { ["name"] = b.Text("servicename"), ["state"] = "UP", ["totalrequests"] = "0" }).ToArray());
}
