using System;

namespace CitrixOps.Investigation;

/// <summary>A stretch of time that a log does not cover.</summary>
/// <param name="From">Start, UTC: the last record before it.</param>
/// <param name="To">End, UTC: the first record after it.</param>
/// <param name="Reason">Why it counts as a gap: silence, a missing rotation file, an unreadable file.</param>
public sealed record CoverageGap(DateTimeOffset From, DateTimeOffset To, string Reason)
{
    /// <summary>Its length.</summary>
    public TimeSpan Duration => To - From;

    /// <inheritdoc/>
    public override string ToString() => $"{From:yyyy-MM-dd HH:mm}Z .. {To:yyyy-MM-dd HH:mm}Z ({Reason})";
}
