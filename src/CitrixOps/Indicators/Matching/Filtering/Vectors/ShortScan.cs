#if NET
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CitrixOps.Indicators.Matching.Filtering.Vectors;

/// <summary>
/// Finds short literals with vectors: the literals are spread over eight buckets, and two tables for each of four of their bytes
/// tell for every position which buckets are still possible there (the Teddy algorithm of Hyperscan). Case aside.
/// </summary>
internal sealed class ShortScan : IScan
{
    private const int Buckets = 8;
    private const int Positions = 4;
    private const byte Fold = 0x20;
    private const int GramBits = 14;

    private readonly (Literal Literal, int Offset)[][] _buckets;

    // for each position the buckets by low and by high half of the folded byte
    private readonly Vector128<byte>[] _low = new Vector128<byte>[Positions];
    private readonly Vector128<byte>[] _high = new Vector128<byte>[Positions];
    private readonly int _width;

    // which four bytes can be those of a literal, by hash; and the literals that have not four
    private readonly ulong[] _grams = new ulong[1 << (GramBits - 6)];
    private readonly bool[] _open = new bool[256];

    /// <param name="literals">The literals, of any length but 0.</param>
    /// <param name="width">The width of the vectors in bits.</param>
    public ShortScan(IReadOnlyList<Literal> literals, int width)
    {
        _width = width;

        // the shortest leave a position open and would open it for others; of the rest neighbours in the alphabet share their first bytes
        var open = literals.Where(l => l.Length < Positions).Select(l => (l, 0)).ToArray();
        var ordered = literals.Where(l => l.Length >= Positions).Select(l => (Literal: l, Offset: Rarest(l))).OrderBy(l => l.Literal.Text.Substring(l.Offset), StringComparer.Ordinal).ToArray();
        var rest = open.Length > 0 ? Buckets - 1 : Buckets;
        _buckets = Enumerable.Range(0, Buckets).Select(b => b == rest ? open : ordered.Where((_, i) => i * rest / ordered.Length == b).ToArray()).ToArray();
        foreach (var (literal, _) in open)
        {
            _open[literal[0] | Fold] = true;
        }

        foreach (var (literal, offset) in ordered)
        {
            var hash = Hash(OrdinaryText.Gram(literal.Text, offset));
            _grams[hash >> 6] |= 1UL << (int)(hash & 63);
        }

        for (var position = 0; position < Positions; position++)
        {
            var low = new byte[16];
            var high = new byte[16];
            for (var bucket = 0; bucket < Buckets; bucket++)
            {
                foreach (var value in _buckets[bucket].SelectMany(l => Bytes(l.Literal, l.Offset + position)).Distinct())
                {
                    low[value & 15] |= (byte)(1 << bucket);
                    high[value >> 4] |= (byte)(1 << bucket);
                }
            }

            _low[position] = Vector128.Create(low);
            _high[position] = Vector128.Create(high);
        }
    }

    public int Next(ReadOnlySpan<byte> data, int from) => Look(data, from, null);

    public void Mark(ReadOnlySpan<byte> data, RuleSelection found) => Look(data, 0, found);

