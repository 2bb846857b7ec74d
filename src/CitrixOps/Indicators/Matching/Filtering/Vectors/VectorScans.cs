using System.Collections.Generic;
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

#if NET
    private const int FewAddresses = 8;
#endif

    /// <summary>What finds literals and encoded requests in one pass; null where the machine cannot.</summary>
    /// <param name="literals">The literals.</param>
    /// <param name="encoded">Whether encoded requests are found.</param>
    /// <param name="width">The width of vectors to use in bits.</param>
    public static IScan? Both(IReadOnlyList<Literal> literals, bool encoded, int width)
    {
#if NET
        if (HasBoth(width))
        {
            return new ClassScan(literals, encoded);
        }
#endif
        return null;
    }

    /// <summary>Whether <see cref="Both"/> also finds literals that are not short, so long as they are few.</summary>
    /// <param name="width">The width of vectors to use in bits.</param>
    public static bool HasBoth(int width) =>
#if NET
        width == 512 && ClassScan.IsSupported;
#else
        false;
#endif

    /// <summary>What finds those literals that are addresses; null where there are hardly any, or the machine cannot.</summary>
    /// <param name="literals">The literals; those that are addresses are taken out.</param>
    /// <param name="width">The width of vectors to use in bits, or 0.</param>
    public static IScan? Addresses(List<Literal> literals, int width)
    {
#if NET
        if (width >= 256 && literals.FindAll(AddressScan.Fits) is { Count: >= FewAddresses } addresses)
        {
            literals.RemoveAll(AddressScan.Fits);
            return new AddressScan(addresses);
        }
#endif
        return null;
    }

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
