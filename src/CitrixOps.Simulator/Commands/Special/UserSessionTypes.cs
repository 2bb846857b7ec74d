using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Simulator.State;
using CitrixOps.Simulator.Wire;

namespace CitrixOps.Simulator.Commands.Special;

/// <summary>Sessions of users, in four kinds that are killed one by one.</summary>
internal sealed class UserSessionTypes : ISpecialType
{
    private static readonly Dictionary<string, UserSessionKind> Kinds = new(StringComparer.Ordinal)
    {
        ["aaasession"] = UserSessionKind.Aaa,
        ["vpnicaconnection"] = UserSessionKind.Ica,
        ["vpnicadtlsconnection"] = UserSessionKind.IcaDtls,
        ["vpnpcoipconnection"] = UserSessionKind.Pcoip,
        ["rdpconnections"] = UserSessionKind.Rdp,
        ["lbpersistentsessions"] = UserSessionKind.Persistence,
    };

    public IEnumerable<string> Types => Kinds.Keys;

    public IReadOnlyList<Row> Read(CommandContext context)
    {
        var asked = context.Request.Options.Arguments.Where(a => a.Name is not ("nodeid" or "netmask" or "iip" or "vserver")).ToList();
        return context.Node.Users.Where(u => u.Kind == Kinds[context.Type.Name]).Where(u => context.Argument("vserver") is not { } vserver || u.Vserver == vserver)
            .Select(u => Row.From(u.Row)).Where(r => asked.TrueForAll(a => r.Is(a.Name, a.Value)) && (context.Argument("iip") is not { } iip || r.Is("intranetip", iip))).ToList();
    }

    public NitroReply? Run(CommandContext context)
    {
        var kind = Kinds[context.Type.Name];
        if (context.Operation is not ("kill" or "clear"))
        {
            return null;
        }

        if (context.Arguments.Has("nodeid"))
        {
            throw new NitroError(278, "nodeid");
        }

        if (context.Node.KillsPending > 0)
        {
            context.Node.KillsPending--;
            throw new NitroError(2653);
        }

        var user = context.Arguments.Text("username");
        var key = context.Arguments.Text("sessionkey");
        var vserver = context.Arguments.Text("vserver");
        var group = context.Arguments.Text("groupname");
        var address = context.Arguments.Text("iip");
        if (kind != UserSessionKind.Persistence && user is null && key is null && group is null && address is null && !context.Arguments.Flag("all"))
        {
            throw new NitroError(1095, "all");
        }

        // killing ICA also ends what runs over DTLS; persistence goes by vserver
        context.Node.Users.RemoveAll(u => (u.Kind == kind || (kind == UserSessionKind.Ica && u.Kind == UserSessionKind.IcaDtls))
            && (user is null || string.Equals(u.User, user, StringComparison.OrdinalIgnoreCase)) && (vserver is null || u.Vserver == vserver) && (key is null || (string?)u.Row["sessionkey"] == key)
            && (group is null || (string?)u.Row["groupname"] == group) && (address is null || (string?)u.Row["intranetip"] == address));
        return new NitroReply();
    }
}
