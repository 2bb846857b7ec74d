using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Access.Receipts;
using CitrixOps.Appliances.Live;
using CitrixOps.Errors;
using CitrixOps.Receipts;

namespace CitrixOps.Access;

/// <summary>
/// Looks at every node whether the steps are in effect there, and does on the other node what the pair did not propagate: after a failover
/// it is that one that answers.
/// </summary>
internal static class NodeCheck
{
    /// <returns>What is not as it should be, in words.</returns>
    public static async Task<IReadOnlyList<string>> EqualiseAsync(Gateway gateway, StepRunner runner, IReadOnlyList<ReceiptStep> steps, bool undo, CancellationToken cancellationToken)
    {
        var wrong = new List<string>();
        if (gateway.Ha == "PairIncomplete")
        {
            wrong.Add($"The other node ({gateway.Peer}) is not connected: whether it is equal was not seen.");
        }

        var meant = steps.Where(s => s.State is StepState.Done or StepState.Undone && s.Verb is not (ChangeVerb.EndSessions or ChangeVerb.Save)).ToArray();
        foreach (var node in gateway.Nodes)
        {
            var seen = new ReadRows();
            foreach (var step in undo ? meant.Reverse().OrderBy(s => s.Verb == ChangeVerb.Apply) : meant.AsEnumerable())
            {
                if (await OneAsync(runner, step, node, seen, undo, node == runner.Primary, cancellationToken).ConfigureAwait(false) is { } problem)
                {
                    wrong.Add(problem);
                }
            }
        }

        return wrong;
    }

    private static async Task<string?> OneAsync(StepRunner runner, ReceiptStep step, GatewayNode node, ReadRows seen, bool undo, bool isPrimary, CancellationToken cancellationToken)
    {
        try
        {
            var left = await LeftAsync(runner, step, node, seen, undo, cancellationToken).ConfigureAwait(false);
            if (left.Count == 0)
            {
                return null;
            }

            if (!isPrimary)
            {
                await runner.SendAsync(step, undo, left, node, everywhere: true, cancellationToken).ConfigureAwait(false);
                if (undo && step.Type is "nsacl" or "nsacl6")
                {
                    // removed is not gone before it is applied
                    await runner.SendAsync(new ReceiptStep { Verb = ChangeVerb.Apply, Type = Inventory.AclView.ApplyType(step.Type), Partition = step.Partition }, undo: false, left, node, everywhere: true, cancellationToken).ConfigureAwait(false);
                }

                seen.Forget();
                left = await LeftAsync(runner, step, node, seen, undo, cancellationToken).ConfigureAwait(false);
            }

            return left.Count == 0 ? null : $"Not in effect on {node.Address}: {step.Title}.";
        }
        catch (CitrixOpsException e)
        {
            return $"Not seen on {node.Address}: {step.Title}: {e.Problem.Message}";
        }
    }

    private static async Task<IReadOnlyList<IReadOnlyDictionary<string, object>>> LeftAsync(StepRunner runner, ReceiptStep step, GatewayNode node, ReadRows seen, bool undo, CancellationToken cancellationToken) => undo
        ? step.Note.StartsWith("changed by others and left", System.StringComparison.Ordinal) ? [] : (await runner.PresentAsync(step, node, cancellationToken, seen).ConfigureAwait(false)).Present
        : await runner.MissingAsync(step, node, cancellationToken, seen).ConfigureAwait(false);
}
