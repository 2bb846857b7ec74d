using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CitrixOps.Simulator.Schema;
using CitrixOps.Simulator.State;
using CitrixOps.Simulator.Wire;

namespace CitrixOps.Simulator.Commands;

/// <summary>Answers a GET: rows, filter, args, attrs, count, paging, and the shape of singletons.</summary>
internal static class Reading
{
    private static readonly string[] NotPaged = ["systemfile", "auditmessages"];

    public static NitroReply Read(CommandContext context, ISpecialType? special)
    {
        var type = context.Type;
        CheckArguments(context);
        if (special?.Show(context) is { } shown)
        {
            return shown;
        }

        if (type.IsAggregate)
        {
            var objects = BindingCommands.Aggregate(context);
            return objects.Count == 0 ? new NitroReply() : NitroReply.With(type.Name, new JsonArray(objects.ToArray<JsonNode?>()));
        }

        var computed = special?.Read(context);
        if (computed is null && !type.IsBinding && !type.Has("get") && !type.Has("get-byname"))
        {
            throw new NitroError(1240, "get");
        }

        var rows = computed ?? (type.IsBinding ? BindingCommands.Read(context) : Stored(context));
        var complete = rows.Select(r => Complete(context, special, r)).ToList();
        if (type.Singleton)
        {
            return NitroReply.With(type.Name, RowWriter.Write(type, complete.Count > 0 ? complete[0] : new Row(), context.Node.Profile, context.Request.Options.Attributes));
        }

        return Collection(context, Select(context, complete, computed is null));
    }

    private static IReadOnlyList<Row> Stored(CommandContext context)
    {
        if (context.Type.Singleton)
        {
            return [context.Store.Single(context.Partition, context.Type.Name)];
        }

        if (context.Request.Name is { } name)
        {
            return [context.Store.Find(context.Partition, context.Type, name) ?? throw NotFound.Of(context.Type, name)];
        }

        return context.Store.Rows(context.Partition, context.Type.Name);
    }

    private static Row Complete(CommandContext context, ISpecialType? special, Row row)
    {
        var copy = row.Clone();
        if (!context.Type.IsBinding)
        {
            foreach (var (name, field) in context.Type.Fields.Where(f => f.Value.Default is { Length: > 0 } && !copy.Has(f.Key) && f.Key != "state"))
            {
                copy.Set(name, field.Default);
            }
        }

        special?.Complete(context, copy);
        return copy;
    }

    private static List<Row> Select(CommandContext context, List<Row> rows, bool useArguments)
    {
        var options = context.Request.Options;
        IEnumerable<Row> selected = rows;
        foreach (var (name, value) in options.Filters)
        {
            var field = context.Type.FieldName(name) ?? throw new NitroError(1090, name);
            selected = value.Length > 1 && value[0] == '/' && value[^1] == '/'
                ? selected.Where(Matches(field, value[1..^1]))
                : selected.Where(r => r.List(field).Any(v => string.Equals(v, value, StringComparison.OrdinalIgnoreCase)));
        }

        foreach (var (name, value) in options.Arguments)
        {
            if (useArguments && context.Type.FieldName(name) is { } field)
            {
                selected = selected.Where(r => r.Is(field, value));
            }
        }

        return selected.ToList();
    }

    private static void CheckArguments(CommandContext context)
    {
        foreach (var (name, _) in context.Request.Options.Arguments)
        {
            if (context.Type.FieldName(name) is null && !context.Type.GetArguments.Contains(name))
            {
                throw new NitroError(1090, name);
            }
        }
    }

    private static Func<Row, bool> Matches(string field, string pattern)
    {
        Regex expression;
        try
        {
            // without backtracking, so that no pattern of a client keeps the box busy
            expression = new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new NitroError(-1, null, "Invalid filter in query parameters");
        }

        return row => row.List(field).Any(v => expression.IsMatch(v));
    }

    private static NitroReply Collection(CommandContext context, List<Row> rows)
    {
        var options = context.Request.Options;
        var name = context.Type.Name;
        if (options.Count)
        {
            return NitroReply.With(name, new JsonArray(new JsonObject { ["__count"] = context.Node.Profile.Late ? rows.Count : JsonValue.Create(rows.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)) }));
        }

        if (options.PageSize > 0 && !NotPaged.Contains(name))
        {
            rows = rows.Skip((int)Math.Min(int.MaxValue, (options.PageNumber - 1L) * options.PageSize)).Take(options.PageSize).ToList();
        }

        return rows.Count == 0 ? new NitroReply() : NitroReply.With(name, new JsonArray(rows.Select(r => (JsonNode)RowWriter.Write(context.Type, r, context.Node.Profile, options.Attributes)).ToArray()));
    }

    /// <summary>The list of all types.</summary>
    public static NitroReply Types(bool stat) => NitroReply.With(stat ? "statobjects" : "configobjects", new JsonObject { ["objects"] = new JsonArray(NitroSchema.Names.Select(n => (JsonNode)n).ToArray()) });
}