    private int Look(ReadOnlySpan<byte> data, int from, RuleSelection? marked)
    {
        var last = data.Length - (_width / 8) - Positions + 1;
        var found = last < from ? -1 : _width switch
        {
            512 => Look512(data, from, last, marked),
            256 => Look256(data, from, last, marked),
            _ => Look128(data, from, last, marked),
        };
        if (found >= 0)
        {
            return found;
        }

        // what is left is less than one vector
        var rest = last < from ? from : from + ((last - from) / (_width / 8) * (_width / 8)) + (_width / 8);
        for (; rest < data.Length; rest++)
        {
            if (Stands(data, rest, marked))
            {
                return rest;
            }
        }

        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Look512(ReadOnlySpan<byte> data, int from, int last, RuleSelection? marked)
    {
        var (l0, l1, l2, l3) = (Wide(_low[0]), Wide(_low[1]), Wide(_low[2]), Wide(_low[3]));
        var (h0, h1, h2, h3) = (Wide(_high[0]), Wide(_high[1]), Wide(_high[2]), Wide(_high[3]));
        var (mask, fold) = (Vector512.Create((byte)15), Vector512.Create(Fold));
        ref var start = ref MemoryMarshal.GetReference(data);
        for (; from <= last; from += 64)
        {
            var v0 = Vector512.LoadUnsafe(ref start, (nuint)from) | fold;
            var v1 = Vector512.LoadUnsafe(ref start, (nuint)from + 1) | fold;
            var v2 = Vector512.LoadUnsafe(ref start, (nuint)from + 2) | fold;
            var v3 = Vector512.LoadUnsafe(ref start, (nuint)from + 3) | fold;
            var buckets = Avx512BW.Shuffle(l0, v0 & mask) & Avx512BW.Shuffle(h0, (v0.AsUInt16() >>> 4).AsByte() & mask)
                & Avx512BW.Shuffle(l1, v1 & mask) & Avx512BW.Shuffle(h1, (v1.AsUInt16() >>> 4).AsByte() & mask)
                & Avx512BW.Shuffle(l2, v2 & mask) & Avx512BW.Shuffle(h2, (v2.AsUInt16() >>> 4).AsByte() & mask)
                & Avx512BW.Shuffle(l3, v3 & mask) & Avx512BW.Shuffle(h3, (v3.AsUInt16() >>> 4).AsByte() & mask);
            if (buckets != Vector512<byte>.Zero && First(data, from, ~Vector512.Equals(buckets, Vector512<byte>.Zero).ExtractMostSignificantBits(), marked) is var found and >= 0)
            {
                return found;
            }
        }

        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Look256(ReadOnlySpan<byte> data, int from, int last, RuleSelection? marked)
    {
        var (l0, l1, l2, l3) = (Twice(_low[0]), Twice(_low[1]), Twice(_low[2]), Twice(_low[3]));
        var (h0, h1, h2, h3) = (Twice(_high[0]), Twice(_high[1]), Twice(_high[2]), Twice(_high[3]));
        var (mask, fold) = (Vector256.Create((byte)15), Vector256.Create(Fold));
        ref var start = ref MemoryMarshal.GetReference(data);
        for (; from <= last; from += 32)
        {
            var v0 = Vector256.LoadUnsafe(ref start, (nuint)from) | fold;
            var v1 = Vector256.LoadUnsafe(ref start, (nuint)from + 1) | fold;
            var v2 = Vector256.LoadUnsafe(ref start, (nuint)from + 2) | fold;
            var v3 = Vector256.LoadUnsafe(ref start, (nuint)from + 3) | fold;
            var buckets = Avx2.Shuffle(l0, v0 & mask) & Avx2.Shuffle(h0, (v0.AsUInt16() >>> 4).AsByte() & mask)
                & Avx2.Shuffle(l1, v1 & mask) & Avx2.Shuffle(h1, (v1.AsUInt16() >>> 4).AsByte() & mask)
                & Avx2.Shuffle(l2, v2 & mask) & Avx2.Shuffle(h2, (v2.AsUInt16() >>> 4).AsByte() & mask)
                & Avx2.Shuffle(l3, v3 & mask) & Avx2.Shuffle(h3, (v3.AsUInt16() >>> 4).AsByte() & mask);
            if (buckets != Vector256<byte>.Zero && First(data, from, ~Vector256.Equals(buckets, Vector256<byte>.Zero).ExtractMostSignificantBits(), marked) is var found and >= 0)
            {
                return found;
            }
        }

        return -1;
    }

    // works on any machine with vectors, also Arm
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Look128(ReadOnlySpan<byte> data, int from, int last, RuleSelection? marked)
    {
        var (l0, l1, l2, l3) = (_low[0], _low[1], _low[2], _low[3]);
        var (h0, h1, h2, h3) = (_high[0], _high[1], _high[2], _high[3]);
        var (mask, fold) = (Vector128.Create((byte)15), Vector128.Create(Fold));
        ref var start = ref MemoryMarshal.GetReference(data);
        for (; from <= last; from += 16)
        {
            var v0 = Vector128.LoadUnsafe(ref start, (nuint)from) | fold;
            var v1 = Vector128.LoadUnsafe(ref start, (nuint)from + 1) | fold;
            var v2 = Vector128.LoadUnsafe(ref start, (nuint)from + 2) | fold;
            var v3 = Vector128.LoadUnsafe(ref start, (nuint)from + 3) | fold;
            var buckets = Vector128.ShuffleNative(l0, v0 & mask) & Vector128.ShuffleNative(h0, (v0.AsUInt16() >>> 4).AsByte() & mask)
                & Vector128.ShuffleNative(l1, v1 & mask) & Vector128.ShuffleNative(h1, (v1.AsUInt16() >>> 4).AsByte() & mask)
                & Vector128.ShuffleNative(l2, v2 & mask) & Vector128.ShuffleNative(h2, (v2.AsUInt16() >>> 4).AsByte() & mask)
                & Vector128.ShuffleNative(l3, v3 & mask) & Vector128.ShuffleNative(h3, (v3.AsUInt16() >>> 4).AsByte() & mask);
            if (buckets != Vector128<byte>.Zero && First(data, from, ~Vector128.Equals(buckets, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xffff, marked) is var found and >= 0)
            {
                return found;
            }
        }

        return -1;
    }

    private int First(ReadOnlySpan<byte> data, int at, ulong possible, RuleSelection? marked)
    {
        for (; possible != 0; possible &= possible - 1)
        {
            var position = at + BitOperations.TrailingZeroCount(possible);
            if (MayStand(data, position) && Stands(data, position, marked))
            {
                return position;
            }
        }

        return -1;
    }

    private bool MayStand(ReadOnlySpan<byte> data, int position)
    {
        var gram = BinaryPrimitives.ReadUInt32LittleEndian(data.Slice(position)) | 0x20202020;
        var hash = Hash(gram);
        return ((_grams[hash >> 6] >> (int)(hash & 63)) & 1) != 0 || _open[(byte)gram];
    }

    private static uint Hash(uint gram) => (gram * 0x9E3779B1) >> (32 - GramBits);

    private bool Stands(ReadOnlySpan<byte> data, int position, RuleSelection? marked)
    {
        var buckets = BucketsAt(data, position, 0);
        for (var offset = 1; offset < Positions && buckets != 0; offset++)
        {
            buckets &= BucketsAt(data, position, offset);
        }

        for (; buckets != 0; buckets &= buckets - 1)
        {
            foreach (var (literal, offset) in _buckets[BitOperations.TrailingZeroCount(buckets)])
            {
                if (!literal.IsFoundAt(data, position - offset))
                {
                    continue;
                }

                if (marked is null)
                {
                    return true;
                }

                marked.Literal(literal.Index);
            }
        }

        return false;
    }

    private int BucketsAt(ReadOnlySpan<byte> data, int position, int offset)
    {
        if (position + offset >= data.Length)
        {
            return offset == 0 ? 0 : (1 << Buckets) - 1;
        }

        var value = data[position + offset] | Fold;
        return _low[offset][value & 15] & _high[offset][value >> 4];
    }

    // where the four bytes begin that ordinary lines hold least
    private static int Rarest(Literal literal) =>
        Enumerable.Range(0, literal.Length - Positions + 1).OrderBy(at => OrdinaryText.Frequency(OrdinaryText.Gram(literal.Text, at))).First();

    private static IEnumerable<byte> Bytes(Literal literal, int position) =>
        position < literal.Length ? [(byte)(literal[position] | Fold)] : Enumerable.Range(0, 256).Select(i => (byte)i);

    private static Vector256<byte> Twice(Vector128<byte> table) => Vector256.Create(table, table);

    private static Vector512<byte> Wide(Vector128<byte> table) => Vector512.Create(Twice(table), Twice(table));
}
#endif
