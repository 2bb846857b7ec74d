namespace CitrixOps.Simulator.Scenarios;

/// <summary>One node of a scenario.</summary>
internal sealed class ScenarioNode
{
    public string Name { get; set; } = "ns01";

    public string Version { get; set; } = "13.1-59.22";

    public string HostName { get; set; } = "";

    public double SkewSeconds { get; set; }

    /// <summary>What public files tell about the build.</summary>
    public uint Stamp { get; set; }

    public string PageHash { get; set; } = "";
}
