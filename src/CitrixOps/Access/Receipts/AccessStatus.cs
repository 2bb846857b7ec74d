namespace CitrixOps.Access.Receipts;

/// <summary>What became of a closing.</summary>
public enum AccessStatus
{
    /// <summary>Only planned (-WhatIf).</summary>
    Planned,

    /// <summary>Refused: nothing was changed.</summary>
    Refused,

    /// <summary>The caller said no: nothing was changed.</summary>
    Declined,

    /// <summary>Nothing to close.</summary>
    NothingOpen,

    /// <summary>Begun; where it stays so the process ended in between.</summary>
    Closing,

    /// <summary>Closed, and looked at again.</summary>
    Closed,

    /// <summary>Closed, but something remains: sessions, the other node, ways that this method does not close.</summary>
    ClosedPartly,

    /// <summary>Not closed: it stopped in between.</summary>
    Failed,

    /// <summary>Reopening has begun.</summary>
    Reopening,

    /// <summary>As it was before.</summary>
    Reopened,

    /// <summary>Reopened, but something of ours was changed by others and left, or could not be undone.</summary>
    ReopenedPartly,
}
