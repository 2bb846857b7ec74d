namespace CitrixOps.Indicators;

/// <summary>Where in an intrusion a finding stands.</summary>
public enum Phase
{
    /// <summary>Looking for the flaw.</summary>
    Scan,

    /// <summary>An attempt to use it.</summary>
    Attempt,

    /// <summary>Code of the attacker ran.</summary>
    Execution,

    /// <summary>Something stays behind.</summary>
    Persistence,

    /// <summary>Acts after the break-in.</summary>
    PostExploitation,

    /// <summary>Secrets or sessions were taken.</summary>
    CredentialTheft,

    /// <summary>Logs or settings were changed to hide.</summary>
    Tampering,

    /// <summary>The watching itself.</summary>
    Monitoring,
}
