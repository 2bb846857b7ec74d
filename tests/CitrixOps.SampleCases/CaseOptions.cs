using System;

namespace CitrixOps.SampleCases;

/// <summary>Who, when and what of a sample case. The defaults play December 2019 to January 2020 on a vulnerable 12.1.</summary>
public sealed record CaseOptions
{
    /// <summary>What happened.</summary>
    public CaseKind Kind { get; init; } = CaseKind.Clean;

    /// <summary>Host name of the node.</summary>
    public string HostName { get; init; } = "gw-raadhuis";

    /// <summary>Management address of the node.</summary>
    public string Nsip { get; init; } = "192.0.2.10";

    /// <summary>The other node of the pair, or null.</summary>
    public string? Peer { get; init; } = "192.0.2.11";

    /// <summary>Branch and build, for example <c>12.1-54.13</c>.</summary>
    public string Version { get; init; } = "12.1-54.13";

    /// <summary>First moment the logs know of.</summary>
    public DateTimeOffset From { get; init; } = new(2019, 12, 20, 0, 5, 0, TimeSpan.FromHours(1));

    /// <summary>When the bundle was made; the logs run up to it.</summary>
    public DateTimeOffset CollectedAt { get; init; } = new(2020, 1, 24, 9, 15, 0, TimeSpan.FromHours(1));

    /// <summary>Requests of an ordinary day.</summary>
    public int RequestsPerDay { get; init; } = 60;

    /// <summary>Users whose sessions ns.log follows, with everything that is ordinary for a month; 0 for none.</summary>
    public int SessionUsers { get; init; }

    /// <summary>Session lines before this moment are on the other node; null for none.</summary>
    public DateTimeOffset? ActiveFrom { get; init; }

    /// <summary>Session lines from this moment on are on the other node; null for none.</summary>
    public DateTimeOffset? ActiveUntil { get; init; }

    /// <summary>The seed: the same seed makes the same bytes.</summary>
    public int Seed { get; init; } = 20200116;

    /// <summary>The root folder and file name the appliance would give the bundle.</summary>
    public string RootName => FormattableString.Invariant(
        $"collector_P_{Nsip}_{CollectedAt:dMMMyyyy}_{CollectedAt:HH}_{CollectedAt:mm}");
}
