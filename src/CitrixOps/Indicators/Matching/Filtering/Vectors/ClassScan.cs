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
using CitrixOps.Polyfills;

namespace CitrixOps.Indicators.Matching.Filtering.Vectors;

/// <summary>
/// Finds literals and encoded requests in one pass with tables of 128 bytes: what is looked for is spread over buckets, and for each of
/// four bytes in a row a table tells exactly which buckets have it there. Needs AVX-512 VBMI; 64 places at a time.
/// </summary>
internal sealed class ClassScan : IScan
{
    private const int Positions = 4;
    private const int LiteralBuckets = 16;
    private const int Groups = 3;
    private const int Width = 64;
    private const int GramBits = 14;
    private const byte High = 128;

    // the first group is for encoded forms and for the shortest literals, which leave a place open; the other two for four bytes of the rest
    private const int OpenBucket = 7;
    private const uint FormBuckets = (1 << OpenBucket) - 1;

    private readonly (Literal Literal, int Offset)[][] _buckets;

    // never moved, and used from where a vector is a whole line of the cache: they are read again for every 64 places
    private readonly byte[] _tables = GC.AllocateArray<byte>((Groups * Positions * 2 * Width) + Width, pinned: true);
    private readonly int _start;
    private readonly uint[][] _classes = Enumerable.Range(0, Positions).Select(_ => new uint[128]).ToArray();
    private readonly bool _encoded;

    // which four bytes can be those of a literal, by hash
    private readonly ulong[] _grams = new ulong[1 << (GramBits - 6)];

