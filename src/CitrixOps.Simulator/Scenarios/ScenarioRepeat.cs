using System.Text.Json.Nodes;

namespace CitrixOps.Simulator.Scenarios;

/// <summary>Many objects from one pattern.</summary>
internal sealed class ScenarioRepeat
{
    public string Type { get; set; } = "";

    public int Count { get; set; }

    public JsonObject Pattern { get; set; } = [];
}
