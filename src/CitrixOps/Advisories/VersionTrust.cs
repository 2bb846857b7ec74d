namespace CitrixOps.Advisories;

/// <summary>How far the version can be relied on, best first.</summary>
public enum VersionTrust
{
    /// <summary>The appliance says what runs.</summary>
    Running,

    /// <summary>The caller says so.</summary>
    Stated,

    /// <summary>What the boot loader would start.</summary>
    NextBoot,

    /// <summary>The build that last saved the configuration: an upgrade since would not show.</summary>
    Saved,

    /// <summary>Inferred from public files.</summary>
    Inferred,

    /// <summary>No version was found.</summary>
    None,
}
