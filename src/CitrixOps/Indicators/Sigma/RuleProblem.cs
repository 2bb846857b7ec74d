using System;

namespace CitrixOps.Indicators.Sigma;

/// <summary>Something wrong with a rule file, at its place.</summary>
/// <param name="Line">1-based line.</param>
/// <param name="Column">1-based column.</param>
/// <param name="IsError">True when the rule cannot be used; false for what works and should be better.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Recommendation">What to do.</param>
public sealed record RuleProblem(int Line, int Column, bool IsError, string Message, string Recommendation)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"line {Line}, column {Column}: {(IsError ? "error" : "warning")}: {Message}. {Recommendation}");
}
