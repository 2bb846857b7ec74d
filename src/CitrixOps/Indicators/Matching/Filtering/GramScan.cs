using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CitrixOps.Indicators.Matching.Filtering;

/// <summary>
/// Finds literals by looking at one place in every few: of each literal the piece is taken that ordinary lines hold least, and every gram
/// in it is entered in a table of bits, so that one of them is met wherever the literal stands. The longer the literals, the fewer places.
/// The cost does not depend on the number of literals until the table no longer fits the cache.
/// </summary>
internal sealed class GramScan : IScan
{
    /// <summary>The shortest literal that can be found at all: four bytes at every fourth place.</summary>
    public const int Shortest = 7;

    // five bytes at every eighth place where that is enough, four at every fourth else
    private const int Long = 12;
    private const int FewOrdinary = 8;

    private const ulong Fold = 0x2020202020202020;
    private const ulong Spread = 0x9E3779B97F4A7C15;

#if NET
    private const MethodImplOptions Fast = MethodImplOptions.AggressiveOptimization;
#else
    private const MethodImplOptions Fast = MethodImplOptions.AggressiveInlining;
#endif

    private readonly int _gram;
    private readonly int _stride;
    private readonly ulong _mask;
    private readonly uint[] _bits;
    private readonly int _shift;

    // by the hash's upper bits: where the entries begin, one behind the other until another hash comes
    private readonly int[] _heads;
    private readonly int _headShift;
    private readonly (ulong Head, ulong Gram, int Offset, Literal Literal)[] _entries;

    /// <param name="literals">The literals, none shorter than <see cref="Shortest"/>.</param>
    /// <param name="far">Whether all of them are found by <see cref="AtFarPlaces"/>.</param>
    public GramScan(IEnumerable<Literal> literals, bool far)
    {
        (_gram, _stride) = far ? (5, 8) : (4, 4);
        _mask = BitConverter.IsLittleEndian ? ulong.MaxValue >> (64 - (8 * _gram)) : ulong.MaxValue << (64 - (8 * _gram));
        var grams = literals.SelectMany(Piece).ToArray();

        // one bit in a few hundred set
        var log = 12;
        while (log < 20 && (1 << log) < grams.Length * 256)
        {
            log++;
        }

        _shift = 64 - log;
        _bits = new uint[1 << (log - 5)];
        foreach (var (value, _, _) in grams)
        {
            var hash = (value * Spread) >> _shift;
            _bits[hash >> 5] |= 1u << (int)(hash & 31);
        }

        _headShift = _shift + 6;
        _entries = grams.Select(g => (Head: (g.Gram * Spread) >> _headShift, g.Gram, g.Offset, g.Literal)).OrderBy(g => g.Head).ToArray();
        _heads = Enumerable.Repeat(_entries.Length, 1 << (log - 6)).ToArray();
        for (var i = _entries.Length - 1; i >= 0; i--)
        {
            _heads[_entries[i].Head] = i;
        }
    }

    /// <summary>Whether a literal is long enough, and uncommon enough, to be looked for at every eighth place.</summary>
    public static bool AtFarPlaces(Literal literal) => literal.Length >= Long && Ordinary(literal, Rarest(literal, Long, 8), 8) <= FewOrdinary;

    public int Next(ReadOnlySpan<byte> data, int from) => Look(data, from, null);

    public void Mark(ReadOnlySpan<byte> data, RuleSelection found) => Look(data, 0, found);

    [MethodImpl(Fast)]
    private int Look(ReadOnlySpan<byte> data, int from, RuleSelection? found)
    {
        ref var start = ref MemoryMarshal.GetReference(data);
        ref var bits = ref _bits[0];
        var (shift, mask, stride) = (_shift, _mask, _stride);
        var i = from;
        for (; i <= data.Length - (4 * stride) - sizeof(ulong); i += 4 * stride)
        {
            ref var here = ref Unsafe.Add(ref start, i);
            var a = (uint)((((Unsafe.ReadUnaligned<ulong>(ref here) | Fold) & mask) * Spread) >> shift);
            var b = (uint)((((Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref here, stride)) | Fold) & mask) * Spread) >> shift);
            var c = (uint)((((Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref here, 2 * stride)) | Fold) & mask) * Spread) >> shift);
            var d = (uint)((((Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref here, 3 * stride)) | Fold) & mask) * Spread) >> shift);
            var any = (Unsafe.Add(ref bits, (nint)(a >> 5)) >> (int)(a & 31))
                | (Unsafe.Add(ref bits, (nint)(b >> 5)) >> (int)(b & 31))
                | (Unsafe.Add(ref bits, (nint)(c >> 5)) >> (int)(c & 31))
                | (Unsafe.Add(ref bits, (nint)(d >> 5)) >> (int)(d & 31));
            if ((any & 1) != 0 && Stands(data, i, i + (4 * stride), found) is var place and >= 0)
            {
                return place;
            }
        }

        return Stands(data, i, data.Length - _gram + 1, found);
    }

    private int Stands(ReadOnlySpan<byte> data, int from, int to, RuleSelection? found)
    {
        var bits = _bits;
        for (; from < to; from += _stride)
        {
            var gram = GramAt(data, from);
            var hash = gram * Spread;
            var bit = (uint)(hash >> _shift);
            if (((bits[bit >> 5] >> (int)(bit & 31)) & 1) != 0 && Verify(data, from, gram, hash >> _headShift, found))
            {
                return from;
            }
        }

        return -1;
    }

    private bool Verify(ReadOnlySpan<byte> data, int at, ulong gram, ulong head, RuleSelection? found)
    {
        var entries = _entries;
        for (var i = _heads[head]; i < entries.Length && entries[i].Head == head; i++)
        {
            ref var entry = ref entries[i];
            if (entry.Gram != gram || !entry.Literal.IsFoundAt(data, at - entry.Offset))
            {
                continue;
            }

            if (found is null)
            {
                return true;
            }

            found.Literal(entry.Literal.Index);
        }

        return false;
    }

    // as a read of memory gives it, on any machine
    private ulong GramAt(ReadOnlySpan<byte> data, int at) =>
        at <= data.Length - sizeof(ulong) ? (MemoryMarshal.Read<ulong>(data.Slice(at)) | Fold) & _mask : LastGram(data.Slice(at));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong LastGram(ReadOnlySpan<byte> data)
    {
        Span<byte> copy = stackalloc byte[sizeof(ulong)];
        copy.Clear();
        data.CopyTo(copy);
        return (MemoryMarshal.Read<ulong>(copy) | Fold) & _mask;
    }

    private IEnumerable<(ulong Gram, int Offset, Literal Literal)> Piece(Literal literal)
    {
        var bytes = Enumerable.Range(0, literal.Length).Select(i => literal[i]).ToArray();
        return Enumerable.Range(Rarest(literal, _gram + _stride - 1, _stride), _stride).Select(i => (GramAt(bytes, i), i, literal));
    }

    // where the piece begins whose grams ordinary lines hold least
    private static int Rarest(Literal literal, int length, int grams) =>
        Enumerable.Range(0, literal.Length - length + 1).OrderBy(at => Ordinary(literal, at, grams)).First();

    private static int Ordinary(Literal literal, int at, int grams) =>
        Enumerable.Range(at, grams).Sum(i => OrdinaryText.Frequency(OrdinaryText.Gram(literal.Text, i)));
}
