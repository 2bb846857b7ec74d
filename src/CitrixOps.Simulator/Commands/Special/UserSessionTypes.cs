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
        var user = context.Argument("username");
        return context.Node.Users.Where(u => u.Kind == Kinds[context.Type.Name] && (user is null || string.Equals(u.User, user, StringComparison.OrdinalIgnoreCase))).Select(u => Row.From(u.Row)).ToList();
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
        if (kind != UserSessionKind.Persistence && user is null && key is null && !context.Arguments.Flag("all"))
        {
            throw new NitroError(1095, "all");
        }

        // killing ICA also ends what runs over DTLS; persistence goes by vserver
        context.Node.Users.RemoveAll(u => (u.Kind == kind || (kind == UserSessionKind.Ica && u.Kind == UserSessionKind.IcaDtls))
            && (user is null || string.Equals(u.User, user, StringComparison.OrdinalIgnoreCase)) && (vserver is null || u.Vserver == vserver) && (key is null || (string?)u.Row["sessionkey"] == key));
        return new NitroReply();
    }
}
