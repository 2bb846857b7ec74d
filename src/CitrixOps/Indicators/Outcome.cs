namespace CitrixOps.Indicators;

/// <summary>What a hit shows.</summary>
public enum Outcome
{
    /// <summary>Somebody tried; nothing says it worked.</summary>
    Attempt,

    /// <summary>It worked.</summary>
    Success,

    /// <summary>It adds weight to other findings.</summary>
    Supporting,
}
