namespace CitrixOps.Investigation;

/// <summary>Whether a log covers a window.</summary>
public enum CoverageAnswer
{
    /// <summary>It cannot be told.</summary>
    Unknown,

    /// <summary>The whole window is covered.</summary>
    True,

    /// <summary>Some part of the window is not covered.</summary>
    False,
}
