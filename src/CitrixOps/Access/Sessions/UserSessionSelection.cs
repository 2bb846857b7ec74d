using System;
using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.Access.Sessions;

/// <summary>Which sessions are meant.</summary>
public sealed record UserSessionSelection
{
    /// <summary>Every session of every user.</summary>
    public static UserSessionSelection All { get; } = new();

    /// <summary>The kinds.</summary>
    public IReadOnlyList<UserSessionKind> Kinds { get; init; } = UserSessionTypes.Kinds;

    /// <summary>Decides on a user's name; null for every user.</summary>
    public Func<string, bool>? User { get; init; }

    /// <summary>True to end also what a node did not show first. What is ended unseen leaves no record.</summary>
    public bool EvenUnlisted { get; init; }

    /// <summary>True to clear the persistence of load balancing too, as the vendor's steps after an update say.</summary>
    public bool ClearPersistence { get; init; }

    /// <summary>True where the session is meant.</summary>
    /// <param name="session">The session.</param>
    public bool Includes(UserSession session)
    {
        _ = session ?? throw new ArgumentNullException(nameof(session));
        return Kinds.Contains(session.Kind) && (User is null || User(session.UserName));
    }
}
