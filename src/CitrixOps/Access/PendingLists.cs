using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Access.Inventory;
using CitrixOps.Access.Planning;
using CitrixOps.Access.Receipts;
using CitrixOps.Errors;

namespace CitrixOps.Access;

/// <summary>Looks once more, right before access lists are applied, whether others have some pending: an apply puts theirs into force too.</summary>
internal static class PendingLists
{
    public static async Task RefuseAsync(StepRunner runner, ReceiptStep apply, bool force, CancellationToken cancellationToken)
    {
        if (force)
        {
            return;
        }

        var rows = await runner.RowsAsync(apply, runner.Primary, cancellationToken).ConfigureAwait(false);
        var pending = rows.Select(r => AclView.Of(r, apply.Type == "nsacls6")).Where(a => a.IsPending && !a.IsOurs).Select(a => Investigation.SafeText.FromText(a.Name, 127)).ToArray();
        if (pending.Length > 0)
        {
            throw new CitrixOpsException(new Problem("ForeignAccessListsPending", ErrorKind.NotSupported, $"Somebody changed access lists of '{runner.Primary.Address}' and did not apply them: {PlanDraft.Names(pending)}. Applying ours would put theirs into force.", runner.Primary.Address, "Ask who it was, or carry them along with -Force."));
        }
    }
}
