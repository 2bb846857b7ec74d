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

    /// <summary>The times of the hits of a group that are not taken away.</summary>
    /// <param name="rule">The correlation.</param>
    /// <param name="hits">The times of its hits, in the order in which they came.</param>
    public static HashSet<DateTimeOffset> Crowded(CorrelationRule rule, List<DateTimeOffset> hits)
    {
        var least = Least(rule);
        var crowded = new HashSet<DateTimeOffset>();
        if (hits.Count < least)
        {
            return crowded;
        }

        var times = hits.OrderBy(t => t).ToArray();
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

        return crowded;
    }

    /// <summary>With how few hits a group can hold at all.</summary>
    public static int Fewest(CorrelationRule rule) => rule.Type is CorrelationRule.Kind.EventCount or CorrelationRule.Kind.ValueCount && rule.Limits.Count > 0 && rule.Limits.All(l => l.Operator is "gt" or "gte")
        ? (int)Math.Min(int.MaxValue, Math.Ceiling(rule.Limits.Max(l => l.Number)))
        : 0;

    private static long Least(CorrelationRule rule) => rule.Limits.Count > 0 && rule.Limits.All(l => l.Operator is "gt" or "gte")
        ? (long)Math.Min(long.MaxValue, rule.Limits.Max(l => l.Number)) / Share
        : 0;
}
