using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using CitrixOps.Simulator.State;
using CitrixOps.Simulator.Wire;

namespace CitrixOps.Simulator.Commands.Special;

/// <summary>Responder policies, actions and pages: what may stand in them.</summary>
internal sealed class PolicyTypes : ISpecialType
{
    private const int LongestRule = 1499;
    private static readonly string[] BuiltIn = ["NOOP", "RESET", "DROP"];

    public IEnumerable<string> Types => ["responderpolicy", "responderhtmlpage"];

    public NitroReply? Run(CommandContext context)
    {
        if (context.Type.Name == "responderhtmlpage")
        {
            return context.Operation == "import" ? Import(context) : null;
        }

        if (context.Operation is not ("add" or "update"))
        {
            return null;
        }

        if (context.Arguments.Text("rule") is { } rule)
        {
            if (rule.Length > LongestRule)
            {
                throw new NitroError(1106, "rule");
            }

            if (rule.Contains("HTTP.RES.", StringComparison.OrdinalIgnoreCase))
            {
                throw new NitroError(2825);
            }
        }

        var action = context.Arguments.Text("action");
        if (context.Operation == "add" && action is null)
        {
            throw new NitroError(1095, "action");
        }

        if (action is not null && !BuiltIn.Contains(action, StringComparer.Ordinal) && !context.Store.Rows(context.Partition, "responderaction").Any(a => a.Is("name", action)))
        {
            throw new NitroError(538, action);
        }

        return null;
    }

    public void After(CommandContext context)
    {
        if (context.Type.Name == "responderpolicy" && context.Operation == "add" && !VersionTypes.IsOn(context.Node, "RESPONDER"))
        {
            context.Warning = new NitroError(1067, "RESPONDER");
        }
    }

    public void Complete(CommandContext context, Row row)
    {
        if (context.Type.Name == "responderpolicy")
        {
            row.Set("hits", row.Text("hits") ?? "0").Set("undefhits", row.Text("undefhits") ?? "0");
        }
    }

    private static NitroReply Import(CommandContext context)
    {
        var name = context.Arguments.Text("name") ?? throw new NitroError(1095, "name");
        var source = context.Arguments.Text("src") ?? throw new NitroError(1095, "src");
        if (context.Store.Find(context.Partition, context.Type, name) is { } present)
        {
            if (!context.Arguments.Flag("overwrite"))
            {
                throw new NitroError(273);
            }

            context.Store.Remove(context.Partition, context.Type.Name, r => r == present);
        }

        var row = context.Arguments.Clone();
        if (source.StartsWith("local:", StringComparison.Ordinal))
        {
            var file = new[] { "/var/tmp/", "/nsconfig/", "/var/download/responder/" }.Select(f => context.Pair.Nodes.Select(n => n.Files.Find(f + source["local:".Length..])).FirstOrDefault(x => x is not null)).FirstOrDefault(x => x is not null) ?? throw new NitroError(1155, source);
            row.Set("response", Encoding.UTF8.GetString(file.Read()));
        }

        context.Store.Add(context.Partition, context.Type.Name, row);
        return new NitroReply();
    }
}
