using System;

namespace CitrixOps.Access.Probing;

/// <summary>The limits of a test.</summary>
public sealed record ProbeOptions
{
    /// <summary>How long one connection may take, all of it.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The most bytes of an answer that are read.</summary>
    public int MostBytes { get; init; } = 64 << 10;

    /// <summary>The most redirects that are followed, on the same host only.</summary>
    public int MostRedirects { get; init; } = 3;

    /// <summary>The most addresses of one name that are tested.</summary>
    public int MostAddresses { get; init; } = 8;

    /// <summary>The most ways in that are tested at one time, over all calls.</summary>
    public int MostAtOnce { get; init; } = 32;
}
