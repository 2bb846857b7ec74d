using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Simulator.State;
using CitrixOps.Simulator.Traffic;
using CitrixOps.Simulator.Wire;

namespace CitrixOps.Simulator.Commands.Special;

/// <summary>Virtual servers: their states, and the VIPs that come and go with them.</summary>
internal sealed class VserverTypes : ISpecialType
{
    public IEnumerable<string> Types => VirtualServers.Types;

    public NitroReply? Run(CommandContext context)
    {
        var arguments = context.Arguments;
        if (context.Operation == "add")
        {
            arguments.Set("ipv46", context.Type.Name == "gslbvserver" ? null : arguments.Text("ipv46") ?? "0.0.0.0");
            arguments.Set("port", context.Type.Name == "gslbvserver" ? null : arguments.Text("port") ?? "0");
            if (arguments.Text("ipset") is { } set && !context.Store.Rows(context.Partition, "ipset").Any(r => r.Is("name", set)))
            {
                throw new NitroError(258, "ipset, " + set);
            }

            if (!context.Request.Options.Idempotent && IsTaken(context, arguments))
            {
                throw new NitroError(273, "ipv46, " + arguments.Text("ipv46"));
            }
        }

        return null;
    }

    public void After(CommandContext context)
    {
        var store = context.Store;
        if (context.Operation is "add" or "update" && context.Name is { } name && store.Find(context.Partition, context.Type, name)?.Text("ipv46") is { } address && address is not ("0.0.0.0" or "::"))
        {
            var six = address.Contains(':', StringComparison.Ordinal);
            var (type, key) = six ? ("nsip6", "ipv6address") : ("nsip", "ipaddress");
            if (!store.Rows(context.Partition, type).Any(r => r.Is(key, six ? address + "/128" : address)))
            {
                var row = new Row().Set(key, six ? address + "/128" : address).Set("type", "VIP");
                store.Add(context.Partition, type, six ? row : row.Set("netmask", "255.255.255.255"));
            }
        }

        if (context.Operation == "delete")
        {
            var used = VirtualServers.All(store, context.Partition).SelectMany(v => v.Addresses).ToHashSet(StringComparer.OrdinalIgnoreCase);
            store.Remove(context.Partition, "nsip", r => r.Is("type", "VIP") && !used.Contains(r.Text("ipaddress")!));
            store.Remove(context.Partition, "nsip6", r => r.Is("type", "VIP") && !used.Contains(r.Text("ipv6address")!.Split('/')[0]));
        }

        if (context.Operation == "disable" && context.Name is { } disabled && store.Find(context.Partition, context.Type, disabled)?.Is("downstateflush", "DISABLED") != true)
        {
            Reachability.CutConnections(context.Node, disabled);
        }

        if (context.Type.Name != "gslbvserver" && !VersionTypes.IsOn(context.Node, VirtualServers.Feature(context.Type.Name)))
        {
            context.Warning = new NitroError(1067, VirtualServers.Feature(context.Type.Name));
        }
    }

    public void Complete(CommandContext context, Row row)
    {
        var state = VirtualServers.State(context.Node, context.Partition, context.Type.Name, row);
        row.Set("curstate", state);
        row.Set("state", null);
        row.Set("status", "0");
        switch (context.Type.Name)
        {
            case "lbvserver":
                var serving = VirtualServers.Named(context.Store, context.Partition, row.Text("name")!) is { } server ? VirtualServers.Serving(context.Node, server) : null;
                row.Set("effectivestate", serving is null ? state : "UP").Set("health", state == "UP" ? "100" : "0").Set("totalservices", "1").Set("activeservices", state == "UP" ? "1" : "0");
                break;
            case "vpnvserver":
                row.Set("curaaausers", context.Node.Users.Count(u => u.Kind == UserSessionKind.Aaa && u.Vserver == row.Text("name")).ToString(System.Globalization.CultureInfo.InvariantCulture));
                break;
        }

        if (VirtualServers.SwitchInFrontOf(context.Store, context.Partition, row.Text("name")!) is { } front)
        {
            row.Set("csvserver", front);
        }
    }

    private static bool IsTaken(CommandContext context, Row arguments) =>
        arguments.Text("ipv46") is { } ip && ip is not ("0.0.0.0" or "::") && !arguments.Has("listenpolicy") && VirtualServers.Types.SelectMany(t => context.Store.Rows(context.Partition, t)).Any(v =>
            v.Is("ipv46", ip) && v.Is("port", arguments.Text("port")!) && VirtualServers.IsUdpType(v.Text("servicetype")) == VirtualServers.IsUdpType(arguments.Text("servicetype")) && !v.Has("listenpolicy") && v.Text("td") == arguments.Text("td"));
}
