using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CitrixOps.Simulator.Schema;
using CitrixOps.Simulator.State;
using CitrixOps.Simulator.Wire;

namespace CitrixOps.Simulator.Commands;

/// <summary>Bindings: bind, unbind, and the three ways to read them.</summary>
internal static class BindingCommands
{
    private static readonly string[] NotIdentity = ["priority", "gotopriorityexpression", "weight", "endrange", "comment", "charset", "index", "invoke", "labeltype", "labelname", "targetlbvserver", "snicert"];

    /// <summary>The rows of a GET, or the object that holds all kinds of bindings.</summary>
    public static IReadOnlyList<Row> Read(CommandContext context)
    {
        var type = context.Type;
        var bound = NitroSchema.Find(type.BoundType);
        var isGlobal = type.BoundType.EndsWith("global", StringComparison.Ordinal);
        if (context.Request.Name is not { } name)
        {
            if (!isGlobal && !context.Request.Options.BulkBindings)
            {
                throw new NitroError(1095, null, "Name argument required for binding object");
            }

            var all = context.Store.Rows(context.Partition, type.Name);
            return isGlobal && context.Type.Fields.ContainsKey("type") ? all.Where(r => (r.Text("type") ?? "REQ_DEFAULT") == (context.Argument("type")?.ToUpperInvariant() ?? "REQ_DEFAULT")).ToList() : all;
        }

        if (bound is not null && !isGlobal && bound.Has("get-byname") && bound.Name != "sslvserver" && context.Store.Find(context.Partition, bound, name) is null)
        {
            throw NotFound.Of(bound, name);
        }

        var key = KeyOf(type);
        if (IsReverse(type))
        {
            return Reverse(context, type.Name.Split('_')[1], name);
        }

        return context.Store.Rows(context.Partition, type.Name).Where(r => r.Is(key, name)).ToList();
    }

    /// <summary>All kinds of bindings of one object; of every object where <c>bulkbindings</c> asks for it.</summary>
    public static IReadOnlyList<JsonObject> Aggregate(CommandContext context)
    {
        var bound = NitroSchema.Find(context.Type.BoundType);
        var key = bound?.Key ?? "name";
        var isGlobal = context.Type.BoundType.EndsWith("global", StringComparison.Ordinal);
        if (context.Request.Name is { } name)
        {
            if (bound is not null && context.Store.Find(context.Partition, bound, name) is null)
            {
                throw NotFound.Of(bound, name);
            }

            return [Aggregate(context, key, name)];
        }

        if (isGlobal)
        {
            return Aggregate(context, key, null) is { Count: > 0 } all ? [all] : [];
        }

        if (!context.Request.Options.BulkBindings)
        {
            throw new NitroError(1095, null, "Name argument required for binding object");
        }

        return bound is null ? [] : context.Store.Rows(context.Partition, bound.Name).Select(r => Aggregate(context, key, r.Text(key)!)).Where(o => o.Count > 1).ToList();
    }

    private static JsonObject Aggregate(CommandContext context, string key, string? name)
    {
        var prefix = context.Type.BoundType + "_";
        var result = new JsonObject();
        if (name is not null)
        {
            result[key] = name;
        }

        foreach (var kind in NitroSchema.Names.Where(n => n.StartsWith(prefix, StringComparison.Ordinal) && n.EndsWith("_binding", StringComparison.Ordinal) && n != context.Type.Name))
        {
            var type = NitroSchema.Find(kind)!;
            var rows = IsReverse(type) && name is not null ? Reverse(context, type.Name.Split('_')[1], name) : context.Store.Rows(context.Partition, kind).Where(r => name is null || r.Is(KeyOf(type), name)).ToList();
            if (rows.Count > 0)
            {
                result[kind] = new JsonArray(rows.Select(r => (JsonNode)RowWriter.Write(type, r, context.Node.Profile, [])).ToArray());
            }
        }

        if (context.Type.BoundType.EndsWith("policy", StringComparison.Ordinal) && name is not null && Reverse(context, null, name) is { Count: > 0 } places)
        {
            // kinds that have no type of their own are told by the place alone
            result["boundto"] = new JsonArray(places.Select(p => (JsonNode)p.Text("boundto")!).ToArray());
        }

        return result;
    }

