#if NET
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
#endif

namespace CitrixOps.Indicators.Matching.Filtering.Vectors;

/// <summary>The scans that use vectors, where the framework and the machine have them, and what stands in for them where not.</summary>
internal static class VectorScans
{
    /// <summary>The widest vectors that can be used, in bits: 512, 256, 128, or 0 for none.</summary>
#if NET
    public static int Widest => Avx512BW.IsSupported && Vector512.IsHardwareAccelerated ? 512 : Avx2.IsSupported ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;
#else
    public static int Widest => 0;
#endif

    /// <summary>What finds encoded requests.</summary>
    /// <param name="width">The width of vectors to use in bits, or 0.</param>
    public static IScan Encoded(int width)
    {
#if NET
        if (width > 0)
        {
            return new EncodedScan();
        }
#endif
        return new EncodedBytes();
    }

    /// <summary>What finds literals too short for <see cref="GramScan"/>.</summary>
    /// <param name="literals">The literals.</param>
    /// <param name="width">The width of vectors to use in bits, or 0.</param>
    public static IScan Short(Literal[] literals, int width)
    {
#if NET
        if (width > 0)
        {
            return new ShortScan(literals, width);
        }
#endif
        return new AutomatonScan(literals);
    }
}
