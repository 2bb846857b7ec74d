using System;
using System.Collections.Generic;
using CitrixOps.Errors;

namespace CitrixOps.Access.Sessions;

/// <summary>What ending the sessions of a gateway's users came to. The property names are part of the public interface.</summary>
public sealed record UserSessionStop
{
    /// <summary>The gateway.</summary>
    public string Gateway { get; init; } = "";

    /// <summary>Sessions that were there and meant.</summary>
    public int Found { get; init; }

    /// <summary>Those that are gone, seen by listing again.</summary>
    public int Ended { get; init; }

    /// <summary>Those that are still there.</summary>
    public int Remaining { get; init; }

    /// <summary>Sessions that came up meanwhile and are there: the way in is open.</summary>
    public int Appeared { get; init; }

    /// <summary>Logged-on users ended.</summary>
    public int Aaa { get; init; }

    /// <summary>ICA sessions ended.</summary>
    public int Ica { get; init; }

    /// <summary>PCoIP sessions ended.</summary>
    public int Pcoip { get; init; }

    /// <summary>RDP sessions ended.</summary>
    public int Rdp { get; init; }

    /// <summary>Entries of the persistence of load balancing that were cleared; null where that was not asked for.</summary>
    public int? PersistenceCleared { get; init; }

    /// <summary>True where every node was listed again afterwards and none of the sessions meant is there.</summary>
    public bool Verified { get; init; }

    /// <summary>Where the sessions were written before they were ended, or empty.</summary>
    public string Evidence { get; init; } = "";

    /// <summary>The nodes that were asked.</summary>
    public IReadOnlyList<string> Nodes { get; init; } = Array.Empty<string>();

    /// <summary>The sessions that were there and meant: who, from where, since when.</summary>
    public IReadOnlyList<UserSession> Sessions { get; init; } = Array.Empty<UserSession>();

    /// <summary>What is there now of the sessions meant.</summary>
    public IReadOnlyList<UserSession> StillThere { get; init; } = Array.Empty<UserSession>();

    /// <summary>What went wrong.</summary>
    public IReadOnlyList<Problem> Problems { get; init; } = Array.Empty<Problem>();

    /// <summary>When it was done, UTC.</summary>
    public DateTimeOffset FinishedAt { get; init; }
}
