namespace CitrixOps.Advisories;

/// <summary>Whether the configuration meets a vulnerability's condition.</summary>
public enum ConditionAnswer
{
    /// <summary>It cannot be told from what was given.</summary>
    Unknown,

    /// <summary>It does.</summary>
    True,

    /// <summary>It does not: lowers the priority, never changes the verdict on the build.</summary>
    False,
}
