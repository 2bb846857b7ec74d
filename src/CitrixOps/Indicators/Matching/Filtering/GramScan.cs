using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CitrixOps.Indicators.Matching.Filtering;

/// <summary>
/// Finds long literals by looking at one place in every four: of each literal the piece is taken that ordinary lines hold least, three
/// bytes longer than a gram, and the four grams in it are entered in a table of bits, so that one of them is met wherever the literal
/// stands. The cost does not depend on the number of literals until the table no longer fits the cache.
/// </summary>
internal sealed class GramScan : IScan
{
    private const int Stride = 4;
    private const int Step = 4 * Stride;
    private const ulong Fold = 0x2020202020202020;
    private const ulong Spread = 0x9E3779B97F4A7C15;

#if NET
    private const MethodImplOptions Fast = MethodImplOptions.AggressiveOptimization;
#else
    private const MethodImplOptions Fast = MethodImplOptions.AggressiveInlining;
#endif

    private readonly int _gram;
    private readonly ulong _mask;
    private readonly uint[] _bits;
    private readonly int _shift;

    // by the hash's upper bits: where the entries begin, one behind the other until another hash comes
    private readonly int[] _heads;
    private readonly int _headShift;
    private readonly (ulong Gram, int Offset, Literal Literal)[] _entries;

    /// <param name="literals">The literals, none shorter than <see cref="Shortest"/>.</param>
    /// <param name="gram">The length of a gram, 4 or 8.</param>
    public GramScan(IEnumerable<Literal> literals, int gram)
    {
        _gram = gram;
        _mask = BitConverter.IsLittleEndian ? ulong.MaxValue >> (64 - (8 * gram)) : ulong.MaxValue << (64 - (8 * gram));
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
        _entries = grams.OrderBy(g => (g.Gram * Spread) >> _headShift).ToArray();
        _heads = Enumerable.Repeat(_entries.Length, 1 << (log - 6)).ToArray();
        for (var i = _entries.Length - 1; i >= 0; i--)
        {
            _heads[(_entries[i].Gram * Spread) >> _headShift] = i;
        }
    }

    /// <summary>The shortest literal that can be found with grams of a length.</summary>
    public static int Shortest(int gram) => gram + Stride - 1;

    public int Next(ReadOnlySpan<byte> data, int from) => Look(data, from, null);

    public void Mark(ReadOnlySpan<byte> data, RuleSelection found) => Look(data, 0, found);

    [MethodImpl(Fast)]
    private int Look(ReadOnlySpan<byte> data, int from, RuleSelection? found)
    {
        ref var start = ref MemoryMarshal.GetReference(data);
        ref var bits = ref _bits[0];
        var (shift, mask) = (_shift, _mask);
        var i = from;
        for (; i <= data.Length - Step - Stride; i += Step)
        {
            ref var here = ref Unsafe.Add(ref start, i);
            var a = (uint)((((Unsafe.ReadUnaligned<ulong>(ref here) | Fold) & mask) * Spread) >> shift);
            var b = (uint)((((Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref here, 4)) | Fold) & mask) * Spread) >> shift);
            var c = (uint)((((Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref here, 8)) | Fold) & mask) * Spread) >> shift);
            var d = (uint)((((Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref here, 12)) | Fold) & mask) * Spread) >> shift);
            var any = (Unsafe.Add(ref bits, (nint)(a >> 5)) >> (int)(a & 31))
                | (Unsafe.Add(ref bits, (nint)(b >> 5)) >> (int)(b & 31))
                | (Unsafe.Add(ref bits, (nint)(c >> 5)) >> (int)(c & 31))
                | (Unsafe.Add(ref bits, (nint)(d >> 5)) >> (int)(d & 31));
            if ((any & 1) != 0 && Stands(data, i, i + Step, found) is var place and >= 0)
            {
                return place;
            }
        }

        return Stands(data, i, data.Length - _gram + 1, found);
    }

    private int Stands(ReadOnlySpan<byte> data, int from, int to, RuleSelection? found)
    {
        for (; from < to; from += Stride)
        {
            var gram = GramAt(data, from);
            var hash = gram * Spread;
            if (((_bits[(hash >> _shift) >> 5] >> (int)((hash >> _shift) & 31)) & 1) == 0)
            {
                continue;
            }

            for (var i = _heads[hash >> _headShift]; i < _entries.Length && (_entries[i].Gram * Spread) >> _headShift == hash >> _headShift; i++)
            {
                ref var entry = ref _entries[i];
                if (entry.Gram != gram || !entry.Literal.IsFoundAt(data, from - entry.Offset))
                {
                    continue;
                }

                if (found is null)
                {
                    return from;
                }

                found.Literal(entry.Literal.Index);
            }
        }

        return -1;
    }

    // as a read of memory gives it, on any machine
    private ulong GramAt(ReadOnlySpan<byte> data, int at)
    {
        if (at <= data.Length - sizeof(ulong))
        {
            return (MemoryMarshal.Read<ulong>(data.Slice(at)) | Fold) & _mask;
        }

        Span<byte> copy = stackalloc byte[sizeof(ulong)];
        copy.Clear();
        data.Slice(at).CopyTo(copy);
        return (MemoryMarshal.Read<ulong>(copy) | Fold) & _mask;
    }

    private IEnumerable<(ulong Gram, int Offset, Literal Literal)> Piece(Literal literal)
    {
        var best = Enumerable.Range(0, literal.Length - Shortest(_gram) + 1)
            .OrderBy(at => Enumerable.Range(at, Stride).Sum(i => OrdinaryText.Frequency(literal.Text, i, _gram))).First();
        var bytes = Enumerable.Range(0, literal.Length).Select(i => literal[i]).ToArray();
        return Enumerable.Range(best, Stride).Select(i => (GramAt(bytes, i), i, literal));
    }
}
