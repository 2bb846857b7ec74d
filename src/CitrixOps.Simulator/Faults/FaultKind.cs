namespace CitrixOps.Simulator.Faults;

/// <summary>The ways an answer can go wrong.</summary>
public enum FaultKind
{
    /// <summary>The answer comes late.</summary>
    Slow,

    /// <summary>The connection ends after the headers.</summary>
    CutAfterHeaders,

    /// <summary>The connection ends within the body.</summary>
    CutBody,

    /// <summary>Content-Length promises more than comes.</summary>
    WrongLength,

    /// <summary>The command is executed, the answer never comes.</summary>
    LoseResponse,

    /// <summary>The connection is dropped before the command is executed.</summary>
    Refuse,

    /// <summary>Apache's HTML page with 503; the command is not executed.</summary>
    Html503,

    /// <summary>The node has another certificate from the next connection on.</summary>
    ChangeCertificate,

    /// <summary>The session is killed before the command is executed.</summary>
    KillSession,

    /// <summary>The answer is an error code given by the fault; the command is not executed.</summary>
    ErrorCode,

    /// <summary>The connection is closed after a complete answer.</summary>
    CloseAfter,

    /// <summary>The command is executed, nothing is answered and the connection stays open.</summary>
    Silence,

    /// <summary>The answer is compressed, asked for or not.</summary>
    Gzip,

    /// <summary>Of a bulk request the first half is executed, the rest fails with the code of the fault.</summary>
    HalfBulk,

    /// <summary>Of a bulk request the first half is executed, and the answer never comes.</summary>
    LoseHalfBulk,
}
