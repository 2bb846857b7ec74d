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
                return NitroReply.With("hanode", new JsonObject { ["hacurstatus"] = context.Pair.IsPair ? "YES" : "NO", ["hacurstate"] = node.HaStatus, ["hacurmasterstate"] = node.IsPrimary ? "Primary" : "Secondary", ["haerrproptimeout"] = "0", ["haerrsyncfailure"] = node.HaSync == "FAILED" ? "1" : "0" });
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

            return rows.Count == 0 ? new NitroReply() : NitroReply.With(context.Type.Name, new JsonArray(rows.Select(v => (JsonNode)new JsonObject
            {
                ["name"] = v.Name,
                ["primaryipaddress"] = v.Row.Text("ipv46") ?? "0.0.0.0",
                ["primaryport"] = int.Parse(v.Row.Text("port") ?? "0", CultureInfo.InvariantCulture),
                ["type"] = v.Row.Text("servicetype"),
                ["state"] = VirtualServers.State(node, v),
                ["totalrequests"] = "0",
                ["requestsrate"] = 0,
            }).ToArray()));
        }

        throw new NitroError(1232, context.Type.Name);
    }
}
