namespace CitrixOps.Advisories;

/// <summary>The state of a node, worst first.</summary>
public enum PatchStatus
{
    /// <summary>Vulnerable, and the branch gets no more fixes.</summary>
    EndOfLifeVulnerable,

    /// <summary>At least one known vulnerability is open.</summary>
    Vulnerable,

    /// <summary>The build has every known fix; a setting is still to be made.</summary>
    FixedConfigurationOpen,

    /// <summary>The build is newer than any the catalogue knows: it cannot say what is open.</summary>
    NewerThanCatalogue,

    /// <summary>The version could not be told, or a fact is missing.</summary>
    Unknown,

    /// <summary>Nothing is known to be open as of the catalogue's date. Never read it as current.</summary>
    NothingKnown,
}
