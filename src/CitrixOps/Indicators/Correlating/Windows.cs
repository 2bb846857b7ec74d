using System;
using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.Indicators.Correlating;

/// <summary>The windows of one group in which a correlation holds, in order of time, none overlapping another.</summary>
internal static class Windows
{
    /// <summary>Finds them.</summary>
    /// <param name="rule">The correlation.</param>
    /// <param name="hits">The hits of the group, in order of time.</param>
    /// <typeparam name="T">What the caller wants back for a hit.</typeparam>
    public static IEnumerable<IReadOnlyList<CorrelationHit<T>>> Of<T>(CorrelationRule rule, IReadOnlyList<CorrelationHit<T>> hits) =>
        rule.Type == CorrelationRule.Kind.TemporalOrdered ? Ordered(rule, hits) : Sliding(rule, hits);

    private static IEnumerable<IReadOnlyList<CorrelationHit<T>>> Sliding<T>(CorrelationRule rule, IReadOnlyList<CorrelationHit<T>> hits)
    {
        var tally = new WindowTally<T>(rule);
        var end = 0;
        for (var start = 0; start < hits.Count; start++)
        {
            while (end < hits.Count && hits[end].Time - hits[start].Time <= rule.Timespan)
            {
                tally.Add(hits[end++]);
            }

            if (!tally.IsFulfilled())
            {
                tally.Remove(hits[start]);
                continue;
            }

            var window = new List<CorrelationHit<T>>();
            for (var i = start; i < end; i++)
            {
                window.Add(hits[i]);
                tally.Remove(hits[i]);
            }

            yield return window;
            start = end - 1;
        }
    }

    // of the chains that end in each rule the one that began last: whether a chain fits into the window depends on its first hit only
    private static IEnumerable<IReadOnlyList<CorrelationHit<T>>> Ordered<T>(CorrelationRule rule, IReadOnlyList<CorrelationHit<T>> hits)
    {
        var chains = new Chain<T>?[rule.Rules.Count];
        for (var at = 0; at < hits.Count;)
        {
            // logs write whole seconds: within one, hits of different logs may have happened in any order
            var next = at;
            while (next < hits.Count && hits[next].Time == hits[at].Time)
            {
                next++;
            }

            var whole = Lengthen(rule, hits, at, next, chains);
            if (whole is not null)
            {
                yield return whole.Hits();
                Array.Clear(chains, 0, chains.Length);
            }

            at = next;
        }
    }

    private static Chain<T>? Lengthen<T>(CorrelationRule rule, IReadOnlyList<CorrelationHit<T>> hits, int from, int to, Chain<T>?[] chains)
    {
        Chain<T>? whole = null;
        var passes = to - from > 1 ? rule.Rules.Count : 1;
        for (var pass = 0; pass < passes && whole is null; pass++)
        {
            for (var i = from; i < to && whole is null; i++)
            {
                // the last rule first: a hit is no step after itself
                for (var step = rule.Rules.Count - 1; step >= 0; step--)
                {
                    if (hits[i].Is(rule.Rules[step]) && Chain<T>.After(step == 0 ? null : chains[step - 1], hits[i], first: step == 0) is { } chain && (chains[step] is not { } known || chain.Start >= known.Start))
                    {
                        chains[step] = chain;
                        whole ??= step == rule.Rules.Count - 1 && hits[i].Time - chain.Start <= rule.Timespan ? chain : null;
                    }
                }
            }
        }

        return whole;
    }

    private sealed record Chain<T>(Chain<T>? Before, CorrelationHit<T> Last, DateTimeOffset Start)
    {
        public static Chain<T>? After(Chain<T>? before, CorrelationHit<T> hit, bool first)
        {
            if (first)
            {
                return new Chain<T>(null, hit, hit.Time);
            }

            if (before is null || before.Last.Time > hit.Time || before.Holds(hit) || (before.Last.Time == hit.Time && before.Last.Order > hit.Order && string.Equals(before.Last.Origin, hit.Origin, StringComparison.Ordinal)))
            {
                return null;
            }

            return new Chain<T>(before, hit, before.Start);
        }

        public IReadOnlyList<CorrelationHit<T>> Hits()
        {
            var hits = new List<CorrelationHit<T>>();
            for (var chain = this; chain is not null; chain = chain.Before)
            {
                hits.Add(chain.Last);
            }

            return Enumerable.Reverse(hits).ToArray();
        }

        private bool Holds(CorrelationHit<T> hit) => ReferenceEquals(Last, hit) || (Before?.Holds(hit) ?? false);
    }
}
