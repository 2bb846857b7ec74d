using System;

namespace CitrixOps.Access.Receipts;

/// <summary>Keeps a receipt's file ahead of what is done: a step is written down before it begins.</summary>
public sealed class ReceiptJournal
{
    /// <summary>Makes one for a receipt that has a path.</summary>
    /// <param name="receipt">The receipt.</param>
    public ReceiptJournal(AccessReceipt receipt) => Receipt = receipt ?? throw new ArgumentNullException(nameof(receipt));

    /// <summary>The receipt.</summary>
    public AccessReceipt Receipt { get; }

    /// <summary>Writes the status.</summary>
    /// <param name="status">The status.</param>
    /// <param name="problem">What went wrong, or empty.</param>
    public void Mark(AccessStatus status, string problem = "")
    {
        Receipt.Status = status;
        Receipt.Problem = problem;
        ReceiptFile.Write(Receipt);
    }

    /// <summary>Writes down that a step begins.</summary>
    /// <param name="step">The step.</param>
    /// <param name="undo">True where it is being undone.</param>
    public void Begin(ReceiptStep step, bool undo = false)
    {
        _ = step ?? throw new ArgumentNullException(nameof(step));
        step.State = undo ? StepState.Undoing : StepState.Started;
        step.StartedAt ??= DateTimeOffset.UtcNow;
        ReceiptFile.Write(Receipt);
    }

    /// <summary>Writes down how a step ended.</summary>
    /// <param name="step">The step.</param>
    /// <param name="state">How.</param>
    /// <param name="note">What there is to say.</param>
    public void End(ReceiptStep step, StepState state, string note = "")
    {
        _ = step ?? throw new ArgumentNullException(nameof(step));
        step.State = state;
        step.FinishedAt = DateTimeOffset.UtcNow;
        step.Note = note;
        ReceiptFile.Write(Receipt);
    }
}
