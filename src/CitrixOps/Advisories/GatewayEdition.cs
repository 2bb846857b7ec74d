namespace CitrixOps.Advisories;

/// <summary>The edition of a build: the validated editions have build numbers and fixes of their own.</summary>
public enum GatewayEdition
{
    /// <summary>It cannot be told: the number is used by more than one edition.</summary>
    Unknown,

    /// <summary>The ordinary edition.</summary>
    Regular,

    /// <summary>The FIPS edition.</summary>
    Fips,

    /// <summary>The NDcPP edition.</summary>
    Ndcpp,

    /// <summary>FIPS or NDcPP: their build numbers are the same.</summary>
    FipsOrNdcpp,
}
