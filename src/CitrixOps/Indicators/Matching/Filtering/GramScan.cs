using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CitrixOps.Indicators.Matching.Filtering;

/// <summary>
/// Finds long literals by looking at four bytes in every four: of each literal the seven bytes are taken that ordinary lines hold least,
/// and the four grams of four bytes in them are entered in a table of bits, so that one of them is met wherever the literal stands.
/// The cost does not depend on the number of literals until the table no longer fits the cache.
/// </summary>
internal sealed class GramScan : IScan
{
    /// <summary>The shortest literal that can be found.</summary>
    public const int Shortest = Gram + Stride - 1;

    private const int Gram = 4;
    private const int Stride = 4;
    private const int Step = 4 * Stride;
    private const uint Fold = 0x20202020;
    private const uint Spread = 0x9E3779B1;

    private readonly uint[] _bits;
    private readonly int _shift;
    private readonly Dictionary<uint, (Literal Literal, int Offset)[]> _entries;

    /// <param name="literals">The literals, none shorter than <see cref="Shortest"/>.</param>
    public GramScan(IEnumerable<Literal> literals)
    {
        var grams = literals.SelectMany(Window).ToArray();
        _entries = grams.GroupBy(g => g.Gram).ToDictionary(g => g.Key, g => g.Select(e => (e.Literal, e.Offset)).ToArray());

        // one bit in a few hundred set
        var log = 12;
        while (log < 20 && (1 << log) < _entries.Count * 256)
        {
            log++;
        }

        _shift = 32 - log;
        _bits = new uint[1 << (log - 5)];
        foreach (var gram in _entries.Keys)
        {
            var hash = (gram * Spread) >> _shift;
            _bits[hash >> 5] |= 1u << (int)(hash & 31);
        }
    }

    public int Next(ReadOnlySpan<byte> data, int from)
    {
        ref var start = ref MemoryMarshal.GetReference(data);
        ref var bits = ref _bits[0];
        var shift = _shift;
        var i = from;
        for (; i <= data.Length - Step; i += Step)
        {
            ref var here = ref Unsafe.Add(ref start, i);
            var a = ((Unsafe.ReadUnaligned<uint>(ref here) | Fold) * Spread) >> shift;
            var b = ((Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref here, 4)) | Fold) * Spread) >> shift;
            var c = ((Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref here, 8)) | Fold) * Spread) >> shift;
            var d = ((Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref here, 12)) | Fold) * Spread) >> shift;
            var any = (Unsafe.Add(ref bits, (nint)(a >> 5)) >> (int)(a & 31))
                | (Unsafe.Add(ref bits, (nint)(b >> 5)) >> (int)(b & 31))
                | (Unsafe.Add(ref bits, (nint)(c >> 5)) >> (int)(c & 31))
                | (Unsafe.Add(ref bits, (nint)(d >> 5)) >> (int)(d & 31));
            if ((any & 1) != 0)
            {
                for (var k = i; k < i + Step; k += Stride)
                {
                    if (Stands(data, k))
                    {
                        return k;
                    }
                }
            }
        }

        for (; i <= data.Length - Gram; i += Stride)
        {
            if (Stands(data, i))
            {
                return i;
            }
        }

        return -1;
    }

    private bool Stands(ReadOnlySpan<byte> data, int position)
    {
        if (_entries.TryGetValue(MemoryMarshal.Read<uint>(data.Slice(position)) | Fold, out var entries))
        {
            foreach (var (literal, offset) in entries)
            {
                if (literal.IsFoundAt(data, position - offset))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static IEnumerable<(uint Gram, Literal Literal, int Offset)> Window(Literal literal)
    {
        var best = Enumerable.Range(0, literal.Length - Shortest + 1)
            .OrderBy(at => Enumerable.Range(at, Stride).Sum(i => OrdinaryText.Frequency(OrdinaryText.Gram(literal.Text, i)))).First();
        return Enumerable.Range(best, Stride).Select(i => (AsRead(literal, i), literal, i));
    }

    // the four bytes as a read of memory gives them, on any machine
    private static uint AsRead(Literal literal, int at) =>
        MemoryMarshal.Read<uint>(new[] { literal[at], literal[at + 1], literal[at + 2], literal[at + 3] }) | Fold;
}
