using CitrixOps.Receipts;

namespace CitrixOps.Access.Receipts;

/// <summary>The journal of a closing.</summary>
internal sealed class AccessJournal : ReceiptJournal
{
    public AccessJournal(AccessReceipt receipt)
        : base(receipt) => Receipt = receipt;

    public AccessReceipt Receipt { get; }

    /// <summary>Writes the status.</summary>
    public void Mark(AccessStatus status, string problem = "")
    {
        Receipt.Status = status;
        Receipt.Problem = problem;
        Write();
    }
}
