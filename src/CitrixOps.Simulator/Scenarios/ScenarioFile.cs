namespace CitrixOps.Simulator.Scenarios;

/// <summary>A file of a node.</summary>
internal sealed class ScenarioFile
{
    public string Path { get; set; } = "";

    public string[] Text { get; set; } = [];

    /// <summary>Bytes of filling, for sizes that matter.</summary>
    public int Size { get; set; }

    public System.DateTimeOffset? Modified { get; set; }

    public bool Unreadable { get; set; }

    /// <summary>The node, by number from 0; without it every node.</summary>
    public int? Node { get; set; }
}
