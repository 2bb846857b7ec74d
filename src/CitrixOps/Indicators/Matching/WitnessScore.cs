using System.Collections.Generic;

namespace CitrixOps.Indicators.Matching;

/// <summary>How well a set of literals keeps ordinary lines out.</summary>
internal static class WitnessScore
{
    /// <summary>The higher the fewer lines hold one of them.</summary>
    public static double Of(IReadOnlyList<string> literals) => -OrdinaryText.PerThousand(literals);
}
