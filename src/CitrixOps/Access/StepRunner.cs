using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Access.Receipts;
using CitrixOps.Appliances.Live;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Errors;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Access;

/// <summary>
/// Does and undoes steps. A command without an answer is not repeated blindly: it is looked what is in effect, and only what is missing is
/// done again. The same makes a step resumable after the process died within it.
/// </summary>
internal sealed class StepRunner
{
    private const int Attempts = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly string[] Passing = { "AnswerIncomplete", "NoAnswerInTime", "ApplianceNotReady", "NotConnected", "LoginUnanswered", "SessionEnded", "NotPrimary", "ApplianceBusy", "RoleChanged", "NotAnAppliance" };
    private readonly PartitionLinks _links;

    public StepRunner(PartitionLinks links) => _links = links;

    public GatewayNode Primary => _links.Gateway.Primary ?? throw new CitrixOpsException(new Problem("NoPrimary", ErrorKind.ConnectionFailed, $"None of the connected nodes of '{_links.Gateway.Name}' is the primary.", _links.Gateway.Name, "Give both nodes of the pair to Connect-Gateway."));

    /// <summary>Does a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="fresh">True where nothing of it can have been done yet.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What there is to say, or empty.</returns>
    public Task<string> DoAsync(ReceiptStep step, bool fresh, CancellationToken cancellationToken) =>
        TryAsync(step, undo: false, fresh ? step.Objects : null, cancellationToken);

    /// <summary>Undoes a step as far as it is in effect and still ours.</summary>
    /// <param name="step">The step.</param>
    /// <param name="evenIfChanged">True to remove also what others changed.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<string> UndoAsync(ReceiptStep step, bool evenIfChanged, CancellationToken cancellationToken) =>
        TryAsync(step, undo: true, null, cancellationToken, evenIfChanged);

    /// <summary>The objects of a step that are not in effect on a node.</summary>
    public async Task<IReadOnlyList<IReadOnlyDictionary<string, object>>> MissingAsync(ReceiptStep step, GatewayNode node, CancellationToken cancellationToken, ReadRows? seen = null) =>
        StepObjects.Missing(step, await RowsAsync(step, node, cancellationToken, seen).ConfigureAwait(false));

    /// <summary>What of a step is in effect and would be undone, and what others changed.</summary>
    public async Task<(IReadOnlyList<IReadOnlyDictionary<string, object>> Present, IReadOnlyList<string> Changed)> PresentAsync(ReceiptStep step, GatewayNode node, CancellationToken cancellationToken, ReadRows? seen = null) =>
        StepObjects.Present(step, await RowsAsync(step, node, cancellationToken, seen).ConfigureAwait(false));

    public async Task<IReadOnlyList<JObject>> RowsAsync(ReceiptStep step, GatewayNode node, CancellationToken cancellationToken, ReadRows? seen = null)
    {
        if (StepCalls.Read(step) is not { } call)
        {
            return Array.Empty<JObject>();
        }

        if (seen?.Find(step.Partition, call) is { } known)
        {
            return known;
        }

        var rows = (await _links.To(node, step.Partition).SendAsync(call, cancellationToken).ConfigureAwait(false)).Rows(call.Type);
        seen?.Keep(step.Partition, call, rows);
        return rows;
    }

    /// <summary>Does a step's objects on one node, also where that is the secondary.</summary>
    public async Task SendAsync(ReceiptStep step, bool undo, IReadOnlyList<IReadOnlyDictionary<string, object>> objects, GatewayNode node, bool everywhere, CancellationToken cancellationToken)
    {
        foreach (var call in undo ? StepCalls.Undo(step, objects) : StepCalls.Do(step, objects))
        {
            var reply = await _links.To(node, step.Partition).SendAsync(call with { Accepts = StepCalls.Harmless.Concat(WriteResult.NotPropagatedCodes).ToArray() }, cancellationToken).ConfigureAwait(false);
            if (reply.WarningCode == 1028 && !everywhere)
            {
                throw new CitrixOpsException(new Problem("RoleChanged", ErrorKind.ConnectionFailed, $"'{node.Address}' has become the secondary node.", node.Address, "Check the pair."));
            }

            if (reply.Items.FirstOrDefault(i => i.Code != 0 && !StepCalls.Harmless.Contains(i.Code) && !WriteResult.NotPropagatedCodes.Contains(i.Code) && i.Code != 1265) is { Code: not 0 } failed)
            {
                var refused = NitroProblems.Of(new NitroReply(new JObject { ["errorcode"] = failed.Code, ["message"] = failed.Message, ["severity"] = "ERROR" }, 0, null), call, node.Address, _links.Gateway.UserName);
                throw reply.Items.Any(i => i.Code == 0) ? new HalfDoneException(refused.Problem, refused) : refused;
            }
        }
    }

    private async Task<string> TryAsync(ReceiptStep step, bool undo, IReadOnlyList<IReadOnlyDictionary<string, object>>? first, CancellationToken cancellationToken, bool evenIfChanged = false)
    {
        CitrixOpsException? last = null;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                if (attempt > 0)
                {
                    await Task.Delay(TimeSpan.FromTicks(Pause.Ticks << attempt), cancellationToken).ConfigureAwait(false);
                    await _links.Gateway.RefreshRolesAsync(cancellationToken).ConfigureAwait(false);
                }

                // lists are applied whatever is seen; what is pending was looked at right before
                var known = attempt > 0 ? null : step.Verb == ChangeVerb.Apply ? step.Objects : first;
                var (objects, note) = known is not null ? (known, "") : await ToDoAsync(step, undo, evenIfChanged, cancellationToken).ConfigureAwait(false);
                if (objects.Count == 0 && step.Verb != ChangeVerb.Save && !(step.Verb == ChangeVerb.Apply && (undo || attempt == 0)))
                {
                    return note.Length > 0 ? note : attempt == 0 ? "was so already" : "looked at again: done";
                }

                await SendAsync(step, undo, objects, Primary, everywhere: false, cancellationToken).ConfigureAwait(false);
                return note;
            }
            catch (CitrixOpsException e) when (e is HalfDoneException || Passing.Contains(e.Problem.Id))
            {
                last = e;
            }
        }

        // the last attempt may have been executed without an answer
        return (await ToDoAsync(step, undo, evenIfChanged, cancellationToken).ConfigureAwait(false)).Objects.Count == 0 && step.Verb is not (ChangeVerb.Apply or ChangeVerb.Save) ? "looked at again: done" : throw last!;
    }

    private async Task<(IReadOnlyList<IReadOnlyDictionary<string, object>> Objects, string Note)> ToDoAsync(ReceiptStep step, bool undo, bool evenIfChanged, CancellationToken cancellationToken)
    {
        if (step.Verb == ChangeVerb.Save || (undo && step.Verb == ChangeVerb.Apply))
        {
            return (step.Objects, "");
        }

        if (!undo)
        {
            return (await MissingAsync(step, Primary, cancellationToken).ConfigureAwait(false), "");
        }

        var (present, changed) = await PresentAsync(step, Primary, cancellationToken).ConfigureAwait(false);
        return (evenIfChanged ? present : present.Where(o => !changed.Contains(StepObjects.Name(step, o))).ToArray(), changed.Count == 0 ? "" : (evenIfChanged ? "changed by others, removed all the same: " : "changed by others and left: ") + string.Join(", ", changed.Select(c => Investigation.SafeText.FromText(c, 127))));
    }
}
