namespace CitrixOps.Investigation;

/// <summary>How far a search is.</summary>
/// <param name="BytesDone">Stored bytes read so far, over all sources.</param>
/// <param name="BytesTotal">Stored bytes in all, or null where it cannot be known before reading.</param>
/// <param name="File">The file being read.</param>
/// <param name="Findings">Findings so far.</param>
public sealed record InvestigationProgress(long BytesDone, long? BytesTotal, string File, long Findings);
