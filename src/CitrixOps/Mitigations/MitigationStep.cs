namespace CitrixOps.Mitigations;

/// <summary>One step of a mitigation on a gateway.</summary>
public sealed record MitigationStep
{
    /// <summary>Its identifier within the mitigation.</summary>
    public string Id { get; init; } = "";

    /// <summary>What it does.</summary>
    public string Text { get; init; } = "";

    /// <summary>The node or the partition it is about; empty for the gateway.</summary>
    public string Where { get; init; } = "";

    /// <summary>The object it is about, or empty.</summary>
    public string Target { get; init; } = "";

    /// <summary>How it stands.</summary>
    public MitigationStepState State { get; init; }

    /// <summary>What was found.</summary>
    public string Detail { get; init; } = "";

    /// <summary>The command line that makes it.</summary>
    public string Command { get; init; } = "";

    /// <summary>The command lines with which a person takes it back, or empty.</summary>
    public string UndoCommand { get; init; } = "";

    /// <summary>True where a person has to do it.</summary>
    public bool IsManual { get; init; }

    /// <summary>False for what has to be there and is no part of the mitigation, such as a feature.</summary>
    internal bool Counts { get; init; } = true;

    /// <summary>What would be changed, or null.</summary>
    internal MitigationChange? Change { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{State} {Id} {Target}".TrimEnd();
}
