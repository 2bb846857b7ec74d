using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Access.Receipts;
using CitrixOps.Errors;

namespace CitrixOps.Access;

/// <summary>The gate of a reopening that nothing was made a condition of: it agrees.</summary>
public sealed class NoConditions : IReopenGate
{
    /// <inheritdoc/>
    public string Name => "no conditions";

    /// <inheritdoc/>
    public Task<Problem?> AskAsync(AccessReceipt receipt, CancellationToken cancellationToken) => Task.FromResult<Problem?>(null);
}
