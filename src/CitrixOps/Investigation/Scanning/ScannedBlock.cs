using System.Runtime.ExceptionServices;
using CitrixOps.Logs.Reading;

namespace CitrixOps.Investigation.Scanning;

/// <summary>A block on its way: being read, being scanned, waiting for its turn.</summary>
internal sealed class ScannedBlock
{
    /// <summary>The lines.</summary>
    public Block Block { get; } = new();

    /// <summary>What they hold.</summary>
    public BlockLines Lines { get; } = new();

    /// <summary>Which block of its file it is, where blocks are read in any order.</summary>
    public int Index { get; set; }

    /// <summary>True once it was scanned.</summary>
    public bool Done { get; set; }

    /// <summary>What the scan failed with.</summary>
    public ExceptionDispatchInfo? Failure { get; set; }
}
