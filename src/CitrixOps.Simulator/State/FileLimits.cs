namespace CitrixOps.Simulator.State;

/// <summary>What happens to a file that is too large for the management process.</summary>
public enum BeyondCeiling
{
    /// <summary>The content ends early.</summary>
    Truncated,

    /// <summary>The content is empty.</summary>
    Empty,

    /// <summary>Error 283.</summary>
    Error,

    /// <summary>Apache's page with 503.</summary>
    Unavailable,

    /// <summary>No answer; the caller has to give up.</summary>
    Silence,
}

/// <summary>The largest file that can be read over NITRO. No limit is documented; large files fail in several ways.</summary>
/// <param name="Ceiling">Bytes.</param>
/// <param name="Beyond">What larger files get.</param>
public sealed record FileLimits(int Ceiling, BeyondCeiling Beyond);
