using System;

namespace CitrixOps.Indicators.Sigma;

/// <summary>A rule that was not loaded: the search does not look for it.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">1-based line.</param>
/// <param name="Column">1-based column.</param>
/// <param name="Reason">Why.</param>
public sealed record SkippedRule(string File, int Line, int Column, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{File}({Line},{Column}): {Reason}");
}
