using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CitrixOps.Simulator.Schema;
using CitrixOps.Simulator.State;
using CitrixOps.Simulator.Wire;

namespace CitrixOps.Simulator.Commands;

/// <summary>Checks the arguments of a write against the schema.</summary>
internal static class ArgumentCheck
{
    // the rule of error 1075
    private static readonly Regex Name = new(@"^[A-Za-z0-9_][A-Za-z0-9_#. :@=/+%-]*$", RegexOptions.CultureInvariant);

    public static Row Read(ResourceType type, string operation, JsonObject values, VersionProfile profile)
    {
        var row = new Row();
        foreach (var (given, value) in values)
        {
            var name = type.FieldName(given) is { } known && profile.Knows(type.Name, known) ? known : throw new NitroError(1090, given);
            if (value is not null)
            {
                row.Set(name, Value(type.Fields[name], name, value, operation));
            }
        }

        Allowed(type, operation, row);
        return row;
    }

    private static void Allowed(ResourceType type, string operation, Row row)
    {
        var allowed = operation switch
        {
            "add" => type.AddArguments,
            "update" => type.UpdateArguments.Length > 0 ? type.UpdateArguments : type.AddArguments,
            "enable" or "disable" => type.EnableArguments,
            _ => type.Actions.TryGetValue(operation, out var keys) ? keys : [],
        };
        if (allowed.Length == 0)
        {
            return;
        }

        var keys2 = new[] { type.Key ?? "" }.Concat(type.FurtherKeys).ToArray();
        foreach (var (name, _) in row.Values.Where(v => !allowed.Contains(v.Key, StringComparer.OrdinalIgnoreCase) && !keys2.Contains(v.Key)))
        {
            var field = type.Fields[name];
            if (operation == "add" && name == "state" && !field.ReadOnly)
            {
                continue;
            }

            throw new NitroError(278, name);
        }
    }

    public static void CheckName(ResourceType type, string name)
    {
        if (type.Key is "name" or "aclname" or "acl6name" or "policyname" && !Name.IsMatch(name))
        {
            throw new NitroError(1075, name);
        }
    }

    private static JsonNode Value(ResourceField field, string name, JsonNode value, string operation)
    {
        if (field.IsArray)
        {
            var items = value is JsonArray array ? array.Select(a => a!) : [value];
            return new JsonArray(items.Select(i => (JsonNode)Scalar(field, name, i, operation)).ToArray());
        }

        if (value is JsonArray or JsonObject)
        {
            throw new NitroError(1234, name);
        }

        return Scalar(field, name, value, operation);
    }

    private static JsonValue Scalar(ResourceField field, string name, JsonNode value, string operation)
    {
        if (value is not JsonValue)
        {
            throw new NitroError(1234, name);
        }

        var text = Row.Plain(value);
        if (operation == "unset")
        {
            return JsonValue.Create(text);
        }

        var type = field.Type.Replace("[]", "", StringComparison.Ordinal);
        if (type is "Double" or "Integer")
        {
            return JsonValue.Create(Number(field, name, text == "*" ? "65535" : text));
        }

        if (type == "Boolean")
        {
            return text.ToUpperInvariant() is "TRUE" or "FALSE" or "YES" or "NO" ? JsonValue.Create(text.ToUpperInvariant() is "TRUE" or "YES" ? "true" : "false") : throw new NitroError(1234, name);
        }

        if (value.GetValueKind() is JsonValueKind.True or JsonValueKind.False && field.Values.Length == 0)
        {
            throw new NitroError(1234, name);
        }

        if (field.MaximumLength is { } longest && text.Length > longest)
        {
            throw new NitroError(1106, name);
        }

        if (field.Values.Length > 0)
        {
            return JsonValue.Create(field.Values.FirstOrDefault(v => string.Equals(v, text, StringComparison.OrdinalIgnoreCase)) ?? throw new NitroError(1097, text));
        }

        return JsonValue.Create(text);
    }

    private static string Number(ResourceField field, string name, string text)
    {
        if (!decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number))
        {
            throw new NitroError(1097, text);
        }

        if (field.Maximum is { } most && decimal.TryParse(most, NumberStyles.Number, CultureInfo.InvariantCulture, out var maximum) && number > maximum)
        {
            throw new NitroError(1108, name);
        }

        if (field.Minimum is { } least && decimal.TryParse(least, NumberStyles.Number, CultureInfo.InvariantCulture, out var minimum) && number < minimum)
        {
            throw new NitroError(1109, name);
        }

        return number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The references that keep an object from being removed.</summary>
    public static IEnumerable<(string Type, string Field)> References(string type) => type switch
    {
        "responderpolicy" => [("vpnvserver_responderpolicy_binding", "policy"), ("authenticationvserver_responderpolicy_binding", "policy"), ("lbvserver_responderpolicy_binding", "policyname"), ("csvserver_responderpolicy_binding", "policyname"), ("responderglobal_responderpolicy_binding", "policyname")],
        "responderaction" => [("responderpolicy", "action")],
        "systemcmdpolicy" => [("systemuser_systemcmdpolicy_binding", "policyname")],
        "ipset" => [("vpnvserver", "ipset"), ("lbvserver", "ipset"), ("csvserver", "ipset")],
        "server" => [("service", "servername")],
        "service" => [("lbvserver_service_binding", "servicename")],
        "auditsyslogaction" => [("auditsyslogpolicy", "action")],
        "sslcertkey" => [("sslvserver_sslcertkey_binding", "certkeyname")],
        _ => [],
    };
}
