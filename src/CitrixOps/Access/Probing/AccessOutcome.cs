namespace CitrixOps.Access.Probing;

/// <summary>What became of a connection to a way in.</summary>
public enum AccessOutcome
{
    /// <summary>Not tried: nothing ordinary can tell, such as over UDP.</summary>
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

    /// <summary>TLS comes about, then no HTTP answer.</summary>
    TlsOnly,

    /// <summary>An HTTP answer.</summary>
    Answered,
}
