namespace CitrixOps.Indicators.Files;

/// <summary>An indicator that a file fulfils.</summary>
/// <param name="Indicator">The indicator.</param>
/// <param name="Detail">What in the content fulfils it, printable and without secrets; null when its place or rights do.</param>
public sealed record FileHit(FileIndicator Indicator, string? Detail);
