namespace CitrixOps.Appliances.Updating;

/// <summary>How a check before an update came out.</summary>
public enum UpdateCheckState
{
    /// <summary>Nothing speaks against it.</summary>
    Passed,

    /// <summary>Worth knowing; the update goes on.</summary>
    Warning,

    /// <summary>The update is refused.</summary>
    Failed,
}
