namespace CitrixOps.Console;

/// <summary>What the process answers; a script's <c>exit N</c> is passed on as it is.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>A script failed, or ended with an error that stopped it.</summary>
    public const int Failure = 1;

    /// <summary>The command line cannot be understood.</summary>
    public const int Usage = 64;

    /// <summary>Stopped by Ctrl+C.</summary>
    public const int Stopped = 130;
}
