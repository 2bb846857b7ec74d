namespace CitrixOps.Advisories;

/// <summary>How urgent an open vulnerability is on this gateway.</summary>
public enum Priority
{
    /// <summary>Nothing is open.</summary>
    None,

    /// <summary>Open, but the configuration does not meet the condition, or the rating is low.</summary>
    Low,

    /// <summary>Rated below 7.</summary>
    Medium,

    /// <summary>Rated 7 or higher.</summary>
    High,

    /// <summary>Exploited in the wild, or rated 9 or higher.</summary>
    Critical,
}
