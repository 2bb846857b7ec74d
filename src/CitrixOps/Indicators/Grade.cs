namespace CitrixOps.Indicators;

/// <summary>What one hit of an indicator proves.</summary>
public enum Grade
{
    /// <summary>One is enough for a verdict of Compromised when its outcome is success.</summary>
    Strong,

    /// <summary>Two independent ones are needed.</summary>
    Supporting,

    /// <summary>A lead (an address, a weak name): never carries a verdict.</summary>
    Pivot,
}
