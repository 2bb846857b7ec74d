namespace CitrixOps.Appliances.Updating;

/// <summary>How an update ended.</summary>
public enum UpdateOutcome
{
    /// <summary>Every node runs the build.</summary>
    Done,

    /// <summary>A check failed; nothing was changed.</summary>
    Refused,

    /// <summary>A step was not confirmed, or -WhatIf: what was not done is left.</summary>
    NotConfirmed,

    /// <summary>A step failed. Run it again to go on from there.</summary>
    Stopped,
}
