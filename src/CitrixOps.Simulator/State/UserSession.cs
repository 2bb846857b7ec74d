using System.Text.Json.Nodes;

namespace CitrixOps.Simulator.State;

/// <summary>The kinds of sessions users have through a gateway.</summary>
internal enum UserSessionKind
{
    /// <summary>AAA and VPN.</summary>
    Aaa,

    /// <summary>ICA over TCP.</summary>
    Ica,

    /// <summary>ICA over DTLS.</summary>
    IcaDtls,

    /// <summary>PCoIP.</summary>
    Pcoip,

    /// <summary>RDP proxy.</summary>
    Rdp,

    /// <summary>Persistence of load balancing.</summary>
    Persistence,
}

/// <summary>A session of a user: its row as NITRO shows it.</summary>
internal sealed record UserSession(UserSessionKind Kind, string User, string SourceAddress, string Vserver, JsonObject Row)
{
    /// <summary>False once its connection was cut, while the session is still known.</summary>
    public bool IsConnected { get; set; } = true;
}
