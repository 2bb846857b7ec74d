using System;
using CitrixOps.Indicators;

namespace CitrixOps.Investigation;

/// <summary>The first finding of a phase in a chain.</summary>
/// <param name="Phase">The phase.</param>
/// <param name="Time">When, UTC; null where no time can be given.</param>
/// <param name="Title">What.</param>
/// <param name="FindingId">The finding.</param>
public sealed record ChainStep(Phase Phase, DateTimeOffset? Time, string Title, string FindingId)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Time:yyyy-MM-dd HH:mm:ss}Z {Phase}: {Title}");
}
