using System;

namespace CitrixOps.Receipts;

/// <summary>A step of a receipt: how far it is.</summary>
public abstract class JournalStep
{
    /// <summary>How far it is.</summary>
    public StepState State { get; set; }

    /// <summary>When it began, UTC.</summary>
    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>When it ended, UTC.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>What there is to say about it.</summary>
    public string Note { get; set; } = "";
}
