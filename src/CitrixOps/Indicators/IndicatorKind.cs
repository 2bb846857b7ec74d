namespace CitrixOps.Indicators;

/// <summary>What an indicator looks at.</summary>
public enum IndicatorKind
{
    /// <summary>Lines of a log.</summary>
    Log,

    /// <summary>Hits of several log rules together.</summary>
    Correlation,

    /// <summary>Files of the appliance.</summary>
    File,

    /// <summary>Many records together, by a built-in conclusion.</summary>
    Heuristic,
}
