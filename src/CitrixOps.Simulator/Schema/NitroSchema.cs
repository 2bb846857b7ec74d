using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.Json;

namespace CitrixOps.Simulator.Schema;

/// <summary>The resource types and error codes the simulator knows, from the data beside it.</summary>
internal static class NitroSchema
{
    private static readonly Dictionary<string, ResourceType> Types = ReadTypes();
    private static readonly Dictionary<int, string> Messages = ReadMessages();

    public static IEnumerable<string> Names => Types.Keys;

    public static ResourceType? Find(string name) => Types.TryGetValue(name, out var type) ? type : null;

    /// <summary>The message that belongs to a code.</summary>
    public static string Message(int code) => Messages.TryGetValue(code, out var message) ? message : "Internal error";

    private static Dictionary<string, ResourceType> ReadTypes()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("resources.json")!;
        var types = JsonSerializer.Deserialize<Dictionary<string, ResourceType>>(stream)!;
        foreach (var (name, type) in types)
        {
            type.Name = name;
        }

        types["ns"] = new ResourceType { Name = "ns" };
        types["system"] = new ResourceType { Name = "system" };
        return new Dictionary<string, ResourceType>(types, StringComparer.Ordinal);
    }

    private static Dictionary<int, string> ReadMessages()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("codes.tsv")!;
        using var reader = new System.IO.StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('\t'))
            .ToDictionary(p => int.Parse(p[0], System.Globalization.CultureInfo.InvariantCulture), p => p[2].TrimEnd('\r'));
    }
}
