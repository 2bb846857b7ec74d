using System;

namespace CitrixOps.Investigation.Hunting;

/// <summary>A 64-bit hash that is the same in every process (FNV-1a).</summary>
internal static class StableHash
{
    private const ulong Start = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static ulong Of(string text, ulong seed = Start)
    {
        var hash = seed;
        foreach (var c in text)
        {
            hash = (hash ^ c) * Prime;
        }

        return hash;
    }

    /// <summary>The same of a text of one character per byte.</summary>
    public static ulong Of(ReadOnlySpan<byte> text)
    {
        var hash = Start;
        foreach (var b in text)
        {
            hash = (hash ^ b) * Prime;
        }

        return hash;
    }

    /// <summary>The same in lower case, of ASCII.</summary>
    public static ulong OfLower(ReadOnlySpan<byte> text)
    {
        var hash = Start;
        foreach (var b in text)
        {
            hash = (hash ^ (b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b)) * Prime;
        }

        return hash;
    }

    /// <summary>Goes on with a number.</summary>
    public static ulong Mix(ulong hash, ulong number)
    {
        hash = (hash ^ number) * Prime;
        return hash ^ (hash >> 32);
    }
}
