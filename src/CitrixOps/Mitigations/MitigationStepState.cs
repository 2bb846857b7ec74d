namespace CitrixOps.Mitigations;

/// <summary>How one step of a mitigation stands.</summary>
public enum MitigationStepState
{
    /// <summary>It is made.</summary>
    Done,

    /// <summary>It is not made.</summary>
    Open,

    /// <summary>The build does not know the setting.</summary>
    NotKnownToBuild,

    /// <summary>It could not be looked at.</summary>
    Unknown,
}
