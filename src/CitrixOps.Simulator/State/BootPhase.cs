namespace CitrixOps.Simulator.State;

/// <summary>How far a node is after a restart.</summary>
internal enum BootPhase
{
    /// <summary>It answers.</summary>
    Up,

    /// <summary>Nothing listens.</summary>
    Down,

    /// <summary>Apache answers 503.</summary>
    Starting,

    /// <summary>Logins are not possible yet: 1027.</summary>
    NoLogin,
}
