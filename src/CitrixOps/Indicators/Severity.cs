namespace CitrixOps.Indicators;

/// <summary>How much attention a finding deserves, lowest first.</summary>
public enum Severity
{
    /// <summary>For the record.</summary>
    Informational,

    /// <summary>Ordinary background of the internet.</summary>
    Low,

    /// <summary>Look at it.</summary>
    Medium,

    /// <summary>Look at it now.</summary>
    High,

    /// <summary>Act now.</summary>
    Critical,
}
