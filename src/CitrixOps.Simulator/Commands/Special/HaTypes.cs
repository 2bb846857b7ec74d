using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CitrixOps.Simulator.State;
using CitrixOps.Simulator.Wire;

namespace CitrixOps.Simulator.Commands.Special;

/// <summary>The HA pair: nodes, failover, synchronisation.</summary>
internal sealed class HaTypes : ISpecialType
{
    public IEnumerable<string> Types => ["hanode", "hafailover", "hasync", "hafiles", "hasyncfailures"];

    public IReadOnlyList<Row>? Read(CommandContext context)
    {
        if (context.Type.Name != "hanode")
        {
            return null;
        }

        var rows = new List<Row> { NodeRow("0", context.Node, context.Pair) };
        if (context.Pair.PeerOf(context.Node) is { } peer)
        {
            rows.Add(NodeRow("1", peer, context.Pair));
        }

        return context.Request.Name is { } id ? rows.FindAll(r => r.Is("id", id)) : rows;
    }

    public NitroReply? Show(CommandContext context) =>
        context.Type.Name == "hasyncfailures" ? NitroReply.With("hasyncfailures", new JsonObject { ["response"] = context.Node.HaSync == "FAILED" ? "Synchronization failed" : "" }) : null;

    public NitroReply? Run(CommandContext context)
    {
        var node = context.Node;
        switch (context.Type.Name)
        {
            case "hanode" when context.Operation == "update":
                node.HaPropagation = context.Arguments.Text("haprop") ?? node.HaPropagation;
                node.HaSync = context.Arguments.Text("hasync") ?? node.HaSync;
                node.HaStay = context.Arguments.Text("hastatus") is "STAYPRIMARY" or "STAYSECONDARY" ? context.Arguments.Text("hastatus") : context.Arguments.Has("hastatus") ? null : node.HaStay;
                return new NitroReply();
            case "hafailover":
                Failover(context);
                return new NitroReply();
            case "hasync":
                if (!context.Pair.IsPair)
                {
                    throw new NitroError(363);
                }

                Synchronise(context);
                return new NitroReply();
            case "hafiles":
                if (!context.Pair.IsPair)
                {
                    throw new NitroError(363);
                }

                context.Pair.CopyFiles(now: true);
                return new NitroReply();
            default:
                return null;
        }
    }

    private static void Synchronise(CommandContext context)
    {
        var pair = context.Pair;
        if (pair.VersionsDiffer)
        {
            throw new NitroError(1017);
        }

        if (pair.SynchronisingUntil > context.Node.Clock.Now)
        {
            throw new NitroError(412);
        }

        if (pair.PeerOf(context.Node) is { Phase: not BootPhase.Up })
        {
            throw new NitroError(364);
        }

        pair.SynchronisingUntil = context.Node.Clock.Now + pair.SyncDuration;
        pair.Synchronise();
        if (context.Arguments.Is("save", "YES"))
        {
            pair.Nodes.First(n => !n.IsPrimary).Save();
        }
    }

    private static void Failover(CommandContext context)
    {
        var peer = context.Pair.PeerOf(context.Node) ?? throw new NitroError(363);
        if (peer.Phase != BootPhase.Up || peer.HaStatus != "UP")
        {
            throw new NitroError(364);
        }

        if (peer.HaStay == "STAYSECONDARY" || context.Node.HaStay == "STAYPRIMARY")
        {
            throw new NitroError(365);
        }

        context.Pair.Failover();
    }

    private static Row NodeRow(string id, Node node, Pair pair)
    {
        var down = node.Phase != BootPhase.Up;
        return new Row().Set("id", id).Set("name", node.Name).Set("ipaddress", node.Address).Set("flags", "0")
            .Set("hastatus", down ? "NODEUNKNOWN" : node.HaStay ?? node.HaStatus)
            .Set("state", down ? "UNKNOWN" : node.IsPrimary || !pair.IsPair ? "Primary" : "Secondary")
            .Set("hasync", pair.VersionsDiffer ? node.Profile.Branch == "14.1" ? "AUTO DISABLED" : "DISABLED" : pair.SynchronisingUntil > node.Clock.Now ? "IN PROGRESS" : id == "0" || node.IsPrimary ? node.HaSync : node.HaSync == "ENABLED" ? "SUCCESS" : node.HaSync)
            .Set("haprop", node.HaPropagation).Set("inc", pair.IsIndependent ? "ENABLED" : "DISABLED").Set("enaifaces", "0/1 1/1").Set("disifaces", "").Set("hamonifaces", "0/1 1/1").Set("netmask", "255.255.255.0").Set("ssl2", "UP").Set("curflips", "0").Set("syncstatusstrictmode", "DISABLED").Set("hellointerval", "200").Set("deadinterval", "3").Set("masterstatetime", "88012").Set("failsafe", "OFF");
    }
}
