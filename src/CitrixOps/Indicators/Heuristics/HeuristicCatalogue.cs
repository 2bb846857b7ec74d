using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.Indicators.Heuristics;

/// <summary>Every heuristic that is built in, once.</summary>
public static class HeuristicCatalogue
{
    /// <summary>The heuristics.</summary>
    public static IReadOnlyList<Heuristic> All { get; } = SessionHeuristics.All.Concat(TraceHeuristics.All).ToArray();
}
