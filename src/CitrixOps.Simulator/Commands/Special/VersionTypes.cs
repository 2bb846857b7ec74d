using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CitrixOps.Simulator.State;
using CitrixOps.Simulator.Wire;

namespace CitrixOps.Simulator.Commands.Special;

/// <summary>Version, hardware, licence, features and modes.</summary>
internal sealed class VersionTypes : ISpecialType
{
    public IEnumerable<string> Types => ["nsversion", "nshardware", "nslicense", "nsfeature", "nsmode"];

    public NitroReply? Show(CommandContext context)
    {
        var node = context.Node;
        switch (context.Type.Name)
        {
            case "nsversion":
                var asked = context.Argument("installedversion") is "true" or "yes";
                var profile = asked ? new VersionProfile(node.NextBootVersion) : node.Profile;
                return NitroReply.With("nsversion", new JsonObject { ["version"] = profile.Banner, ["mode"] = "1" });
            case "nshardware":
                return NitroReply.With("nshardware", new JsonObject
                {
                    ["hwdescription"] = "NetScaler Virtual Appliance",
                    ["sysid"] = "450070",
                    ["manufactureday"] = 17,
                    ["manufacturemonth"] = 2,
                    ["manufactureyear"] = 2009,
                    ["cpufrequncy"] = 2400,
                    ["host"] = "0a1b2c3d4e5f",
                    ["hostid"] = "0a1b2c3d4e5f",
                    ["serialno"] = "HE2H81UJ" + node.Name.ToUpperInvariant(),
                    ["encodedserialno"] = "980000" + node.Name,
                });
            case "nslicense":
                return NitroReply.With("nslicense", new JsonObject { ["lb"] = true, ["cs"] = true, ["ssl"] = true, ["sslvpn"] = true, ["aaa"] = true, ["responder"] = true, ["rewrite"] = true, ["appfw"] = false, ["modelid"] = "1000", ["licensingmode"] = "Local" });
            default:
                return Switches(context);
        }
    }

    public NitroReply? Run(CommandContext context)
    {
        if (context.Type.Name is not ("nsfeature" or "nsmode") || context.Operation is not ("enable" or "disable"))
        {
            return null;
        }

        var field = context.Type.Name[2..];
        var row = context.Store.Single("default", context.Type.Name);
        var now = row.List(field).ToList();
        foreach (var item in context.Arguments.List(field))
        {
            if (item == "AppFw")
            {
                throw new NitroError(356, item);
            }

            now.RemoveAll(n => string.Equals(n, item, System.StringComparison.OrdinalIgnoreCase));
            if (context.Operation == "enable")
            {
                now.Add(item);
            }
        }

        row.Set(field, new JsonArray(now.Select(n => (JsonNode)n).ToArray()));
        return new NitroReply();
    }

    public static bool IsOn(Node node, string feature) =>
        node.Running.Rows("default", "nsfeature") is [var row, ..] && row.List("feature").Contains(feature, System.StringComparer.OrdinalIgnoreCase);

    private static NitroReply Switches(CommandContext context)
    {
        var field = context.Type.Name[2..];
        var on = context.Store.Single("default", context.Type.Name).List(field).ToList();
        var shown = new JsonObject { [field] = new JsonArray(on.Select(n => (JsonNode)n).ToArray()) };
        foreach (var name in context.Type.Fields[field].Values.Where(v => v.Length < 14).Select(v => v.ToLowerInvariant()).Distinct())
        {
            shown[name] = on.Any(o => o.Equals(name, System.StringComparison.OrdinalIgnoreCase));
        }

        return NitroReply.With(context.Type.Name, shown);
    }
}
