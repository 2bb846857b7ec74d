using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Access.Inventory;
using CitrixOps.Access.Networks;
using CitrixOps.Access.Receipts;
using CitrixOps.Appliances.Live;
using CitrixOps.Errors;
using CitrixOps.Receipts;

namespace CitrixOps.Access;

/// <summary>
/// Undoes a closing by its receipt: what was, and only what we changed. What others changed since is shown and left. Doing it twice, or
/// going on after the process died, comes to the same.
/// </summary>
public sealed class AccessOpener
{
    private readonly Gateway _gateway;

    /// <summary>Makes an opener.</summary>
    /// <param name="gateway">The gateway.</param>
    public AccessOpener(Gateway gateway) => _gateway = gateway ?? throw new ArgumentNullException(nameof(gateway));

    /// <summary>Who has to agree.</summary>
    public IReopenGate Gate { get; init; } = new NoConditions();

    /// <summary>True to reopen although the gate does not agree, which the receipt keeps, to carry along access lists of others, and to remove what of ours they changed.</summary>
    public bool Force { get; init; }

    /// <summary>Hears of each step that begins.</summary>
    public Action<string>? Progress { get; init; }

    /// <summary>What would be undone, step by step, and what others changed since. Nothing is changed.</summary>
    /// <param name="receipt">The receipt.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CitrixOpsException"><c>OtherGateway</c>, or the gate's refusal.</exception>
    public async Task<ReopenPlan> PlanAsync(AccessReceipt receipt, CancellationToken cancellationToken)
    {
        ReceiptMatch.Check(receipt, _gateway);
        var refusal = await Gate.AskAsync(receipt, cancellationToken).ConfigureAwait(false);
        if (refusal is not null && !Force)
        {
            throw new CitrixOpsException(refusal);
        }

        receipt.ReopenGate = Gate.Name + (refusal is null ? ": agreed" : ": forced, although " + refusal.Message);

        var links = new PartitionLinks(_gateway);
        try
        {
            var inventory = await InventoryReader.ReadAsync(links, withSessions: false, InventoryScope.Plan, cancellationToken).ConfigureAwait(false);
            var runner = new StepRunner(links);
            var steps = new List<(ReceiptStep Step, string Title)>();
            var drift = new List<string>(Drift.Of(receipt, WaysIn.Of(inventory, new NetworkPlan())));
            foreach (var step in receipt.Steps.Reverse().Where(s => s.Verb is not (ChangeVerb.Apply or ChangeVerb.EndSessions or ChangeVerb.Save)))
            {
                var (present, changed) = await runner.PresentAsync(step, runner.Primary, cancellationToken).ConfigureAwait(false);
                drift.AddRange(changed.Select(c => $"{Investigation.SafeText.FromText(c, 127)}, which is ours, was changed by somebody{(Force ? "" : ": it is left")}"));
                if (present.Count > 0)
                {
                    steps.Add((step, "Undo: " + step.Title));
                }
                else if (step.State is StepState.Done or StepState.Started && step.Verb is ChangeVerb.Disable)
                {
                    drift.Add($"Enabled or removed by somebody since: {step.Title}");
                }
            }

            foreach (var step in receipt.Steps.Where(s => s.Verb == ChangeVerb.Apply && NeedsApply(s, receipt, inventory)))
            {
                steps.Add((step, "Apply the access lists: the door is open"));
                if (!Force && inventory.Partitions.Where(p => p.Name == step.Partition).SelectMany(p => p.Acls).Where(a => AclView.ApplyType(a.Type) == step.Type && a.IsPending && !a.IsOurs).Select(a => Investigation.SafeText.FromText(a.Name, 127)).ToArray() is { Length: > 0 } pending)
                {
                    throw new CitrixOpsException(new Problem("ForeignAccessListsPending", ErrorKind.NotSupported, $"Somebody changed access lists of '{_gateway.Name}' and did not apply them: {Planning.PlanDraft.Names(pending)}. Removing ours would put theirs into force.", _gateway.Name, "Ask who it was, or carry them along with -Force."));
                }
            }

            var save = receipt.Steps.FirstOrDefault(s => s.Verb == ChangeVerb.Save && s.State is StepState.Done or StepState.Started or StepState.Undoing);
            if (save is not null)
            {
                steps.Add((save, "Save the configuration: a restart keeps it open"));
            }

            return new ReopenPlan(receipt, steps, drift, save is not null && inventory.HasUnsavedChanges && receipt.Status is not (AccessStatus.Reopening or AccessStatus.Closing or AccessStatus.Failed));
        }
        finally
        {
            await links.CloseAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Undoes.</summary>
    /// <param name="plan">What to undo.</param>
    /// <param name="reason">Why, in words.</param>
    /// <param name="cancellationToken">Stops it; the receipt says how far it came.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="ClosingException">It stopped in between.</exception>
    public async Task<AccessReceipt> OpenAsync(ReopenPlan plan, string reason, CancellationToken cancellationToken)
    {
        var receipt = (plan ?? throw new ArgumentNullException(nameof(plan))).Receipt;
        var journal = new AccessJournal(receipt);
        receipt.ReopenReason = string.IsNullOrEmpty(reason) ? receipt.ReopenReason : reason;
        receipt.Drift = receipt.Drift.Concat(plan.Drift).Distinct().ToArray();
        journal.Mark(AccessStatus.Reopening);
        var links = new PartitionLinks(_gateway);
        var runner = new StepRunner(links);
        try
        {
            foreach (var (step, title) in plan.Steps.Where(s => s.Step.Verb != ChangeVerb.Save))
            {
                await UndoAsync(journal, runner, step, title, cancellationToken).ConfigureAwait(false);
            }

            // what is not in effect any more counts as undone
            foreach (var step in receipt.Steps.Where(s => s.State is not (StepState.Undone or StepState.Declined) && s.Verb is not (ChangeVerb.EndSessions or ChangeVerb.Save)))
            {
                step.State = StepState.Undone;
            }

            receipt.ReopenedAt = DateTimeOffset.UtcNow;
            var wrong = (await NodeCheck.EqualiseAsync(_gateway, runner, receipt.Steps, undo: true, cancellationToken).ConfigureAwait(false)).ToList();
            foreach (var (step, title) in plan.Steps.Where(s => s.Step.Verb == ChangeVerb.Save))
            {
                if (plan.HasForeignUnsaved && !Force)
                {
                    wrong.Add("Not saved, because somebody else's changes are unsaved too: a restart closes it again. Save it with -Force, or on the appliance.");
                    continue;
                }

                await UndoAsync(journal, runner, step, title, cancellationToken).ConfigureAwait(false);
                receipt.Saved = false;
            }

            wrong.AddRange(receipt.Steps.Where(s => s.Note.StartsWith("changed by others and left", StringComparison.Ordinal)).Select(s => s.Note));
            journal.Mark(wrong.Count == 0 ? AccessStatus.Reopened : AccessStatus.ReopenedPartly, string.Join(" ", wrong));
            return receipt;
        }
        catch (CitrixOpsException e)
        {
            journal.Mark(AccessStatus.Reopening, e.Problem.Message);
            throw new ClosingException(receipt, e.Problem, e);
        }
        finally
        {
            await links.CloseAsync().ConfigureAwait(false);
        }
    }

    private async Task UndoAsync(AccessJournal journal, StepRunner runner, ReceiptStep step, string title, CancellationToken cancellationToken)
    {
        Progress?.Invoke(title);
        journal.Begin(step, undo: true);
        journal.End(step, StepState.Undone, await runner.UndoAsync(step, Force, cancellationToken).ConfigureAwait(false));
    }

    // lists that were never applied need none; those that expired went by themselves
    private static bool NeedsApply(ReceiptStep apply, AccessReceipt receipt, AccessInventory inventory)
    {
        var ours = inventory.Partitions.Where(p => p.Name == apply.Partition).SelectMany(p => p.Acls).Where(a => a.IsOurs && AclView.ApplyType(a.Type) == apply.Type && a.Name.IndexOf(receipt.Id, StringComparison.OrdinalIgnoreCase) > 0).ToArray();
        return ours.Any(a => a.IsApplied) || (apply.State is not (StepState.Planned or StepState.Undone or StepState.Declined) && (ours.Length > 0 || receipt.ExpiresAt is not { } end || end > inventory.ReadAt));
    }
}
