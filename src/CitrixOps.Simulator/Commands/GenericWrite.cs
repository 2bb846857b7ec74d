using System;
using System.Linq;
using System.Text.Json.Nodes;
using CitrixOps.Simulator.Schema;
using CitrixOps.Simulator.State;
using CitrixOps.Simulator.Wire;

namespace CitrixOps.Simulator.Commands;

/// <summary>What every type does: add, update, delete, enable, disable, unset, rename.</summary>
internal static class GenericWrite
{
    public static NitroReply Run(CommandContext context)
    {
        switch (context.Operation)
        {
            case "add":
                return Add(context);
            case "update":
                Update(context);
                break;
            case "delete":
                Delete(context);
                break;
            case "enable" or "disable":
                if (!context.Type.Has(context.Operation))
                {
                    throw new NitroError(1240, context.Operation);
                }

                Existing(context).Set("state", context.Operation == "enable" ? "ENABLED" : "DISABLED");
                break;
            case "unset":
                Unset(context);
                break;
            case "rename":
                Rename(context);
                break;
            default:
                throw new NitroError(1240, context.Operation);
        }

        return new NitroReply();
    }

    public static Row Existing(CommandContext context)
    {
        if (context.Type.Singleton)
        {
            return context.Store.Single(context.Partition, context.Type.Name);
        }

        var key = context.Type.NameField ?? throw new NitroError(1240, context.Operation);
        var name = context.Name ?? throw new NitroError(1095, key);
        return context.Store.Find(context.Partition, context.Type, name) ?? throw NotFound.Of(context.Type, name);
    }

    private static NitroReply Add(CommandContext context)
    {
        var type = context.Type;
        if (!type.Has("add") || type.NameField is not { } key)
        {
            throw new NitroError(1240, "add");
        }

        var name = context.Arguments.Text(key) ?? throw new NitroError(1095, key);
        ArgumentCheck.CheckName(type, name);
        foreach (var required in new[] { "servicetype", "rule" }.Where(r => (r == "servicetype" || type.Name.EndsWith("policy", StringComparison.Ordinal)) && type.AddArguments.Contains(r) && type.Fields[r].Default is null && !context.Arguments.Has(r)))
        {
            throw new NitroError(1095, required);
        }

        if (Present(context, type, name) is { } present)
        {
            if (context.Request.Options.Idempotent && context.Arguments.Values.All(v => present.Is(v.Key, Row.Plain(v.Value))))
            {
                return new NitroReply();
            }

            throw new NitroError(273);
        }

        context.Store.Add(context.Partition, type.Name, context.Arguments.Clone());
        return new NitroReply { Status = 201 };
    }

    private static Row? Present(CommandContext context, ResourceType type, string name)
    {
        bool Same(Row row) => type.FurtherKeys.All(k => row.Text(k) is null || context.Arguments.Text(k) is null || row.Is(k, context.Arguments.Text(k)!));
        return context.Store.Find(context.Partition, type, name) is not { } first || Same(first) || type.FurtherKeys.Length == 0
            ? context.Store.Find(context.Partition, type, name)
            : context.Store.Rows(context.Partition, type.Name).FirstOrDefault(r => r.Is(type.NameField!, name) && Same(r));
    }

    private static void Update(CommandContext context)
    {
        if (!context.Type.Has("update"))
        {
            throw new NitroError(1240, "update");
        }

        var row = Existing(context);
        foreach (var (name, value) in context.Arguments.Values)
        {
            row.Set(name, value.DeepClone());
        }
    }

    private static void Delete(CommandContext context)
    {
        var type = context.Type;
        if (!type.Has("delete"))
        {
            throw new NitroError(1240, "delete");
        }

        var key = type.NameField!;
        var name = context.Request.Name ?? context.Argument(key) ?? throw new NitroError(1095, key);
        foreach (var (argument, _) in context.Request.Options.Arguments.Where(a => type.FieldName(a.Name) is null && !type.DeleteArguments.Contains(a.Name)))
        {
            throw new NitroError(1090, argument);
        }

        // objects with the same name differ in their further keys
        var row = context.Store.Rows(context.Partition, type.Name).FirstOrDefault(r => r.Is(key, name) && type.FurtherKeys.All(k => context.Argument(k) is not { } value || r.Text(k) is not { } own || string.Equals(own, value, StringComparison.OrdinalIgnoreCase)))
            ?? throw NotFound.Of(type, name);
        if (ArgumentCheck.References(type.Name).Any(r => context.Store.Rows(context.Partition, r.Type).Any(o => o.Is(r.Field, name))))
        {
            throw new NitroError(1070);
        }

        context.Store.Remove(context.Partition, type.Name, r => r == row);
        foreach (var binding in context.Store.Kinds.Where(k => k.Partition == context.Partition && k.Type.StartsWith(type.Name + "_", StringComparison.Ordinal)).ToList())
        {
            context.Store.Remove(binding.Partition, binding.Type, r => r.Is(key, name));
        }
    }

    private static void Unset(CommandContext context)
    {
        var row = Existing(context);
        foreach (var (name, _) in context.Arguments.Values.Where(v => v.Key != context.Type.NameField).ToList())
        {
            row.Set(name, null);
            row.Set(name + "val", null);
            row.Set(name + "op", null);
        }
    }

    private static void Rename(CommandContext context)
    {
        var key = context.Type.NameField!;
        var row = Existing(context);
        var newName = context.Arguments.Text("newname") ?? throw new NitroError(1095, "newname");
        if (context.Store.Find(context.Partition, context.Type, newName) is not null)
        {
            throw new NitroError(273);
        }

        row.Set(key, JsonValue.Create(newName));
    }
}
