namespace CitrixOps.Mitigations;

/// <summary>How a mitigation stands on a gateway, worst first.</summary>
public enum MitigationStatus
{
    /// <summary>It is made, and has no effect on this build.</summary>
    Ineffective,

    /// <summary>Nothing of it is made.</summary>
    NotApplied,

    /// <summary>Some of it is made, or a step that a person has to do is open.</summary>
    PartlyApplied,

    /// <summary>The build is too old to know the setting.</summary>
    NotKnownToBuild,

    /// <summary>It could not be looked at.</summary>
    Unknown,

    /// <summary>The gateway has nothing it would concern.</summary>
    NotApplicable,

    /// <summary>All of it is made.</summary>
    Applied,
}
