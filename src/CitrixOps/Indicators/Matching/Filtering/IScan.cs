using System;

namespace CitrixOps.Indicators.Matching.Filtering;

/// <summary>Looks through bytes for the first place where something stands.</summary>
internal interface IScan
{
    /// <summary>The next place.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="from">Where to begin; what begins before is not seen.</param>
    /// <returns>The position of a byte of what was found; -1 when there is nothing more.</returns>
    int Next(ReadOnlySpan<byte> data, int from);

    /// <summary>Tells of every literal that stands in some bytes, of some perhaps more than once.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="found">What is told.</param>
    void Mark(ReadOnlySpan<byte> data, RuleSelection found);
}
