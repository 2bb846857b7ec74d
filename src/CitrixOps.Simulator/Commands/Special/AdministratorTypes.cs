using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using CitrixOps.Simulator.State;
using CitrixOps.Simulator.Wire;

namespace CitrixOps.Simulator.Commands.Special;

/// <summary>Administrators: their sessions, accounts and backups.</summary>
internal sealed class AdministratorTypes : ISpecialType
{
    public IEnumerable<string> Types => ["systemsession", "systemuser", "systembackup", "systemparameter", "aaauser"];

    public IReadOnlyList<Row>? Read(CommandContext context)
    {
        var node = context.Node;
        switch (context.Type.Name)
        {
            case "systemsession":
                return node.Sessions.All.Where(s => context.Request.Name is not { } sid || s.Id.ToString(CultureInfo.InvariantCulture) == sid).Select(s => Session(context, s)).ToList();
            case "systembackup":
                return node.Files.List("/var/ns_sys_backup").Select(f => new Row().Set("filename", f.Name).Set("size", (f.Content.Length / 1024 + 1).ToString(CultureInfo.InvariantCulture)).Set("creationtime", node.Time(f.Modified)).Set("version", "NS" + node.Profile.Version).Set("createdby", "nsroot").Set("ipaddress", node.Address).Set("level", "full")).ToList();
            default:
                return null;
        }
    }

    public NitroReply? Run(CommandContext context)
    {
        switch (context.Type.Name, context.Operation)
        {
            case ("systemsession", "kill"):
                if (context.Arguments.Flag("all"))
                {
                    context.Node.Sessions.KillOthers(context.Session);
                }
                else
                {
                    context.Node.Sessions.Kill(context.Arguments.Text("sid") ?? throw new NitroError(1095, "sid"), context.Session);
                }

                return new NitroReply();
            case ("systembackup", "create"):
                var name = context.Arguments.Text("filename") ?? "backup";
                if (context.Node.Files.List("/var/ns_sys_backup").Count >= 50)
                {
                    throw new NitroError(3434);
                }

                context.Node.Files.Put($"/var/ns_sys_backup/{name}.tgz", FileTree.Compress(Encoding.UTF8.GetBytes(Cli.RunningConfiguration.Text(context.Node, context.Node.Saved))), context.Node.Now);
                return new NitroReply();
            case ("aaauser", "unlock"):
                context.Node.Sessions.Unlock(context.Name ?? throw new NitroError(1095, "username"));
                return new NitroReply();
            case ("systembackup", "delete"):
                return context.Node.Files.Remove("/var/ns_sys_backup/" + context.Request.Name) ? new NitroReply() : throw new NitroError(258, "filename, " + context.Request.Name);
            case ("systemuser", "delete") when context.Request.Name == "nsroot":
                throw new NitroError(257);
            case ("systemuser", "add") when context.Arguments.Has("username") && (context.Arguments.Text("password") ?? "").Length < 4:
                throw new NitroError(399);
            default:
                return null;
        }
    }

    public void Complete(CommandContext context, Row row)
    {
        if (context.Type.Name == "systemparameter")
        {
            row.Set("maxclient", context.Node.Sessions.MaximumClients.ToString(CultureInfo.InvariantCulture));
        }

        if (context.Type.Name == "systemuser")
        {
            row.Set("password", "2e7c4a9d0f").Set("encrypted", "true").Set("hashmethod", "SHA512").Set("timeout", row.Text("timeout") ?? "900").Set("maxsession", row.Text("maxsession") ?? "20");
        }
    }

    private static Row Session(CommandContext context, AdminSession session)
    {
        var node = context.Node;
        var row = new Row().Set("sid", session.Id.ToString(CultureInfo.InvariantCulture)).Set("username", session.User)
            .Set("logintime", node.Time(session.Created)).Set("lastactivitytime", node.Time(session.LastActivity))
            .Set("expirytime", ((int)(session.Timeout - (node.Now - session.LastActivity)).TotalSeconds).ToString(CultureInfo.InvariantCulture))
            .Set("numofconnections", "0").Set("currentconn", session == context.Session ? "true" : "false").Set("clienttype", "API").Set("partitionname", session.Partition);
        return node.Profile.KnowsClientAddress
            ? row.Set("clientipaddress", session.ClientAddress).Set("logintimelocal", node.Time(session.Created)).Set("lastactivitytimelocal", node.Time(session.LastActivity))
            : row;
    }
}
