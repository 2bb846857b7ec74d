namespace CitrixOps.Simulator.Traffic;

/// <summary>What becomes of a connection.</summary>
public enum Outcome
{
    /// <summary>Nothing comes back.</summary>
    NoAnswer,

    /// <summary>A reset instead of a connection.</summary>
    Refused,

    /// <summary>TCP and TLS come about, then a reset.</summary>
    ResetAfterTls,

    /// <summary>TCP and TLS come about, then nothing.</summary>
    SilentAfterTls,

    /// <summary>An HTTP answer.</summary>
    Answered,
}
