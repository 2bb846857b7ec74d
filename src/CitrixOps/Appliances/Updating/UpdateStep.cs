using System;

namespace CitrixOps.Appliances.Updating;

/// <summary>One step of an update, and how far it came.</summary>
public sealed class UpdateStep
{
    /// <summary>The node.</summary>
    public string Node { get; set; } = "";

    /// <summary>Backup, Transfer, Install, Restart, Failover, Verify.</summary>
    public string Action { get; set; } = "";

    /// <summary>begun, done, failed.</summary>
    public string State { get; set; } = "";

    /// <summary>When the state was written, UTC.</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>What was done or found.</summary>
    public string Text { get; set; } = "";

    /// <inheritdoc/>
    public override string ToString() => $"{Node}: {Action} {State}";
}
