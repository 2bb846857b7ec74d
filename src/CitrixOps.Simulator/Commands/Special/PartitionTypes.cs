using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using CitrixOps.Simulator.State;
using CitrixOps.Simulator.Wire;

namespace CitrixOps.Simulator.Commands.Special;

/// <summary>Admin partitions: a session is in one of them.</summary>
internal sealed class PartitionTypes : ISpecialType
{
    public IEnumerable<string> Types => ["nspartition"];

    public IReadOnlyList<Row> Read(CommandContext context)
    {
        var i = 0;
        var rows = Pair.Partitions(context.Node).Select(p => new Row().Set("partitionname", p).Set("partitionid", (i++).ToString(CultureInfo.InvariantCulture)).Set("partitiontype", Kind(context, p))).ToList();
        return context.Request.Name is { } name ? rows.FindAll(r => r.Is("partitionname", name)) is { Count: > 0 } found ? found : throw new NitroError(2755) : rows;
    }

    public NitroReply? Run(CommandContext context)
    {
        if (context.Operation != "switch")
        {
            return context.Partition == "default" ? null : throw new NitroError(2772);
        }

        if (context.Session.Transient)
        {
            // it holds for this request only
            return new NitroReply();
        }

        var wanted = context.Arguments.Text("partitionname") ?? throw new NitroError(1095, "partitionname");
        context.Session.Partition = Pair.Partitions(context.Node).FirstOrDefault(p => string.Equals(p, wanted, StringComparison.OrdinalIgnoreCase)) ?? throw new NitroError(2755);
        return new NitroReply();
    }

    public void After(CommandContext context)
    {
        if (context.Operation == "delete" && context.Request.Name is { } gone)
        {
            foreach (var kind in context.Store.Kinds.Where(k => string.Equals(k.Partition, gone, StringComparison.OrdinalIgnoreCase)).ToList())
            {
                context.Store.Remove(kind.Partition, kind.Type, _ => true);
            }

            context.Node.Acls.RemoveAll(a => string.Equals(a.Partition, gone, StringComparison.OrdinalIgnoreCase));
        }
    }

    private static JsonNode Kind(CommandContext context, string partition) =>
        string.Join(',', new[] { partition == "default" ? "Default" : "", partition == context.Partition ? "Current" : "" }.Where(t => t.Length > 0));
}
