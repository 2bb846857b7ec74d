using CitrixOps.Receipts;

namespace CitrixOps.Appliances.Updating;

/// <summary>One step of an update, and how far it came.</summary>
public sealed class UpdateStep : JournalStep
{
    /// <summary>The node.</summary>
    public string Node { get; set; } = "";

    /// <summary>Backup, Transfer, Install, Restart, Failover, Verify, SwapBack.</summary>
    public string Action { get; set; } = "";

    /// <summary>What is done.</summary>
    public string Text { get; set; } = "";

    /// <inheritdoc/>
    public override string ToString() => $"{Node}: {Action} {State}";
}
