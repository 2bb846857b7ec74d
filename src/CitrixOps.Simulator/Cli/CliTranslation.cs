using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using CitrixOps.Simulator.Schema;
using CitrixOps.Simulator.State;
using CitrixOps.Simulator.Wire;

namespace CitrixOps.Simulator.Cli;

/// <summary>The command line a request stands for. Command policies are matched against it and the logs carry it.</summary>
internal static class CliTranslation
{
    private static readonly Dictionary<string, string> ActionVerbs = new(StringComparer.OrdinalIgnoreCase) { ["Force"] = "force", ["Switch"] = "switch", ["Import"] = "import", ["Install"] = "install", ["Shutdown"] = "shutdown" };

    public static string Of(NitroRequest request, ResourceType type, JsonObject? item)
    {
        var row = item is null ? new Row() : Row.From(item);
        if (type.IsAggregate && request.Name is { } of)
        {
            return $"show {CliNoun.Of(type.BoundType)} {CliText.Quote(of)}";
        }

        if (request.Name is { } name && type.NameField is { } key)
        {
            row.Set(key, name);
        }

        foreach (var (argument, value) in request.Options.Arguments)
        {
            row.Set(argument, value);
        }

        if (request.IsStat)
        {
            return CliText.Line("stat", type, row);
        }

        return request.Method switch
        {
            "GET" => CliText.Line("show", type, row),
            "PUT" => CliText.Line(type.IsBinding ? "bind" : "set", type, row),
            "DELETE" => CliText.Line(type.IsBinding ? "unbind" : "rm", type, row),
            _ => Post(request.Options.Action, type, row),
        };
    }

    private static string Post(string? action, ResourceType type, Row row)
    {
        switch (type.Name)
        {
            case "reboot" or "shutdown" or "install":
                var text = CliText.Line(type.Name, type, row);
                return text[(type.Name.Length + 1)..];
            case "hafiles":
                return "sync HA files " + string.Join(' ', row.List("mode").DefaultIfEmpty("all"));
            case "nsfeature" or "nsmode":
                return $"{action} {CliNoun.Of(type.Name)} {string.Join(' ', row.List(type.Name[2..]))}";
            case "nsconfig" when string.Equals(action, "save", StringComparison.OrdinalIgnoreCase):
                return row.Flag("all") ? "save ns config -all" : "save ns config";
        }

        if (action is null)
        {
            return CliText.Line(type.IsBinding ? "bind" : "add", type, row);
        }

        var verb = ActionVerbs.TryGetValue(action, out var known) ? known : action.ToLowerInvariant();
        if (verb == "kill" && row.Has("sid"))
        {
            return "kill system session " + row.Text("sid");
        }

        if (type.Name is "service" or "servicegroup" && verb == "disable")
        {
            // NITRO fills in the defaults of what has a place
            var delay = row.Text("delay") ?? "0";
            var graceful = row.Text("graceful") ?? "NO";
            return $"disable {CliNoun.Of(type.Name)} {CliText.Quote(row.Text(type.Key!) ?? "")} {delay} -graceFul {graceful}";
        }

        return CliText.Line(verb, type, row);
    }
}