    /// <param name="literals">The literals, of any length but 0.</param>
    /// <param name="encoded">Whether encoded requests are found as well.</param>
    public ClassScan(IReadOnlyList<Literal> literals, bool encoded)
    {
        _encoded = encoded;
        var forms = encoded ? Forms() : Array.Empty<Func<int, bool>?[]>();
        for (var form = 0; form < forms.Length; form++)
        {
            for (var position = 0; position < Positions; position++)
            {
                Enter(form, position, Enumerable.Range(0, 128).Where(forms[form][position] ?? (_ => true)));
            }
        }

        var open = literals.Where(l => l.Length < Positions).Select(l => (l, 0)).ToArray();
        var whole = literals.Where(l => l.Length >= Positions).Select(l => (Literal: l, Offset: Rarest(l))).ToArray();
        var spread = ClassBuckets.Of(whole.Select(l => l.Literal.Text.Substring(l.Offset, Positions)).ToArray(), LiteralBuckets);
        _buckets = Enumerable.Repeat(Array.Empty<(Literal, int)>(), OpenBucket).Append(open).Concat(spread.Select(b => b.Select(i => whole[i]).ToArray())).ToArray();
        for (var bucket = OpenBucket; bucket < _buckets.Length; bucket++)
        {
            foreach (var (literal, offset) in _buckets[bucket])
            {
                for (var position = 0; position < Positions; position++)
                {
                    Enter(bucket, position, Values(literal, offset + position));
                }
            }
        }

        foreach (var (literal, offset) in whole)
        {
            var hash = Hash(OrdinaryText.Gram(literal.Text, offset));
            _grams[hash >> 6] |= 1UL << (int)(hash & 63);
        }

        _start = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(_tables, 0) & (Width - 1));
        for (var group = 0; group < Groups; group++)
        {
            for (var position = 0; position < Positions; position++)
            {
                for (var value = 0; value < 128; value++)
                {
                    _tables[_start + (((group * Positions) + position) * 128) + value] = (byte)(_classes[position][value] >> (group * 8));
                }
            }
        }
    }

    /// <summary>Whether the machine can.</summary>
    public static bool IsSupported => Avx512Vbmi.IsSupported && Vector512.IsHardwareAccelerated;

    public int Next(ReadOnlySpan<byte> data, int from) =>
        _encoded && from < data.Length && EncodedForms.StandsAt(data, from) ? from : Look(data, from, null);

    public void Mark(ReadOnlySpan<byte> data, RuleSelection found) => Look(data, 0, found);

    [MethodImpl(Jit.AtOnce)]
    private int Look(ReadOnlySpan<byte> data, int from, RuleSelection? marked)
    {
        ref var tables = ref Unsafe.As<byte, Vector512<byte>>(ref _tables[_start]);
        var high = Vector512.Create(_encoded ? High : (byte)0);
        Span<byte> rest = stackalloc byte[Width + Positions];
        for (; from < data.Length; from += Width)
        {
            scoped ref var here = ref Unsafe.Add(ref MemoryMarshal.GetReference(data), from);
            if (data.Length - from < Width + Positions - 1)
            {
                rest.Clear();
                data.Slice(from, Math.Min(rest.Length, data.Length - from)).CopyTo(rest);
                here = ref MemoryMarshal.GetReference(rest);
            }

            var v0 = Vector512.LoadUnsafe(ref here);
            var v1 = Vector512.LoadUnsafe(ref here, 1);
            var v2 = Vector512.LoadUnsafe(ref here, 2);
            var v3 = Vector512.LoadUnsafe(ref here, 3);
            var forms = Buckets(ref tables, v0, v1, v2, v3) | (v0 & high);
            var any = forms | Buckets(ref Unsafe.Add(ref tables, 2 * Positions), v0, v1, v2, v3) | Buckets(ref Unsafe.Add(ref tables, 4 * Positions), v0, v1, v2, v3);
            if (any != Vector512<byte>.Zero && First(data, from, Places(any), Places(forms), marked) is var found and >= 0)
            {
                return found;
            }
        }

        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Buckets(ref Vector512<byte> tables, Vector512<byte> v0, Vector512<byte> v1, Vector512<byte> v2, Vector512<byte> v3) =>
        Avx512Vbmi.PermuteVar64x8x2(tables, v0, Unsafe.Add(ref tables, 1)) & Avx512Vbmi.PermuteVar64x8x2(Unsafe.Add(ref tables, 2), v1, Unsafe.Add(ref tables, 3))
        & Avx512Vbmi.PermuteVar64x8x2(Unsafe.Add(ref tables, 4), v2, Unsafe.Add(ref tables, 5)) & Avx512Vbmi.PermuteVar64x8x2(Unsafe.Add(ref tables, 6), v3, Unsafe.Add(ref tables, 7));

    private static ulong Places(Vector512<byte> buckets) => ~Vector512.Equals(buckets, Vector512<byte>.Zero).ExtractMostSignificantBits();

    [MethodImpl(Jit.AtOnce)]
    private int First(ReadOnlySpan<byte> data, int from, ulong possible, ulong forms, RuleSelection? marked)
    {
        for (; possible != 0; possible &= possible - 1)
        {
            var bit = BitOperations.TrailingZeroCount(possible);
            var at = from + bit;

            // what stood behind the end was no byte of the data
            if (at >= data.Length)
            {
                break;
            }

            if ((((forms >> bit) & 1) != 0 || MayStand(data, at)) && At(data, at, marked) is var found and >= 0)
            {
                return found;
            }
        }

        return -1;
    }

    private bool MayStand(ReadOnlySpan<byte> data, int position)
    {
        if (position + Positions > data.Length)
        {
            return false;
        }

        var hash = Hash(BinaryPrimitives.ReadUInt32LittleEndian(data.Slice(position)) | 0x20202020);
        return ((_grams[hash >> 6] >> (int)(hash & 63)) & 1) != 0;
    }

    [MethodImpl(Jit.AtOnce)]
    private int At(ReadOnlySpan<byte> data, int position, RuleSelection? marked)
    {
        var buckets = _classes[0][data[position] & 127];
        for (var offset = 1; offset < Positions && position + offset < data.Length; offset++)
        {
            buckets &= _classes[offset][data[position + offset] & 127];
        }

        // the tables know seven bits of a byte: one with eight may stand within a form, or before it
        if (_encoded && marked is null && ((buckets & FormBuckets) != 0 || data[position] >= High))
        {
            for (var at = Math.Max(0, position - 1); at <= position + 1 && at < data.Length; at++)
            {
                if (EncodedForms.StandsAt(data, at))
                {
                    return at;
                }
            }
        }

        for (buckets &= ~FormBuckets; buckets != 0; buckets &= buckets - 1)
        {
            foreach (var (literal, offset) in _buckets[BitOperations.TrailingZeroCount(buckets)])
            {
                if (!literal.IsFoundAt(data, position - offset))
                {
                    continue;
                }

                if (marked is null)
                {
                    return position;
                }

                marked.Literal(literal.Index);
            }
        }

        return -1;
    }

    private void Enter(int bucket, int position, IEnumerable<int> values)
    {
        foreach (var value in values)
        {
            _classes[position][value & 127] |= 1u << bucket;
        }
    }

    private static uint Hash(uint gram) => (gram * 0x9E3779B1) >> (32 - GramBits);

    // where the four bytes begin that ordinary lines hold least
    private static int Rarest(Literal literal) =>
        Enumerable.Range(0, literal.Length - Positions + 1).OrderBy(at => OrdinaryText.Frequency(OrdinaryText.Gram(literal.Text, at))).First();

    private static IEnumerable<int> Values(Literal literal, int position) =>
        position >= literal.Length ? Enumerable.Range(0, 128) : literal[position] is >= (byte)'a' and <= (byte)'z' and var letter ? new int[] { letter, letter - 32 } : new int[] { literal[position] };

    // what EncodedForms finds, and little else; null is any byte
    private static Func<int, bool>?[][] Forms()
    {
        static Func<int, bool> In(string characters) => b => characters.Contains((char)b, StringComparison.Ordinal);
        return new[]
        {
            new[] { In("%"), In("2"), In("5dDeEfF"), null },
            new[] { In("%"), In("34567uU"), null, null },
            new[] { In("%"), In("cCeEfF"), In("01"), null },
            new[] { b => b != ':', In("/"), In("/"), null },
            new[] { In("/"), In("."), null, null },
            new[] { In(";"), b => b != ' ', null, null },
            new[] { In("\\"), null, null, null },
        };
    }
}
#endif
