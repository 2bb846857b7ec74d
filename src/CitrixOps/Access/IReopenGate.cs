using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Access.Receipts;
using CitrixOps.Errors;

namespace CitrixOps.Access;

/// <summary>
/// Has to agree before a gateway is reopened. The one place for conditions: patched on every node, investigated, no open finding.
/// </summary>
public interface IReopenGate
{
    /// <summary>What it goes by, in a few words; kept in the receipt.</summary>
    string Name { get; }

    /// <summary>Asks.</summary>
    /// <param name="receipt">What would be undone.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Why not, or null.</returns>
    Task<Problem?> AskAsync(AccessReceipt receipt, CancellationToken cancellationToken);
}
