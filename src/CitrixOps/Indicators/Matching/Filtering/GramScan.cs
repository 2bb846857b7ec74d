using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CitrixOps.Polyfills;

namespace CitrixOps.Indicators.Matching.Filtering;

/// <summary>
/// Finds literals by looking at four bytes at every fourth place: of each literal the seven bytes are taken that ordinary lines hold least,
/// and the four grams of four bytes in them are entered in a table of bits, so that one of them is met wherever the literal stands. The
/// cost does not depend on the number of literals until the table no longer fits the cache.
/// </summary>
internal sealed class GramScan : IScan
{
    /// <summary>The shortest literal that can be found.</summary>
    public const int Shortest = Gram + Stride - 1;

    private const int Gram = 4;
    private const int Stride = 4;
    private const int Step = 4 * Stride;

    // without the bit that tells capitals from small letters
    private const uint Caseless = 0xDFDFDFDF;
    private const uint Spread = 0x9E3779B1;

    private readonly uint[] _bits;
    private readonly int _shift;

    // by the hash's upper bits: where the entries begin, one behind the other until another hash comes
    private readonly int[] _heads;
    private readonly int _headShift;
    private readonly (uint Head, uint Gram, int Offset, Literal Literal)[] _entries;

    /// <param name="literals">The literals, none shorter than <see cref="Shortest"/>.</param>
    public GramScan(IEnumerable<Literal> literals)
    {
        var grams = literals.SelectMany(Piece).ToArray();

        // one bit in a few hundred set
        var log = 12;
        while (log < 20 && (1 << log) < grams.Length * 256)
        {
            log++;
        }

        _shift = 32 - log;
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

    public int Next(ReadOnlySpan<byte> data, int from) => Look(data, from, null);

    public void Mark(ReadOnlySpan<byte> data, RuleSelection found) => Look(data, 0, found);

    [MethodImpl(Jit.AtOnce)]
    private int Look(ReadOnlySpan<byte> data, int from, RuleSelection? found)
    {
        ref var start = ref MemoryMarshal.GetReference(data);
        ref var bits = ref _bits[0];
        var shift = _shift;
        var i = from;
        for (; i <= data.Length - Step; i += Step)
        {
            ref var here = ref Unsafe.Add(ref start, i);
            var a = ((Unsafe.ReadUnaligned<uint>(ref here) & Caseless) * Spread) >> shift;
            var b = ((Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref here, Stride)) & Caseless) * Spread) >> shift;
            var c = ((Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref here, 2 * Stride)) & Caseless) * Spread) >> shift;
            var d = ((Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref here, 3 * Stride)) & Caseless) * Spread) >> shift;
            var any = (Unsafe.Add(ref bits, (nint)(a >> 5)) >> (int)(a & 31))
                | (Unsafe.Add(ref bits, (nint)(b >> 5)) >> (int)(b & 31))
                | (Unsafe.Add(ref bits, (nint)(c >> 5)) >> (int)(c & 31))
                | (Unsafe.Add(ref bits, (nint)(d >> 5)) >> (int)(d & 31));
            if ((any & 1) != 0 && Stands(data, i, i + Step, found) is var place and >= 0)
            {
                return place;
            }
        }

        return Stands(data, i, data.Length - Gram + 1, found);
    }

    [MethodImpl(Jit.AtOnce)]
    private int Stands(ReadOnlySpan<byte> data, int from, int to, RuleSelection? found)
    {
        var bits = _bits;
        for (; from < to; from += Stride)
        {
            var gram = MemoryMarshal.Read<uint>(data.Slice(from)) & Caseless;
            var hash = gram * Spread;
            var bit = hash >> _shift;
            if (((bits[bit >> 5] >> (int)(bit & 31)) & 1) != 0 && Verify(data, from, gram, hash >> _headShift, found))
            {
                return from;
            }
        }

        return -1;
    }

    [MethodImpl(Jit.AtOnce)]
    private bool Verify(ReadOnlySpan<byte> data, int at, uint gram, uint head, RuleSelection? found)
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

    private static IEnumerable<(uint Gram, int Offset, Literal Literal)> Piece(Literal literal)
    {
        var best = Enumerable.Range(0, literal.Length - Shortest + 1)
            .OrderBy(at => Enumerable.Range(at, Stride).Sum(i => OrdinaryText.Frequency(OrdinaryText.Gram(literal.Text, i)))).First();
        return Enumerable.Range(best, Stride).Select(i => (AsRead(literal, i), i, literal));
    }

    // the four bytes as a read of memory gives them, on any machine
    private static uint AsRead(Literal literal, int at) =>
        MemoryMarshal.Read<uint>(new[] { literal[at], literal[at + 1], literal[at + 2], literal[at + 3] }) & Caseless;
}
