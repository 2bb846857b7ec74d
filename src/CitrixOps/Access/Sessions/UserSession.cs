using System;

namespace CitrixOps.Access.Sessions;

/// <summary>One session of a user, as the gateway showed it. The property names are part of the public interface.</summary>
public sealed record UserSession
{
    /// <summary>The gateway.</summary>
    public string Gateway { get; init; } = "";

    /// <summary>The node that has the session.</summary>
    public string Node { get; init; } = "";

    /// <summary>What kind of session.</summary>
    public UserSessionKind Kind { get; init; }

    /// <summary>TCP, or UDP for ICA over DTLS.</summary>
    public string Transport { get; init; } = "TCP";

    /// <summary>The user.</summary>
    public string UserName { get; init; } = "";

    /// <summary>The user's domain where the gateway shows one.</summary>
    public string Domain { get; init; } = "";

    /// <summary>The user's groups where the gateway shows them.</summary>
    public string Group { get; init; } = "";

    /// <summary>Where the user comes from.</summary>
    public string SourceAddress { get; init; } = "";

    /// <summary>The port there; 0 where not shown.</summary>
    public int SourcePort { get; init; }

    /// <summary>What the user is connected to: the gateway's address for AAA, the machine behind it for the others.</summary>
    public string DestinationAddress { get; init; } = "";

    /// <summary>The port there; 0 where not shown.</summary>
    public int DestinationPort { get; init; }

    /// <summary>The address inside that a VPN user was given, or empty.</summary>
    public string IntranetAddress { get; init; } = "";

    /// <summary>When the session began, UTC; null where it is not known: the session tables hold no time, and logs are turned over.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>What <see cref="Since"/> rests on.</summary>
    public SinceSource SinceSource { get; init; }

    /// <summary>The same in words; why it is not known where it is not.</summary>
    public string SinceDetail { get; init; } = "";

    /// <summary>When it was listed, UTC.</summary>
    public DateTimeOffset ListedAt { get; init; }

    /// <summary>The name as the gateway has it, for ending the session; not for output.</summary>
    internal string RawUserName { get; init; } = "";

    /// <summary>What makes it the same session in two listings.</summary>
    internal (string, UserSessionKind, string, string, string, int, string, int) Identity => (Node, Kind, Transport, UserName, SourceAddress, SourcePort, DestinationAddress, DestinationPort);

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {UserName} from {SourceAddress}";
}
