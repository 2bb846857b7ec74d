using System;
using System.Text;

namespace CitrixOps.Polyfills;

/// <summary>Text of one character per byte.</summary>
internal static class Latin1
{
    private static readonly Encoding Encoding = Encoding.GetEncoding(28591);

    /// <summary>The text of some bytes.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) =>
#if NETSTANDARD2_0
        Encoding.GetString(bytes.ToArray());
#else
        Encoding.GetString(bytes);
#endif
}
