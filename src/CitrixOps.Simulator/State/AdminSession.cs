using System;

namespace CitrixOps.Simulator.State;

/// <summary>A session of an administrator.</summary>
internal sealed class AdminSession
{
    public required int Id { get; init; }

    public required string Token { get; init; }

    public required string User { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required TimeSpan Timeout { get; init; }

    public required string ClientAddress { get; init; }

    /// <summary>True for the session of one request with header login.</summary>
    public bool Transient { get; init; }

    public DateTimeOffset LastActivity { get; set; }

    public string Partition { get; set; } = "default";
}