    public static NitroReply Run(CommandContext context)
    {
        if (context.Operation is "add" or "update")
        {
            Bind(context);
            return new NitroReply { Status = context.Operation == "add" ? 201 : 200 };
        }

        if (context.Operation != "delete")
        {
            throw new NitroError(1240, context.Operation);
        }

        Unbind(context);
        return new NitroReply();
    }

    private static void Bind(CommandContext context)
    {
        var type = context.Type;
        var key = KeyOf(type);
        var row = context.Arguments.Clone();
        var name = row.Text(key) ?? throw new NitroError(1095, key);
        if (NitroSchema.Find(type.BoundType) is { } bound && bound.Has("get-byname") && bound.Name != "sslvserver" && context.Store.Find(context.Partition, bound, name) is null)
        {
            throw NotFound.Of(bound, name);
        }

        foreach (var field in new[] { "policyname", "policy" }.Where(row.Has))
        {
            CheckPolicy(context, type, row.Text(field)!);
        }

        var rows = context.Store.Rows(context.Partition, type.Name).Where(r => r.Is(key, name) || key is "policyname").ToList();
        if (rows.Any(r => Same(type, key, r, row)))
        {
            throw new NitroError(273);
        }

        if (row.Text("priority") is { } priority && rows.Any(r => r.Is("priority", priority) && (r.Text("type") ?? "") == (row.Text("type") ?? "") && (r.Text("bindpoint") ?? "") == (row.Text("bindpoint") ?? "")))
        {
            throw new NitroError(273, "priority, " + priority);
        }

        context.Store.Add(context.Partition, type.Name, row);
    }

    private static void Unbind(CommandContext context)
    {
        var key = KeyOf(context.Type);
        var name = context.Request.Name ?? context.Argument(key) ?? context.Argument("policyname") ?? throw new NitroError(1095, key);
        var arguments = context.Request.Options.Arguments;
        var row = context.Store.Rows(context.Partition, context.Type.Name).FirstOrDefault(r => r.Is(key, name) && arguments.All(a => !r.Has(a.Name) || r.Is(a.Name, a.Value)))
            ?? throw new NitroError(258, $"{key}, {name}");
        context.Store.Remove(context.Partition, context.Type.Name, r => r == row);
    }

    private static void CheckPolicy(CommandContext context, ResourceType type, string policy)
    {
        var parts = type.Name.Split('_');
        if (NitroSchema.Find(parts[1]) is { } policies && policies.Has("get-byname") && context.Store.Find(context.Partition, policies, policy) is null && parts[1] != "systemcmdpolicy")
        {
            throw NotFound.Of(policies, policy);
        }
    }

    private static bool Same(ResourceType type, string key, Row a, Row b) => a.Is(key, b.Text(key)!) && b.Values.Where(v => !NotIdentity.Contains(v.Key)).All(v => a.Is(v.Key, Row.Plain(v.Value)));

    private static string KeyOf(ResourceType type) => type.Key ?? type.AddArguments.FirstOrDefault(a => a is "name" or "username" or "groupname" or "policyname") ?? "name";

    // policies and certificates tell where they are bound
    private static bool IsReverse(ResourceType type) => !type.Has("add") && (type.BoundType.EndsWith("policy", StringComparison.Ordinal) || type.BoundType == "sslcertkey");

    // where a policy is bound: boundto
    private static List<Row> Reverse(CommandContext context, string? target, string policy)
    {
        var found = new List<Row>();
        foreach (var (_, forward) in context.Store.Kinds.Where(k => k.Partition == context.Partition && k.Type.EndsWith("_" + context.Type.BoundType + "_binding", StringComparison.Ordinal) && (target is null || k.Type.StartsWith(target + "_", StringComparison.Ordinal))).ToList())
        {
            foreach (var row in context.Store.Rows(context.Partition, forward).Where(r => r.Is("policy", policy) || r.Is("policyname", policy) || r.Is("certkeyname", policy)))
            {
                found.Add(context.Type.BoundType == "sslcertkey"
                    ? new Row().Set("certkey", policy).Set("servername", row.Text("vservername"))
                    : new Row().Set("name", policy).Set("boundto", row.Text("name") ?? "GLOBAL").Set("priority", row.Text("priority")));
            }
        }

        return found;
    }
}
