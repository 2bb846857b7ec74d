using System;
using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.Indicators.Correlating;

/// <summary>Takes away hits of a count that lie so far from others that the count will hardly ever be reached with them.</summary>
internal static class Thinning
{
    // a window with an eighth of what is asked for may yet fill up by logs that come later
    private const int Share = 8;

    /// <summary>Whether hits of a correlation may be taken away: fewer hits can only make it hold less.</summary>
    public static bool Applies(CorrelationRule rule) => rule.Type is CorrelationRule.Kind.EventCount or CorrelationRule.Kind.ValueCount && Least(rule) >= 2;

    /// <summary>Takes them away.</summary>
    /// <param name="rule">The correlation.</param>
    /// <param name="hits">The hits of a group, in the order in which they came.</param>
    /// <typeparam name="T">What the caller wants back for a hit.</typeparam>
    /// <returns>How many were taken.</returns>
    public static int Thin<T>(CorrelationRule rule, List<CorrelationHit<T>> hits)
    {
        var least = Least(rule);
        var times = hits.Select(h => h.Time).OrderBy(t => t).ToArray();
        var crowded = new HashSet<DateTimeOffset>();
        var (end, marked) = (0, 0);
        for (var start = 0; start < times.Length; start++)
        {
            while (end < times.Length && times[end] - times[start] <= rule.Timespan)
            {
                end++;
            }

            for (marked = Math.Max(marked, start); end - start >= least && marked < end; marked++)
            {
                crowded.Add(times[marked]);
            }
        }

        return hits.RemoveAll(h => !crowded.Contains(h.Time));
    }

    private static long Least(CorrelationRule rule) => rule.Limits.Count > 0 && rule.Limits.All(l => l.Operator is "gt" or "gte")
        ? (long)Math.Min(long.MaxValue, rule.Limits.Max(l => l.Number)) / Share
        : 0;
}
