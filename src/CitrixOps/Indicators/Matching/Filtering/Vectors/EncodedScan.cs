#if NET
using System;
using System.Numerics;
using System.Runtime.Intrinsics;

namespace CitrixOps.Indicators.Matching.Filtering.Vectors;

/// <summary>
/// Finds the places at which a request may be written otherwise than in plain (<see cref="EncodedForms"/>): percent signs, backslashes,
/// semicolons that no blank follows, and slashes before a slash or a dot.
/// </summary>
internal sealed class EncodedScan : IScan
{
    public void Mark(ReadOnlySpan<byte> data, RuleSelection found)
    {
        // no rule rests on it
    }

    public int Next(ReadOnlySpan<byte> data, int from)
    {
        if (from < data.Length && EncodedForms.StandsAt(data, from))
        {
            return from;
        }

        // one byte before and after each vector is looked at, so the first and the last few bytes are looked at one by one
        var i = from + 1;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= data.Length - 33; i += 32)
            {
                if (Possible256(data, i) is var possible and not 0 && First(data, i, possible, out var position))
                {
                    return position;
                }
            }
        }
        else
        {
            for (; i <= data.Length - 17; i += 16)
            {
                if (Possible128(data, i) is var possible and not 0 && First(data, i, possible, out var position))
                {
                    return position;
                }
            }
        }

        for (; i < data.Length; i++)
        {
            if (EncodedForms.StandsAt(data, i))
            {
                return i;
            }
        }

        return -1;
    }

    private static uint Possible256(ReadOnlySpan<byte> data, int i)
    {
        var here = Vector256.Create(data.Slice(i, 32));
        var next = Vector256.Create(data.Slice(i + 1, 32));
        var before = Vector256.Create(data.Slice(i - 1, 32));
        var slash = Vector256.Equals(here, Vector256.Create((byte)'/'))
            & (Vector256.AndNot(Vector256.Equals(next, Vector256.Create((byte)'/')), Vector256.Equals(before, Vector256.Create((byte)':'))) | Vector256.Equals(next, Vector256.Create((byte)'.')));
        var semicolon = Vector256.AndNot(Vector256.Equals(here, Vector256.Create((byte)';')), Vector256.Equals(next, Vector256.Create((byte)' ')));
        return (slash | semicolon | Vector256.Equals(here, Vector256.Create((byte)'%')) | Vector256.Equals(here, Vector256.Create((byte)'\\'))).ExtractMostSignificantBits();
    }

    private static uint Possible128(ReadOnlySpan<byte> data, int i)
    {
        var here = Vector128.Create(data.Slice(i, 16));
        var next = Vector128.Create(data.Slice(i + 1, 16));
        var before = Vector128.Create(data.Slice(i - 1, 16));
        var slash = Vector128.Equals(here, Vector128.Create((byte)'/'))
            & (Vector128.AndNot(Vector128.Equals(next, Vector128.Create((byte)'/')), Vector128.Equals(before, Vector128.Create((byte)':'))) | Vector128.Equals(next, Vector128.Create((byte)'.')));
        var semicolon = Vector128.AndNot(Vector128.Equals(here, Vector128.Create((byte)';')), Vector128.Equals(next, Vector128.Create((byte)' ')));
        return (slash | semicolon | Vector128.Equals(here, Vector128.Create((byte)'%')) | Vector128.Equals(here, Vector128.Create((byte)'\\'))).ExtractMostSignificantBits();
    }

    private static bool First(ReadOnlySpan<byte> data, int at, ulong possible, out int position)
    {
        for (; possible != 0; possible &= possible - 1)
        {
            position = at + BitOperations.TrailingZeroCount(possible);
            if (EncodedForms.StandsAt(data, position))
            {
                return true;
            }
        }

        position = -1;
        return false;
    }
}
#endif
