#if NET
using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Runtime.CompilerServices;
using CitrixOps.Polyfills;

namespace CitrixOps.Indicators.Matching.Filtering.Vectors;

/// <summary>
/// Spreads pieces of literals over a few buckets: a bucket stands for every text that has at each place a byte of one of its pieces, so
/// pieces come together that let least of ordinary text through.
/// </summary>
internal static class ClassBuckets
{
    /// <summary>Spreads them.</summary>
    /// <param name="pieces">The pieces, lower case, all of one length.</param>
    /// <param name="most">How many buckets there may be.</param>
    /// <returns>For each bucket the indices of its pieces.</returns>
    [MethodImpl(Jit.AtOnce)]
    public static List<List<int>> Of(string[] pieces, int most)
    {
        var buckets = pieces.Select((_, i) => new List<int> { i }).ToList();
        var classes = pieces.Select(p => p.Select(c => UInt128.One << (c & 127)).ToArray()).ToList();
        var shares = classes.ConvertAll(c => Share(c, c));

        // what each would let through more, together with its best partner after it
        var best = buckets.Select((_, i) => Best(classes, shares, i)).ToList();
        while (buckets.Count > most)
        {
            var one = 0;
            for (var i = 1; i < best.Count - 1; i++)
            {
                one = best[i].More < best[one].More ? i : one;
            }

            var other = best[one].Partner;
            buckets[one].AddRange(buckets[other]);
            classes[one] = classes[one].Zip(classes[other], (a, b) => a | b).ToArray();
            shares[one] = Share(classes[one], classes[one]);
            buckets.RemoveAt(other);
            classes.RemoveAt(other);
            shares.RemoveAt(other);
            best.RemoveAt(other);
            for (var i = 0; i < best.Count; i++)
            {
                var partner = best[i].Partner;
                if (i == one || partner == one || partner == other)
                {
                    best[i] = Best(classes, shares, i);
                    continue;
                }

                best[i] = (best[i].More, partner > other ? partner - 1 : partner);
                if (i < one && More(classes, shares, i, one) is var more && more < best[i].More)
                {
                    best[i] = (more, one);
                }
            }
        }

        return buckets;
    }

    private static (double More, int Partner) Best(List<UInt128[]> classes, List<double> shares, int one)
    {
        var (least, partner) = (double.MaxValue, -1);
        for (var other = one + 1; other < classes.Count; other++)
        {
            var more = More(classes, shares, one, other);
            (least, partner) = more < least ? (more, other) : (least, partner);
        }

        return (least, partner);
    }

    private static double More(List<UInt128[]> classes, List<double> shares, int one, int other) => Share(classes[one], classes[other]) - shares[one] - shares[other];

    // the share of places in ordinary text at which both together let through what stands there
    private static double Share(UInt128[] one, UInt128[] other)
    {
        var share = 1.0;
        for (var i = 0; i < one.Length; i++)
        {
            var (low, high) = ((ulong)(one[i] | other[i]), (ulong)((one[i] | other[i]) >> 64));
            var sum = 0.0;
            for (; low != 0; low &= low - 1)
            {
                sum += OrdinaryText.Share(BitOperations.TrailingZeroCount(low));
            }

            for (; high != 0; high &= high - 1)
            {
                sum += OrdinaryText.Share(64 + BitOperations.TrailingZeroCount(high));
            }

            share *= sum;
        }

        return share;
    }
}
#endif
