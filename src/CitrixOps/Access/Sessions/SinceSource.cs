namespace CitrixOps.Access.Sessions;

/// <summary>What the beginning of a session rests on.</summary>
public enum SinceSource
{
    /// <summary>It is not known. The session tables hold no time, and the log was turned over or could not be read.</summary>
    Unknown,

    /// <summary>A record of that session in ns.log: the logon of the user from that address, or the start of that ICA connection.</summary>
    SessionRecord,

    /// <summary>The logon of the user from that address: the session is no older than that.</summary>
    UserLogon,
}
