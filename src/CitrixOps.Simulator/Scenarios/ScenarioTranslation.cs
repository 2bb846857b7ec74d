namespace CitrixOps.Simulator.Scenarios;

/// <summary>A device in front of the gateway that gives clients another address.</summary>
internal sealed class ScenarioTranslation
{
    /// <summary>The address they get.</summary>
    public string To { get; set; } = "";

    /// <summary>Whom it hides, as ranges or subnets; nobody named means everybody.</summary>
    public string[] For { get; set; } = [];
}
