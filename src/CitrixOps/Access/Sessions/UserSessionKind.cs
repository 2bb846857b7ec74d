namespace CitrixOps.Access.Sessions;

/// <summary>The kinds of sessions users have through a gateway. Ending one kind does not end the others.</summary>
public enum UserSessionKind
{
    /// <summary>Logged-on users: AAA and full VPN.</summary>
    Aaa,

    /// <summary>Published applications and desktops (ICA), over TCP or DTLS.</summary>
    Ica,

    /// <summary>PCoIP.</summary>
    Pcoip,

    /// <summary>RDP proxy.</summary>
    Rdp,
}
