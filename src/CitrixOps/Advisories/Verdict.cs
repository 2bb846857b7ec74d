namespace CitrixOps.Advisories;

/// <summary>What a bulletin says about a build, worst first.</summary>
public enum Verdict
{
    /// <summary>The build is below the first fixed build of its branch.</summary>
    Affected,

    /// <summary>The bulletin names the branch as vulnerable and gives no fix in it: move to another branch.</summary>
    AffectedNoFixInBranch,

    /// <summary>The branch was out of support and not assessed: assume that it is vulnerable.</summary>
    EolAssumeAffected,

    /// <summary>The build has the fix, but a setting must be made too and is not, or cannot be seen.</summary>
    FixedConfigurationOpen,

    /// <summary>A fact is missing.</summary>
    Unknown,

    /// <summary>The bulletin does not mention the branch.</summary>
    NotListed,

    /// <summary>The build has the fix.</summary>
    Fixed,

    /// <summary>The branch was first shipped after the bulletin.</summary>
    NotApplicableNewerBranch,

    /// <summary>The bulletin says so, or only other exact builds are concerned.</summary>
    NotAffected,
}
