using System;

namespace CitrixOps.Appliances.Sources;

/// <summary>
/// Bounds on what an input may make this machine do. Honest logs of any size pass; an archive that unpacks to far more than
/// logs ever do is refused.
/// </summary>
public sealed record ReadLimits
{
    /// <summary>
    /// The largest ratio of decompressed to compressed bytes. Ordinary logs reach 10 to 30, very repetitive ones 100; a bomb of
    /// zeros reaches 1,000.
    /// </summary>
    public int MaxRatio { get; init; } = 200;

    /// <summary>Decompressed bytes below which the ratio is not looked at.</summary>
    public long RatioFloor { get; init; } = 64L << 20;

    /// <summary>The most entries of one archive or folder.</summary>
    public int MaxEntries { get; init; } = 2_000_000;

    /// <summary>How deep folders are searched for sources.</summary>
    public int MaxDepth { get; init; } = 8;

    /// <summary>The most bytes of one file, decompressed, that are searched for texts and hashes.</summary>
    public long MaxContentBytes { get; init; } = 512L << 20;

    /// <summary>The longest that one file is searched for texts and hashes.</summary>
    public TimeSpan MaxContentTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The largest configuration or shell output that is read into memory, in bytes.</summary>
    public int MaxTextBytes { get; init; } = 64 << 20;
}
