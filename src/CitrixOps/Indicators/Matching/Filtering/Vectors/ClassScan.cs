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
    private readonly Vector512<byte>[] _tables = new Vector512<byte>[Groups * Positions * 2];
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

        for (var i = 0; i < _tables.Length; i++)
        {
            var (position, group, half) = (i / 2 % Positions, i / 2 / Positions, i & 1);
            _tables[i] = Vector512.Create(_classes[position].Skip(half * Width).Take(Width).Select(c => (byte)(c >> (group * 8))).ToArray());
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
        var t = _tables;
        var (f0, f0Upper, f1, f1Upper, f2, f2Upper, f3, f3Upper) = (t[0], t[1], t[2], t[3], t[4], t[5], t[6], t[7]);
        var (g0, g0Upper, g1, g1Upper, g2, g2Upper, g3, g3Upper) = (t[8], t[9], t[10], t[11], t[12], t[13], t[14], t[15]);
        var (h0, h0Upper, h1, h1Upper, h2, h2Upper, h3, h3Upper) = (t[16], t[17], t[18], t[19], t[20], t[21], t[22], t[23]);
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
            var forms = (Avx512Vbmi.PermuteVar64x8x2(f0, v0, f0Upper) & Avx512Vbmi.PermuteVar64x8x2(f1, v1, f1Upper) & Avx512Vbmi.PermuteVar64x8x2(f2, v2, f2Upper) & Avx512Vbmi.PermuteVar64x8x2(f3, v3, f3Upper)) | (v0 & high);
            var any = forms
                | (Avx512Vbmi.PermuteVar64x8x2(g0, v0, g0Upper) & Avx512Vbmi.PermuteVar64x8x2(g1, v1, g1Upper) & Avx512Vbmi.PermuteVar64x8x2(g2, v2, g2Upper) & Avx512Vbmi.PermuteVar64x8x2(g3, v3, g3Upper))
                | (Avx512Vbmi.PermuteVar64x8x2(h0, v0, h0Upper) & Avx512Vbmi.PermuteVar64x8x2(h1, v1, h1Upper) & Avx512Vbmi.PermuteVar64x8x2(h2, v2, h2Upper) & Avx512Vbmi.PermuteVar64x8x2(h3, v3, h3Upper));
            if (any != Vector512<byte>.Zero && First(data, from, Places(any), Places(forms), marked) is var found and >= 0)
            {
                return found;
            }
        }

        return -1;
    }

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
