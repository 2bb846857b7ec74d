using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using CitrixOps.Simulator.Schema;
using CitrixOps.Simulator.State;

namespace CitrixOps.Simulator.Commands;

/// <summary>Gives rows the types of the wire: most numbers are strings, ports are numbers.</summary>
internal static class RowWriter
{
    public static JsonObject Write(ResourceType type, Row row, VersionProfile profile, IReadOnlyCollection<string> attributes)
    {
        var result = new JsonObject();
        foreach (var (name, value) in row.Values.Where(v => v.Key[0] != '_'))
        {
            if (attributes.Count == 0 || attributes.Contains(name, StringComparer.OrdinalIgnoreCase) || name == type.Key)
            {
                result[name] = type.Fields.TryGetValue(name, out var field) ? Typed(field, value) : value.DeepClone();
            }
        }

        if (attributes.Count == 0 && profile.Late)
        {
            result["_nextgenapiresource"] = "";
        }

        return result;
    }

    private static JsonNode Typed(ResourceField field, JsonNode value)
    {
        if (field.IsArray)
        {
            return value is JsonArray ? value.DeepClone() : new JsonArray(value.DeepClone());
        }

        if (value is not JsonValue)
        {
            return value.DeepClone();
        }

        var text = Row.Plain(value);
        return field.Type switch
        {
            "Integer" when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
            "Boolean" => JsonValue.Create(text is "true" or "True" or "YES"),
            _ => JsonValue.Create(text),
        };
    }
}
