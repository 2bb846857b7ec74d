#if NET
using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using CitrixOps.Polyfills;

namespace CitrixOps.Indicators.Matching.Filtering.Vectors;

/// <summary>
/// Finds IPv4 addresses, and networks of three numbers: looks for three dots that stand as in an address, and only there for the six
/// bytes up to the third. Its cost depends on how many addresses and versions stand in the lines, hardly on how many are looked for.
/// </summary>
internal sealed class AddressScan : IScan
{
    private const int Width = 64;

    // the shortest that can stand up to the third dot: 1.1.1.
    private const int Key = 6;
    private const int HashBits = 16;
    private const ulong Spread = 0x9E3779B97F4A7C15;

    private readonly ulong[] _bits = new ulong[1 << (HashBits - 6)];
    private readonly Dictionary<ulong, (Literal Literal, int Dot)[]> _literals;

    /// <param name="literals">The literals, all of which fit.</param>
    public AddressScan(IEnumerable<Literal> literals)
    {
        _literals = literals.Select(l => (Literal: l, Dot: ThirdDot(l.Text))).GroupBy(l => KeyOf(Bytes(l.Literal), l.Dot)).ToDictionary(g => g.Key, g => g.ToArray());
        foreach (var key in _literals.Keys)
        {
            var hash = Hash(key);
            _bits[hash >> 6] |= 1UL << (int)(hash & 63);
        }
    }

    /// <summary>Whether a literal is an address, or a network of three numbers.</summary>
    public static bool Fits(Literal literal)
    {
        var parts = literal.Text.Split('.');
        return parts.Length == 4 && parts.Take(3).All(IsNumber) && (parts[3].Length == 0 || IsNumber(parts[3]));
    }

    public int Next(ReadOnlySpan<byte> data, int from) => Look(data, from, null);

    public void Mark(ReadOnlySpan<byte> data, RuleSelection found) => Look(data, 0, found);

    [MethodImpl(Jit.AtOnce)]
    private int Look(ReadOnlySpan<byte> data, int from, RuleSelection? marked)
    {
        // what stood at the end of the bytes before
        var (digit, first, second) = (0UL, 0UL, 0UL);
        Span<byte> rest = stackalloc byte[Width];
        for (; from < data.Length; from += Width)
        {
            scoped ref var here = ref Unsafe.Add(ref MemoryMarshal.GetReference(data), from);
            if (data.Length - from < Width)
            {
                rest.Clear();
                data.Slice(from).CopyTo(rest);
                here = ref MemoryMarshal.GetReference(rest);
            }

            var (dots, digits) = Masks(ref here);
            var dot = dots & ((digits << 1) | digit);
            var after = dot & Behind(dot, first);
            var third = dot & Behind(after, second);
            (digit, first, second) = (digits >> 63, dot, after);
            for (; third != 0; third &= third - 1)
            {
                var place = from + BitOperations.TrailingZeroCount(third);
                if (Stands(data, place, marked))
                {
                    return place;
                }
            }
        }

        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (ulong Dots, ulong Digits) Masks(ref byte here)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            var bytes = Vector512.LoadUnsafe(ref here);
            return (Vector512.Equals(bytes, Vector512.Create((byte)'.')).ExtractMostSignificantBits(), Vector512.LessThan(bytes - Vector512.Create((byte)'0'), Vector512.Create((byte)10)).ExtractMostSignificantBits());
        }

        var (low, high) = (Vector256.LoadUnsafe(ref here), Vector256.LoadUnsafe(ref here, Width / 2));
        var (dot, zero, ten) = (Vector256.Create((byte)'.'), Vector256.Create((byte)'0'), Vector256.Create((byte)10));
        return (Vector256.Equals(low, dot).ExtractMostSignificantBits() | ((ulong)Vector256.Equals(high, dot).ExtractMostSignificantBits() << 32),
            Vector256.LessThan(low - zero, ten).ExtractMostSignificantBits() | ((ulong)Vector256.LessThan(high - zero, ten).ExtractMostSignificantBits() << 32));
    }

    // the places two to four behind others: one to three digits lie between
    private static ulong Behind(ulong places, ulong before) =>
        (places << 2) | (before >> 62) | (places << 3) | (before >> 61) | (places << 4) | (before >> 60);

    [MethodImpl(Jit.AtOnce)]
    private bool Stands(ReadOnlySpan<byte> data, int dot, RuleSelection? marked)
    {
        if (dot < Key - 1)
        {
            return false;
        }

        var key = KeyOf(data, dot);
        var hash = Hash(key);
        if (((_bits[hash >> 6] >> (int)(hash & 63)) & 1) == 0 || !_literals.TryGetValue(key, out var literals))
        {
            return false;
        }

        foreach (var (literal, offset) in literals)
        {
            if (!literal.IsFoundAt(data, dot - offset))
            {
                continue;
            }

            if (marked is null)
            {
                return true;
            }

            marked.Literal(literal.Index);
        }

        return false;
    }

    private static ulong Hash(ulong key) => (key * Spread) >> (64 - HashBits);

    // six bytes up to a dot
    private static ulong KeyOf(ReadOnlySpan<byte> data, int dot)
    {
        var here = data.Slice(dot - Key + 1);
        return here.Length >= sizeof(ulong) ? BinaryPrimitives.ReadUInt64LittleEndian(here) & 0xFFFFFFFFFFFF : BinaryPrimitives.ReadUInt32LittleEndian(here) | ((ulong)BinaryPrimitives.ReadUInt16LittleEndian(here.Slice(4)) << 32);
    }

    private static int ThirdDot(string text) => text.LastIndexOf('.');

    private static byte[] Bytes(Literal literal) => Enumerable.Range(0, literal.Length).Select(i => literal[i]).ToArray();

    private static bool IsNumber(string text) => text.Length is >= 1 and <= 3 && text.All(char.IsAsciiDigit);
}
#endif
