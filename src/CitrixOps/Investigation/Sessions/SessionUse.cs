namespace CitrixOps.Investigation.Sessions;

/// <summary>What a line says about a session that is used, without its texts.</summary>
/// <param name="User">The user, as a hash.</param>
/// <param name="Session">The session, as a hash; 0 for a record of ICA, which names none.</param>
/// <param name="Client">The client as the gateway knows it since the login.</param>
/// <param name="Source">Where this traffic came from.</param>
internal readonly record struct SessionUse(ulong User, ulong Session, ClientAddress? Client, ClientAddress? Source)
{
    /// <summary>A record that names no session.</summary>
    public bool IsIca => Session == 0;
}
