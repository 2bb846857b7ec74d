using System;

namespace CitrixOps.Receipts;

/// <summary>Keeps a receipt's file ahead of what is done: a step is written down before it begins.</summary>
public class ReceiptJournal
{
    private readonly Receipt _receipt;
    private readonly object _gate = new();

    /// <summary>Makes one for a receipt that has a path.</summary>
    /// <param name="receipt">The receipt.</param>
    public ReceiptJournal(Receipt receipt) => _receipt = receipt ?? throw new ArgumentNullException(nameof(receipt));

    /// <summary>Puts the receipt on the disk as it is.</summary>
    /// <exception cref="Errors.CitrixOpsException"><c>ReceiptNotWritten</c>.</exception>
    public void Write()
    {
        lock (_gate)
        {
            ReceiptFile.Write(_receipt);
        }
    }

    /// <summary>Writes down that a step begins.</summary>
    /// <param name="step">The step.</param>
    /// <param name="undo">True where it is being undone.</param>
    /// <exception cref="Errors.CitrixOpsException"><c>ReceiptNotWritten</c>: the step must not be done.</exception>
    public void Begin(JournalStep step, bool undo = false)
    {
        _ = step ?? throw new ArgumentNullException(nameof(step));
        step.State = undo ? StepState.Undoing : StepState.Started;
        step.StartedAt ??= DateTimeOffset.UtcNow;
        Write();
    }

    /// <summary>Writes down how a step ended.</summary>
    /// <param name="step">The step.</param>
    /// <param name="state">How.</param>
    /// <param name="note">What there is to say.</param>
    /// <exception cref="Errors.CitrixOpsException"><c>ReceiptNotWritten</c>.</exception>
    public void End(JournalStep step, StepState state, string note = "")
    {
        _ = step ?? throw new ArgumentNullException(nameof(step));
        step.State = state;
        step.FinishedAt = DateTimeOffset.UtcNow;
        step.Note = note;
        Write();
    }
}
