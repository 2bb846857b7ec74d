#if NET
using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CitrixOps.Indicators.Matching.Filtering;

/// <summary>
/// Finds short literals with vectors: the literals are spread over eight buckets, and two tables for each of their first three bytes
/// tell for every position which buckets are still possible there (the Teddy algorithm of Hyperscan). Case aside.
/// </summary>
internal sealed class ShortScan : IScan
{
    private const int Buckets = 8;
    private const int Positions = 3;

    private readonly Literal[][] _buckets;

    // for each position the buckets by low and by high half of the byte
    private readonly Vector128<byte>[] _low = new Vector128<byte>[Positions];
    private readonly Vector128<byte>[] _high = new Vector128<byte>[Positions];
    private readonly int _width;

    /// <param name="literals">The literals, of any length but 0.</param>
    /// <param name="width">The width of the vectors in bits.</param>
    public ShortScan(IEnumerable<Literal> literals, int width)
    {
        _width = width;

        // neighbours in the alphabet share their first bytes, so that a bucket is asked about few of them
        var ordered = literals.OrderBy(l => l.Text, StringComparer.Ordinal).ToArray();
        _buckets = Enumerable.Range(0, Buckets).Select(b => ordered.Where((_, i) => i * Buckets / ordered.Length == b).ToArray()).ToArray();
        for (var position = 0; position < Positions; position++)
        {
            var low = new byte[16];
            var high = new byte[16];
            for (var bucket = 0; bucket < Buckets; bucket++)
            {
                foreach (var value in _buckets[bucket].SelectMany(l => Bytes(l, position)).Distinct())
                {
                    low[value & 15] |= (byte)(1 << bucket);
                    high[value >> 4] |= (byte)(1 << bucket);
                }
            }

            _low[position] = Vector128.Create(low);
            _high[position] = Vector128.Create(high);
        }
    }

    public int Next(ReadOnlySpan<byte> data, int from)
    {
        while (from < data.Length)
        {
            var rest = data.Length - from;
            var found = rest < (_width / 8) + Positions - 1 ? Tail(data, ref from) : _width switch
            {
                512 => Next512(data, ref from),
                256 => Next256(data, ref from),
                _ => Next128(data, ref from),
            };
            if (found)
            {
                return from;
            }
        }

        return -1;
    }

    // the end is copied before zeros, that the same code may look at it
    private bool Tail(ReadOnlySpan<byte> data, ref int from)
    {
        Span<byte> copy = stackalloc byte[3 * 64];
        copy.Clear();
        var rest = data.Slice(from);
        rest.CopyTo(copy);
        for (var at = 0; at < rest.Length; at += 16)
        {
            var possible = (ulong)Possible128(copy, at);
            if (First(data, from + at, possible, out var position))
            {
                from = position;
                return true;
            }
        }

        from = data.Length;
        return false;
    }

    private bool Next512(ReadOnlySpan<byte> data, ref int from)
    {
        var (l0, l1, l2) = (Wide(_low[0]), Wide(_low[1]), Wide(_low[2]));
        var (h0, h1, h2) = (Wide(_high[0]), Wide(_high[1]), Wide(_high[2]));
        var mask = Vector512.Create((byte)15);
        for (; from <= data.Length - 64 - Positions + 1; from += 64)
        {
            var v0 = Vector512.Create(data.Slice(from, 64));
            var v1 = Vector512.Create(data.Slice(from + 1, 64));
            var v2 = Vector512.Create(data.Slice(from + 2, 64));
            var buckets = Avx512BW.Shuffle(l0, v0 & mask) & Avx512BW.Shuffle(h0, (v0.AsUInt16() >>> 4).AsByte() & mask)
                & Avx512BW.Shuffle(l1, v1 & mask) & Avx512BW.Shuffle(h1, (v1.AsUInt16() >>> 4).AsByte() & mask)
                & Avx512BW.Shuffle(l2, v2 & mask) & Avx512BW.Shuffle(h2, (v2.AsUInt16() >>> 4).AsByte() & mask);
            if (buckets != Vector512<byte>.Zero && First(data, from, ~Vector512.Equals(buckets, Vector512<byte>.Zero).ExtractMostSignificantBits(), out var position))
            {
                from = position;
                return true;
            }
        }

        return false;
    }

