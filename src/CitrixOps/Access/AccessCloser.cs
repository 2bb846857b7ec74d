using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Access.Inventory;
using CitrixOps.Access.Planning;
using CitrixOps.Access.Receipts;
using CitrixOps.Access.Sessions;
using CitrixOps.Appliances.Live;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Errors;
using CitrixOps.Receipts;

namespace CitrixOps.Access;

/// <summary>
/// Closes a gateway by a plan: the receipt is on the disk before anything is changed and before each step, so that a process that dies at any
/// point leaves enough to finish or to undo.
/// </summary>
public sealed class AccessCloser
{
    private readonly Gateway _gateway;

    /// <summary>Makes a closer.</summary>
    /// <param name="gateway">The gateway.</param>
    public AccessCloser(Gateway gateway) => _gateway = gateway ?? throw new ArgumentNullException(nameof(gateway));

    /// <summary>Hears of each step that begins.</summary>
    public Action<string>? Progress { get; init; }

    /// <summary>The most files of logs that are read on a node to say since when the sessions are there that are ended.</summary>
    public int MostLogs { get; init; } = 2;

    /// <summary>Makes the receipt of a plan. Nothing is written yet.</summary>
    /// <param name="inventory">What the plan was made from.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="options">What was wanted.</param>
    public AccessReceipt Draft(AccessInventory inventory, AccessPlan plan, ClosingOptions options)
    {
        _ = inventory ?? throw new ArgumentNullException(nameof(inventory));
        _ = plan ?? throw new ArgumentNullException(nameof(plan));
        _ = options ?? throw new ArgumentNullException(nameof(options));
        return new AccessReceipt
        {
            Id = options.Id,
            Gateway = _gateway.Name,
            Nodes = _gateway.Nodes.Select(n => new ReceiptNode { Nsip = n.Nsip, Address = n.Address, HostName = n.HostName, SerialNumber = n.SerialNumber }).ToArray(),
            Status = plan.Refusal is not null ? AccessStatus.Refused : plan.HasWork ? AccessStatus.Planned : AccessStatus.NothingOpen,
            Problem = plan.Refusal?.Message ?? "",
            Method = plan.Method.ToString(),
            MethodReason = plan.MethodReason,
            Reason = options.Reason,
            UserName = _gateway.UserName,
            CreatedAt = DateTimeOffset.UtcNow,
            AllowNetwork = options.Allowed.Ranges.SelectMany(r => r.Subnets()).ToArray(),
            Warnings = plan.Warnings,
            StillOpen = plan.StillOpen,
            Before = WaysIn.Of(inventory, options.Networks).Select(w => new ReceiptWay { Partition = w.Partition, Kind = w.Kind.ToString(), Name = w.Name, Address = w.Address, Port = w.Port, State = w.State, Scope = w.Scope.ToString() }).ToArray(),
            Steps = plan.Steps,
        };
    }

