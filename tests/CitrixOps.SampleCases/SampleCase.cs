using System.Collections.Generic;

namespace CitrixOps.SampleCases;

/// <summary>The case under <c>examples/sample-case</c>.</summary>
public static class SampleCase
{
    /// <summary>Its gateways: one where every attempt was refused, one where an attempt worked.</summary>
    public static IReadOnlyList<CaseOptions> Gateways { get; } =
    [
        new CaseOptions { Kind = CaseKind.Attempted, HostName = "gw-raadhuis", Nsip = "192.0.2.10", Peer = null, Version = "12.1-54.13" },
        new CaseOptions { Kind = CaseKind.Compromised, HostName = "gw-sociaal", Nsip = "192.0.2.20", Peer = null, Version = "12.1-54.13", Seed = 24 },
    ];
}
