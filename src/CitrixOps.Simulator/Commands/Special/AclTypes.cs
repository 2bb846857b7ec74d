using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CitrixOps.Simulator.State;
using CitrixOps.Simulator.Traffic;
using CitrixOps.Simulator.Wire;

namespace CitrixOps.Simulator.Commands.Special;

/// <summary>Access lists: what is configured, and what is applied.</summary>
internal sealed class AclTypes : ISpecialType
{
    public IEnumerable<string> Types => ["nsacl", "nsacl6", "nsacls", "nsacls6", "nssimpleacl", "nssimpleacl6"];

    public NitroReply? Run(CommandContext context) => context.Type.Name switch
    {
        "nsacls" or "nsacls6" => RunList(context),
        "nssimpleacl" or "nssimpleacl6" => RunSimple(context),
        _ => RunAcl(context),
    };

    public void After(CommandContext context)
    {
        if (context.Type.Name is "nssimpleacl" or "nssimpleacl6")
        {
            Reachability.EndForbiddenSessions(context.Node);
        }
        else if (context.Type.Name is "nsacl" or "nsacl6" && context.Operation != "add" && context.Node.Acls.Any(a => a.Name == context.Name && a.Partition == context.Partition))
        {
            context.Warning = new NitroError(context.Type.Name == "nsacl" ? 878 : 902);
        }
    }

    public void Complete(CommandContext context, Row row)
    {
        if (context.Type.Name is not ("nsacl" or "nsacl6"))
        {
            return;
        }

        var applied = context.Node.Acls.Find(a => a.Name == row.Text(context.Type.Key!) && a.Partition == context.Partition && a.IsIPv6 == (context.Type.Name == "nsacl6"));
        row.Set("state", row.Text("state") ?? "ENABLED");
        row.Set("kernelstate", applied is null ? "NOTAPPLIED" : Differs(applied.Row, row) ? "RE-APPLY" : "APPLIED");
        row.Set("hits", (applied?.Hits ?? 0).ToString(CultureInfo.InvariantCulture));
    }

    private static NitroReply? RunAcl(CommandContext context)
    {
        var six = context.Type.Name == "nsacl6";
        switch (context.Operation)
        {
            case "add":
                var priority = context.Arguments.Text("priority");
                var rows = context.Store.Rows(context.Partition, context.Type.Name);
                if (priority is not null && rows.Any(r => r.Is("priority", priority)))
                {
                    throw new NitroError(six ? 899 : 872);
                }

                if (priority is null)
                {
                    context.Arguments.Set("priority", (rows.Select(r => int.Parse(r.Text("priority")!, CultureInfo.InvariantCulture)).DefaultIfEmpty(0).Max() / 10 * 10 + 10).ToString(CultureInfo.InvariantCulture));
                }

                CheckArguments(context.Arguments, six);
                return null;
            case "delete" when context.Store.Find(context.Partition, context.Type, context.Request.Name ?? "") is null && context.Node.Acls.Any(a => a.Name == context.Request.Name && a.IsIPv6 == six && a.Partition == context.Partition):
                throw new NitroError(six ? 897 : 870, context.Request.Name);
            case "enable" or "disable":
                var row = GenericWrite.Existing(context);
                if (row.Is("state", "DISABLED") == (context.Operation == "disable"))
                {
                    throw new NitroError(451);
                }

                return null;
            default:
                return null;
        }
    }

    private static void CheckArguments(Row row, bool six)
    {
        foreach (var name in six ? new[] { "srcipv6val", "destipv6val" } : ["srcipval", "destipval"])
        {
            if (row.Text(name) is { } value && !AddressRange.TryParse(value, out _))
            {
                throw new NitroError(1110, value);
            }
        }

        if ((row.Has("destportval") || row.Has("srcportval")) && !row.Has("protocol") && !row.Has("protocolnumber"))
        {
            throw new NitroError(1093, "protocol");
        }

        if (row.Text("ttl") is { } ttl && int.Parse(ttl, CultureInfo.InvariantCulture) % 4 != 0)
        {
            throw new NitroError(1097, ttl);
        }
    }

    private static NitroReply? RunList(CommandContext context)
    {
        var six = context.Type.Name == "nsacls6";
        var type = six ? "nsacl6" : "nsacl";
        var key = six ? "acl6name" : "aclname";
        switch (context.Operation)
        {
            case "apply":
                var before = context.Node.Acls.Where(a => a.IsIPv6 == six && a.Partition == context.Partition).ToDictionary(a => a.Name, StringComparer.Ordinal);
                context.Node.Acls.RemoveAll(a => a.IsIPv6 == six && a.Partition == context.Partition);
                foreach (var row in context.Store.Rows(context.Partition, type).Where(r => !r.Is("state", "DISABLED")))
                {
                    before.TryGetValue(row.Text(key)!, out var earlier);
                    var ttl = row.Text("ttl") is { } seconds ? context.Node.Now + TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)) : (DateTimeOffset?)null;
                    context.Node.Acls.Add(new AppliedAcl { Name = row.Text(key)!, Row = row.Clone(), Partition = context.Partition, IsIPv6 = six, Expires = earlier?.Expires ?? ttl, Hits = earlier?.Hits ?? 0 });
                }

                Reachability.EndForbiddenSessions(context.Node);
                return new NitroReply();
            case "clear":
                context.Store.Remove(context.Partition, type, _ => true);
                context.Node.Acls.RemoveAll(a => a.IsIPv6 == six && a.Partition == context.Partition);
                return new NitroReply();
            case "renumber":
                var number = 10;
                foreach (var row in context.Store.Rows(context.Partition, type).OrderBy(r => int.Parse(r.Text("priority")!, CultureInfo.InvariantCulture)))
                {
                    row.Set("priority", number.ToString(CultureInfo.InvariantCulture));
                    number += 10;
                }

                return new NitroReply();
            default:
                return null;
        }
    }

    private static NitroReply? RunSimple(CommandContext context)
    {
        if (context.Operation == "flush")
        {
            Reachability.EndForbiddenSessions(context.Node);
            return new NitroReply();
        }

        if (context.Operation is "clear")
        {
            context.Store.Remove(context.Partition, context.Type.Name, _ => true);
            return new NitroReply();
        }

        return null;
    }

    private static bool Differs(Row applied, Row row)
    {
        var now = row.Values.Where(v => v.Key is not ("kernelstate" or "hits" or "state") && v.Key[0] != '_');
        return row.Is("state", "DISABLED") || now.Any(v => applied.Has(v.Key) && !applied.Is(v.Key, Row.Plain(v.Value)));
    }

}
