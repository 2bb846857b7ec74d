using CitrixOps.Simulator.State;

namespace CitrixOps.Simulator.Scenarios;

/// <summary>Sessions of users.</summary>
internal sealed class ScenarioSession
{
    public UserSessionKind Kind { get; set; }

    public string User { get; set; } = "";

    public string Source { get; set; } = "198.51.100.7";

    public string Vserver { get; set; } = "";

    public int Count { get; set; } = 1;
}
