using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using CitrixOps.Simulator.Cli;
using CitrixOps.Simulator.State;
using CitrixOps.Simulator.Wire;

namespace CitrixOps.Simulator.Commands.Special;

/// <summary>The node's own settings, and its configuration as text.</summary>
internal sealed class ConfigurationTypes : ISpecialType
{
    public IEnumerable<string> Types => ["nsconfig", "nsrunningconfig", "nssavedconfig"];

    public NitroReply? Show(CommandContext context)
    {
        var node = context.Node;
        switch (context.Type.Name)
        {
            case "nsrunningconfig":
                return NitroReply.With("nsrunningconfig", new JsonObject { ["response"] = RunningConfiguration.Text(node, node.Running, only: context.Partition) });
            case "nssavedconfig":
                return NitroReply.With("nssavedconfig", new JsonObject { ["textblob"] = RunningConfiguration.Text(node, node.Saved, node.Profile.Version) });
        }

        return NitroReply.With("nsconfig", new JsonObject
        {
            ["ipaddress"] = node.Address,
            ["netmask"] = "255.255.255.0",
            ["primaryip"] = context.Pair.Primary?.Address ?? node.Address,
            ["systemtype"] = context.Pair.IsCluster ? "Cluster" : context.Pair.IsPair ? "HA" : "Stand-alone",
            ["timezone"] = context.Store.Single("default", "nsconfig").Text("timezone") ?? "CoordinatedUniversalTime",
            ["lastconfigchangedtime"] = node.Time(node.LastChanged),
            ["lastconfigsavetime"] = node.Time(node.LastSaved),
            ["currentsytemtime"] = node.Time(node.Now),
            ["systemtime"] = node.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ["configchanged"] = node.HasChanged(context.Partition),
            ["ifnum"] = new JsonArray("1/1"),
            ["tagged"] = "NO",
        });
    }

    public NitroReply? Run(CommandContext context)
    {
        if (context.Type.Name != "nsconfig")
        {
            return null;
        }

        var node = context.Node;
        switch (context.Operation)
        {
            case "save":
                if (node.BusySavingUntil > node.Clock.Now)
                {
                    throw new NitroError(node.Profile.Branch == "12.1" ? 603 : 293);
                }

                node.Save(context.Partition == "default" && context.Arguments.Flag("all") ? null : context.Partition);
                node.BusySavingUntil = node.Clock.Now + node.SaveDuration;
                return new NitroReply { Delay = node.SaveDuration };
            case "update" or "unset":
                var row = context.Store.Single("default", "nsconfig");
                foreach (var (name, value) in context.Arguments.Values)
                {
                    row.Set(name, context.Operation == "unset" ? null : value.DeepClone());
                }

                return new NitroReply();
            case "diff":
                return NitroReply.With("nsconfig", new JsonObject { ["response"] = Difference(node) });
            case "clear" when context.Arguments.Text("level") is null:
                throw new NitroError(1095, "level");
            case "clear":
                foreach (var (partition, type) in new List<(string, string)>(node.Running.Kinds))
                {
                    if (!type.StartsWith("system", StringComparison.Ordinal) && !type.StartsWith("ha", StringComparison.Ordinal) && type is not ("nsconfig" or "nshostname"))
                    {
                        node.Running.Remove(partition, type, _ => true);
                    }
                }

                node.Acls.Clear();
                return new NitroReply();
            default:
                return null;
        }
    }

    private static string Difference(Node node)
    {
        var saved = RunningConfiguration.Text(node, node.Saved).Split('\n');
        var running = RunningConfiguration.Text(node, node.Running).Split('\n');
        return string.Join('\n', saved.Except(running).Select(l => "- " + l).Concat(running.Except(saved).Select(l => "+ " + l)));
    }
}
