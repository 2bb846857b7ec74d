using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace CitrixOps.Simulator.Scenarios;

/// <summary>A scenario as its folder describes it.</summary>
internal sealed class Scenario
{
    private static readonly JsonSerializerOptions Format = new() { PropertyNameCaseInsensitive = true, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, Converters = { new JsonStringEnumConverter() } };

    public string Title { get; set; } = "";

    /// <summary>The instant at which the scenario starts; without it the machine's time.</summary>
    public DateTimeOffset? Start { get; set; }

    public int Seed { get; set; } = 1;

    public string OutsideAddress { get; set; } = "198.51.100.7";

    public string InsideAddress { get; set; } = "10.20.30.40";

    /// <summary>What hides clients in front of the gateway.</summary>
    public ScenarioTranslation? Translation { get; set; }

    public List<ScenarioNode> Nodes { get; set; } = [];

    /// <summary>Objects by type, as NITRO takes them; a type of another partition is <c>partition/type</c>.</summary>
    public Dictionary<string, List<JsonObject>> Configuration { get; set; } = [];

    /// <summary>Objects made in numbers: <c>{n}</c> in a text is the number, <c>{b}</c> and <c>{c}</c> the last bytes of an address.</summary>
    public List<ScenarioRepeat> Repeat { get; set; } = [];

    public List<ScenarioSession> Sessions { get; set; } = [];

    public List<ScenarioFile> Files { get; set; } = [];

    public List<ScenarioLog> Logs { get; set; } = [];

    /// <summary>True where somebody changed the configuration and did not save it.</summary>
    public bool Unsaved { get; set; }

    public static string DefaultFolder => Path.Combine(AppContext.BaseDirectory, "Scenarios");

    public static IReadOnlyList<string> Names(string? folder = null) => Directory.GetDirectories(folder ?? DefaultFolder).Where(d => File.Exists(Path.Combine(d, "scenario.json"))).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal).ToList();

    public static Scenario Load(string name, string? folder = null)
    {
        if (!Names(folder).Contains(name))
        {
            throw new ArgumentException($"There is no scenario '{name}'. There are: {string.Join(", ", Names(folder))}.");
        }

        return Read(name, folder ?? DefaultFolder).Deserialize<Scenario>(Format)!;
    }

    // a scenario can be another one with some of its properties replaced, and with objects added to its configuration
    private static JsonObject Read(string name, string folder)
    {
        var node = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, name, "scenario.json")), documentOptions: new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip })!.AsObject();
        if ((string?)node["base"] is not { } parent)
        {
            return node;
        }

        var basis = Read(parent, folder);
        foreach (var (property, value) in node.Where(p => p.Key is not ("base" or "also")))
        {
            basis[property] = value?.DeepClone();
        }

        foreach (var (type, rows) in node["also"]?.AsObject() ?? [])
        {
            var configuration = basis["configuration"]!.AsObject();
            configuration[type] = new JsonArray((configuration[type]?.AsArray() ?? []).Concat(rows!.AsArray()).Select(r => r!.DeepClone()).ToArray());
        }

        return basis;
    }
}
