namespace CitrixOps.Advisories;

/// <summary>The kinds of steps around an update, in the order in which they are taken.</summary>
public enum PatchStepKind
{
    /// <summary>Keep traces before anything is changed.</summary>
    Evidence,

    /// <summary>Install a build.</summary>
    Update,

    /// <summary>Start the build that was installed.</summary>
    Restart,

    /// <summary>Make a setting that the fix needs as well.</summary>
    Configuration,

    /// <summary>End sessions that outlive the update.</summary>
    Sessions,

    /// <summary>Replace secrets that the appliance knew.</summary>
    Secrets,

    /// <summary>What a bulletin asks for besides.</summary>
    Other,
}
