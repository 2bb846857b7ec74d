namespace CitrixOps.Investigation;

/// <summary>Matches that were left out of the findings, and why.</summary>
/// <param name="Reason">Why they do not count.</param>
/// <param name="Count">How many.</param>
public sealed record Exclusion(string Reason, long Count)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Count} {Reason}";
}