    private bool Next256(ReadOnlySpan<byte> data, ref int from)
    {
        var (l0, l1, l2) = (Twice(_low[0]), Twice(_low[1]), Twice(_low[2]));
        var (h0, h1, h2) = (Twice(_high[0]), Twice(_high[1]), Twice(_high[2]));
        var mask = Vector256.Create((byte)15);
        for (; from <= data.Length - 32 - Positions + 1; from += 32)
        {
            var v0 = Vector256.Create(data.Slice(from, 32));
            var v1 = Vector256.Create(data.Slice(from + 1, 32));
            var v2 = Vector256.Create(data.Slice(from + 2, 32));
            var buckets = Avx2.Shuffle(l0, v0 & mask) & Avx2.Shuffle(h0, (v0.AsUInt16() >>> 4).AsByte() & mask)
                & Avx2.Shuffle(l1, v1 & mask) & Avx2.Shuffle(h1, (v1.AsUInt16() >>> 4).AsByte() & mask)
                & Avx2.Shuffle(l2, v2 & mask) & Avx2.Shuffle(h2, (v2.AsUInt16() >>> 4).AsByte() & mask);
            if (buckets != Vector256<byte>.Zero && First(data, from, ~Vector256.Equals(buckets, Vector256<byte>.Zero).ExtractMostSignificantBits(), out var position))
            {
                from = position;
                return true;
            }
        }

        return false;
    }

    private bool Next128(ReadOnlySpan<byte> data, ref int from)
    {
        for (; from <= data.Length - 16 - Positions + 1; from += 16)
        {
            if (Possible128(data, from) is var possible and not 0 && First(data, from, possible, out var position))
            {
                from = position;
                return true;
            }
        }

        return false;
    }

    // works on any machine with vectors, also Arm
    private uint Possible128(ReadOnlySpan<byte> data, int at)
    {
        var mask = Vector128.Create((byte)15);
        var buckets = Vector128<byte>.AllBitsSet;
        for (var position = 0; position < Positions; position++)
        {
            var v = Vector128.Create(data.Slice(at + position, 16));
            buckets &= Vector128.ShuffleNative(_low[position], v & mask) & Vector128.ShuffleNative(_high[position], (v.AsUInt16() >>> 4).AsByte() & mask);
        }

        return ~Vector128.Equals(buckets, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xffff;
    }

    private bool First(ReadOnlySpan<byte> data, int at, ulong possible, out int position)
    {
        for (; possible != 0; possible &= possible - 1)
        {
            position = at + BitOperations.TrailingZeroCount(possible);
            if (Stands(data, position))
            {
                return true;
            }
        }

        position = -1;
        return false;
    }

    private bool Stands(ReadOnlySpan<byte> data, int position)
    {
        if (position >= data.Length)
        {
            return false;
        }

        for (var buckets = BucketsAt(data, position, 0) & BucketsAt(data, position, 1) & BucketsAt(data, position, 2); buckets != 0; buckets &= buckets - 1)
        {
            foreach (var literal in _buckets[BitOperations.TrailingZeroCount(buckets)])
            {
                if (literal.At(data, position))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private int BucketsAt(ReadOnlySpan<byte> data, int position, int offset)
    {
        var value = position + offset < data.Length ? data[position + offset] : 0;
        return _low[offset][value & 15] & _high[offset][value >> 4];
    }

    private static IEnumerable<byte> Bytes(Literal literal, int position)
    {
        if (position >= literal.Length)
        {
            return Enumerable.Range(0, 256).Select(i => (byte)i);
        }

        var lower = literal[position];
        return lower is >= (byte)'a' and <= (byte)'z' ? [lower, (byte)(lower - 32)] : [lower];
    }

    private static Vector256<byte> Twice(Vector128<byte> table) => Vector256.Create(table, table);

    private static Vector512<byte> Wide(Vector128<byte> table) => Vector512.Create(Twice(table), Twice(table));
}
#endif
