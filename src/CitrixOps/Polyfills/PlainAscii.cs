using System;

namespace CitrixOps.Polyfills;

/// <summary>Bytes that are printable ASCII.</summary>
internal static class PlainAscii
{
    /// <summary>Whether all of them are.</summary>
    public static bool Is(ReadOnlySpan<byte> text)
    {
#if NETSTANDARD2_0
        foreach (var b in text)
        {
            if (b is < 0x20 or > 0x7e)
            {
                return false;
            }
        }

        return true;
#else
        return text.IndexOfAnyExceptInRange((byte)0x20, (byte)0x7e) < 0;
#endif
    }
}
