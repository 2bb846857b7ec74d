namespace CitrixOps.Access.Probing;

/// <summary>What became of a connection to a way in.</summary>
public enum AccessOutcome
{
    /// <summary>Not tried: nothing ordinary can tell, such as over UDP, or it is not known what to try.</summary>
    NotTested,

    /// <summary>The name has no address.</summary>
    NotResolved,

    /// <summary>This machine has no path to it.</summary>
    Unreachable,

    /// <summary>Nothing came back in time.</summary>
    NoAnswer,

    /// <summary>The connection was refused or reset before a byte came.</summary>
    Refused,

    /// <summary>TCP connects, then nothing comes.</summary>
    Silent,

    /// <summary>TCP connects, to a service that is not asked for more.</summary>
    Connected,

    /// <summary>TLS comes about, then no HTTP answer.</summary>
    TlsOnly,

    /// <summary>An answer: of HTTP, SSH or DTLS.</summary>
    Answered,
}
