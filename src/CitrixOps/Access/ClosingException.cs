using System;
using CitrixOps.Access.Receipts;
using CitrixOps.Errors;

namespace CitrixOps.Access;

/// <summary>A closing or a reopening that stopped in between. The receipt says how far it came.</summary>
public sealed class ClosingException : CitrixOpsException
{
    internal ClosingException(AccessReceipt receipt, Problem problem, Exception inner)
        : base(problem with { Recommendation = problem.Recommendation + (receipt.Status is AccessStatus.Failed or AccessStatus.Closing or AccessStatus.Reopening ? $" How far it came is in {receipt.Path}: finish with Disable-ExternalAccess -Receipt, undo with Enable-ExternalAccess -Receipt." : "") }, inner) => Receipt = receipt;

    /// <summary>The receipt.</summary>
    public AccessReceipt Receipt { get; }
}
