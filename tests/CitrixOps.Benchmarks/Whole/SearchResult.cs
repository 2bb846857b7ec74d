using System;

namespace CitrixOps.Benchmarks.Whole;

/// <summary>What a search did.</summary>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Bytes">Bytes of logs read, decompressed.</param>
/// <param name="Lines">Lines read.</param>
/// <param name="Findings">Findings of the shipped rules and correlations over logs.</param>
internal sealed record SearchResult(TimeSpan Elapsed, long Bytes, long Lines, int Findings);