    /// <summary>Closes.</summary>
    /// <param name="receipt">The draft; its steps that were declined are left out.</param>
    /// <param name="inventory">What the plan was made from: its sessions are recorded before anything is changed.</param>
    /// <param name="options">What was wanted.</param>
    /// <param name="folder">Where receipts lie.</param>
    /// <param name="cancellationToken">Stops it; the receipt says how far it came.</param>
    /// <returns>The receipt.</returns>
    /// <exception cref="CitrixOpsException">The receipt or the sessions cannot be recorded; nothing was changed.</exception>
    public async Task<AccessReceipt> CloseAsync(AccessReceipt receipt, AccessInventory inventory, ClosingOptions options, string folder, CancellationToken cancellationToken)
    {
        _ = receipt ?? throw new ArgumentNullException(nameof(receipt));
        _ = options ?? throw new ArgumentNullException(nameof(options));
        receipt.Path = ReceiptFile.PathFor(folder, receipt.Gateway, receipt.CreatedAt, receipt.Id);
        if (inventory?.Sessions is { } sessions)
        {
            receipt.SessionsFile = Path.GetFileName(SessionsPath(receipt));
            receipt.SessionsSha256 = UserSessionRecord.Write(SessionsPath(receipt), sessions);
        }

        receipt.ExpiresAt = options.ExpiresAfter is { } time ? DateTimeOffset.UtcNow + time : null;
        var journal = new AccessJournal(receipt);
        journal.Mark(AccessStatus.Closing);
        return await RunAsync(journal, inventory?.Sessions, fresh: true, options.Force, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Finishes a closing that stopped in between.</summary>
    /// <param name="receipt">Its receipt.</param>
    /// <param name="force">True to carry along access lists of others.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CitrixOpsException"><c>OtherGateway</c>, <c>ReceiptReopened</c>.</exception>
    public async Task<AccessReceipt> FinishAsync(AccessReceipt receipt, bool force, CancellationToken cancellationToken)
    {
        ReceiptMatch.Check(receipt, _gateway);
        if (receipt.Status is AccessStatus.Reopening or AccessStatus.Reopened or AccessStatus.ReopenedPartly)
        {
            throw new CitrixOpsException(new Problem("ReceiptReopened", ErrorKind.InvalidArgument, $"The closing of '{receipt.Gateway}' was undone, or that was begun.", receipt.Path, "Close it anew, or finish the reopening with Enable-ExternalAccess."));
        }

        return await RunAsync(new AccessJournal(receipt), null, fresh: false, force, cancellationToken).ConfigureAwait(false);
    }

    private async Task<AccessReceipt> RunAsync(AccessJournal journal, UserSessionList? sessions, bool fresh, bool force, CancellationToken cancellationToken)
    {
        var receipt = journal.Receipt;
        var links = new PartitionLinks(_gateway);
        var runner = new StepRunner(links);
        ReceiptStep? current = null;
        try
        {
            foreach (var step in receipt.Steps.Where(s => s.State != StepState.Declined && s.Verb is not (ChangeVerb.EndSessions or ChangeVerb.Save)))
            {
                current = step;
                if (step.Verb == ChangeVerb.Apply)
                {
                    await PendingLists.RefuseAsync(runner, step, force, cancellationToken).ConfigureAwait(false);
                }

                await DoAsync(journal, runner, step, fresh && step.State == StepState.Planned, cancellationToken).ConfigureAwait(false);
            }

            current = null;
            receipt.ClosedAt ??= DateTimeOffset.UtcNow;
            await ReachableAsync(receipt, cancellationToken).ConfigureAwait(false);
            var remaining = await NodeCheck.EqualiseAsync(_gateway, runner, receipt.Steps, undo: false, cancellationToken).ConfigureAwait(false);
            remaining = remaining.Concat(await AfterAsync(journal, runner, sessions, fresh, cancellationToken).ConfigureAwait(false)).ToArray();
            journal.Mark(remaining.Count > 0 || receipt.StillOpen.Count > 0 ? AccessStatus.ClosedPartly : AccessStatus.Closed, string.Join(" ", remaining));
            return receipt;
        }
        catch (CitrixOpsException e)
        {
            if (current is not null)
            {
                journal.End(current, StepState.Failed, e.Problem.Message);
            }

            if (e.Problem.Id is "ForeignAccessListsPending" or "LockedOut")
            {
                await TakeBackAsync(journal, runner, e.Problem, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                journal.Mark(AccessStatus.Failed, e.Problem.Message);
            }

            throw new ClosingException(receipt, e.Problem, e);
        }
        finally
        {
            await links.CloseAsync().ConfigureAwait(false);
        }
    }

    // the door is shut: users, the other node, saving
    private async Task<IReadOnlyList<string>> AfterAsync(AccessJournal journal, StepRunner runner, UserSessionList? listed, bool fresh, CancellationToken cancellationToken)
    {
        var remaining = new List<string>();
        foreach (var step in journal.Receipt.Steps.Where(s => s.State != StepState.Declined && s.Verb is ChangeVerb.EndSessions or ChangeVerb.Save))
        {
            try
            {
                if (step.Verb == ChangeVerb.EndSessions)
                {
                    await EndSessionsAsync(journal, step, fresh ? listed : null, remaining, cancellationToken).ConfigureAwait(false);
                }
                else
                {
                    await DoAsync(journal, runner, step, fresh, cancellationToken).ConfigureAwait(false);
                    journal.Receipt.Saved = true;
                }
            }
            catch (CitrixOpsException e)
            {
                journal.End(step, StepState.Failed, e.Problem.Message);
                remaining.Add(e.Problem.Message);
            }
        }

        return remaining;
    }

    private async Task EndSessionsAsync(AccessJournal journal, ReceiptStep step, UserSessionList? listed, List<string> remaining, CancellationToken cancellationToken)
    {
        Progress?.Invoke(step.Title);
        journal.Begin(step);
        var receipt = journal.Receipt;
        var fresh = listed is not null;
        listed ??= await new UserSessionReader(_gateway).ListAsync(null, cancellationToken).ConfigureAwait(false);
        var stop = await new UserSessionStopper(_gateway) { MostLogs = MostLogs }.StopAsync(listed, new UserSessionSelection { EvenUnlisted = true }, l => Record(journal, l, listed, fresh), cancellationToken).ConfigureAwait(false);
        receipt.SessionsEnded += stop.Ended;
        remaining.AddRange(stop.Problems.Select(p => p.Message).Distinct());
        if (stop.Remaining > 0)
        {
            remaining.Add(FormattableString.Invariant($"{stop.Remaining:N0} users' sessions remain."));
        }

        journal.End(step, stop.Remaining == 0 && stop.Verified ? StepState.Done : StepState.Failed, FormattableString.Invariant($"{stop.Ended:N0} of {stop.Found:N0} ended"));
    }

    // Each list of a closing is a file beside its receipt. The receipt names that of the sessions that were there when it began: as listed
    // before the first change, then with what the logs say about them.
    private static void Record(AccessJournal journal, UserSessionList list, UserSessionList first, bool fresh)
    {
        var receipt = journal.Receipt;
        if (ReferenceEquals(list.Sessions, first.Sessions) && fresh && receipt.SessionsFile.Length > 0)
        {
            return;
        }

        var path = UserSessionRecord.PathFor(Path.GetDirectoryName(receipt.Path)!, list);
        var hash = UserSessionRecord.Write(path, list);
        if (receipt.SessionsFile.Length == 0 || (fresh && list.TakenAt == first.TakenAt))
        {
            receipt.SessionsFile = Path.GetFileName(path);
            receipt.SessionsSha256 = hash;
            journal.Write();
        }
    }

    private static string SessionsPath(AccessReceipt receipt) => Path.ChangeExtension(receipt.Path, null) + "-sessions.json";

    private async Task DoAsync(AccessJournal journal, StepRunner runner, ReceiptStep step, bool fresh, CancellationToken cancellationToken)
    {
        Progress?.Invoke(step.Title);
        journal.Begin(step);
        journal.End(step, StepState.Done, await runner.DoAsync(step, fresh, cancellationToken).ConfigureAwait(false));
    }

    // a connection that was open before proves nothing: a new one has to come about
    private async Task ReachableAsync(AccessReceipt receipt, CancellationToken cancellationToken)
    {
        if (!receipt.Steps.Any(s => s.Verb == ChangeVerb.Apply) || _gateway.Primary?.Connection is not { } session)
        {
            return;
        }

        // one lost answer is no lock-out
        for (var attempt = 1; ; attempt++)
        {
            using var trial = new NitroConnection(session.Address, session.Options with { Partition = null });
            try
            {
                await trial.KnockAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (NitroException e) when (e.Problem.Id is "NotConnected" or "NoAnswerInTime" or "AnswerIncomplete")
            {
                if (attempt == 2)
                {
                    throw new CitrixOpsException(new Problem("LockedOut", ErrorKind.ConnectionFailed, $"With the access lists in force no new connection to '{session.Address}' comes about: {e.Problem.Message} They were taken back.", session.Address.ToString(), "Something between you and the appliance is not as it looks. Close with -Method VirtualServer."), e);
                }
            }
            catch (NitroException)
            {
                // its certificate or encryption is not what it was, but it answers
                return;
            }
        }
    }

    private static async Task TakeBackAsync(AccessJournal journal, StepRunner runner, Problem problem, CancellationToken cancellationToken)
    {
        var steps = journal.Receipt.Steps.Where(s => s.Verb is not (ChangeVerb.EndSessions or ChangeVerb.Save)).ToArray();
        try
        {
            foreach (var step in Enumerable.Reverse(steps).Where(s => s.Verb != ChangeVerb.Apply).Concat(problem.Id == "LockedOut" ? steps.Where(s => s.Verb == ChangeVerb.Apply) : Array.Empty<ReceiptStep>()))
            {
                journal.Begin(step, undo: true);
                journal.End(step, StepState.Undone, await runner.UndoAsync(step, evenIfChanged: false, cancellationToken).ConfigureAwait(false));
            }

            journal.Mark(AccessStatus.Refused, problem.Message);
        }
        catch (CitrixOpsException e)
        {
            journal.Mark(AccessStatus.Failed, problem.Message + " Taking it back failed: " + e.Problem.Message);
        }
    }
}
