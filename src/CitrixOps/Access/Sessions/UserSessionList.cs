using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Errors;

namespace CitrixOps.Access.Sessions;

/// <summary>The sessions of a gateway's users at one moment, of all nodes and kinds.</summary>
/// <param name="Gateway">The gateway.</param>
/// <param name="TakenAt">When, UTC.</param>
/// <param name="Nodes">The nodes that were asked.</param>
/// <param name="Sessions">The sessions, by node and kind.</param>
/// <param name="NotListed">The kinds that a node did not show.</param>
/// <param name="Problems">Why not.</param>
public sealed record UserSessionList(
    string Gateway,
    DateTimeOffset TakenAt,
    IReadOnlyList<string> Nodes,
    IReadOnlyList<UserSession> Sessions,
    IReadOnlyList<(string Node, UserSessionKind Kind)> NotListed,
    IReadOnlyList<Problem> Problems)
{
    /// <summary>True where every node showed every kind.</summary>
    public bool IsComplete => Problems.Count == 0;

    /// <summary>The persistence tables of the nodes; empty where they were not asked for.</summary>
    public IReadOnlyList<PersistentSession> Persistence { get; init; } = Array.Empty<PersistentSession>();

    /// <summary>The kinds a node cannot have: its build does not know them, or they are not licensed or not enabled.</summary>
    internal IReadOnlyList<(string Node, UserSessionKind Kind)> Absent { get; init; } = Array.Empty<(string, UserSessionKind)>();

    /// <summary>How many sessions of a kind there are.</summary>
    /// <param name="kind">The kind.</param>
    public int CountOf(UserSessionKind kind) => Sessions.Count(s => s.Kind == kind);
}
