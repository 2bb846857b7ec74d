using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Advisories;
using CitrixOps.Appliances.Live;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Errors;
using CitrixOps.Receipts;

namespace CitrixOps.Mitigations;

/// <summary>A mitigation on a gateway: looks at it, makes it, takes it back.</summary>
public sealed class GatewayMitigation
{
    private readonly Gateway _gateway;
    private readonly Mitigation _mitigation;
    private readonly IReadOnlyDictionary<string, string> _values;

    /// <summary>Makes one.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="mitigation">The mitigation.</param>
    /// <param name="values">The values of settings that a person has to decide, by the identifier of the setting; null for none.</param>
    /// <exception cref="CitrixOpsException"><c>ValueNotUsable</c>.</exception>
    public GatewayMitigation(Gateway gateway, Mitigation mitigation, IReadOnlyDictionary<string, string>? values = null)
    {
        _gateway = gateway ?? throw new ArgumentNullException(nameof(gateway));
        _mitigation = mitigation ?? throw new ArgumentNullException(nameof(mitigation));
        _values = values ?? new Dictionary<string, string>();
        foreach (var setting in mitigation.Settings.Where(s => s.CheckOnly && _values.TryGetValue(s.Id, out var value) && !MitigationChecker.IsMet(s, value)))
        {
            throw new CitrixOpsException(new Problem("ValueNotUsable", ErrorKind.InvalidArgument, $"The value given for {setting.Id} of {mitigation.Id} would not do: {setting.Text}.", setting.Id, setting.Test == "atLeastOne" ? "Give a number above zero." : "Give a value."));
        }
    }

    /// <summary>Pauses before a save is tried again where the appliance saves already.</summary>
    public IReadOnlyList<TimeSpan> Pauses { get; init; } = new[] { 1.0, 2, 4 }.Select(TimeSpan.FromSeconds).ToArray();

    /// <summary>Looks how the mitigation stands, on every node.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CitrixOpsException">The gateway cannot be asked.</exception>
    public async Task<MitigationState> CheckAsync(CancellationToken cancellationToken)
    {
        using var connections = new GatewayConnections(_gateway);
        return await CheckAsync(connections, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes what is not made yet.</summary>
    /// <param name="options">How.</param>
    /// <param name="ask">Is asked before each step with target and command line.</param>
    /// <param name="cancellationToken">Stops it between steps.</param>
    /// <returns>How it stands afterwards.</returns>
    /// <exception cref="CitrixOpsException">The gateway cannot be asked, or the receipt cannot be written.</exception>
    public async Task<MitigationState> EnableAsync(MitigationOptions options, Func<string, string, Task<bool>> ask, CancellationToken cancellationToken)
    {
        _ = options ?? throw new ArgumentNullException(nameof(options));
        _ = ask ?? throw new ArgumentNullException(nameof(ask));
        using var connections = new GatewayConnections(_gateway);
        var before = await CheckAsync(connections, cancellationToken).ConfigureAwait(false);
        var changes = new List<MitigationChange>();
        foreach (var change in before.Steps.Select(s => s.Change).OfType<MitigationChange>())
        {
            if (await ask(Where(change), change.Command).ConfigureAwait(false))
            {
                changes.Add(change);
            }
        }

        if (changes.Count == 0)
        {
            return before;
        }

        var others = !before.Saved;
        var receipt = MitigationReceipt.Begin(options.ReceiptFolder, _gateway, _mitigation.Id, options.Reason, changes);
        receipt.KeepManual(before.Steps);
        var journal = new ReceiptJournal(receipt);
        journal.Write();
        var problems = new List<Problem>();
        foreach (var step in receipt.Steps)
        {
            journal.Begin(step);
            try
            {
                await WriteAsync(connections, step.Change.Partition, step.Change.Apply(), (c, t) => step.Change.IsThereAsync(c, t), problems, cancellationToken).ConfigureAwait(false);
                journal.End(step, StepState.Done);
            }
            catch (CitrixOpsException e) when (e.Problem.Id != "ReceiptNotWritten")
            {
                // what may have been done stays to be taken back
                problems.Add(e.Problem);
                journal.End(step, e is NitroException { Delivery: Delivery.NotExecuted } ? StepState.Failed : StepState.Started, e.Problem.Message);
                break;
            }
        }

        await SaveAsync(connections, options, others, problems, cancellationToken).ConfigureAwait(false);
        var after = await CheckAsync(connections, cancellationToken).ConfigureAwait(false);
        receipt.KeepManual(after.Steps);
        journal.Write();
        return after with { Changed = receipt.Steps.Count(s => s.State == StepState.Done), Receipt = receipt.Path, Problems = after.Problems.Concat(problems).ToArray() };
    }

    /// <summary>Takes back what receipts say was changed, and nothing else.</summary>
    /// <param name="receipts">The receipts, newest first.</param>
    /// <param name="options">How.</param>
    /// <param name="ask">Is asked before each step.</param>
    /// <param name="cancellationToken">Stops it between steps.</param>
    /// <returns>How it stands afterwards.</returns>
    /// <exception cref="CitrixOpsException">The gateway cannot be asked, or a receipt cannot be written.</exception>
    public async Task<MitigationState> DisableAsync(IReadOnlyList<MitigationReceipt> receipts, MitigationOptions options, Func<string, string, Task<bool>> ask, CancellationToken cancellationToken)
    {
        _ = receipts ?? throw new ArgumentNullException(nameof(receipts));
        _ = options ?? throw new ArgumentNullException(nameof(options));
        _ = ask ?? throw new ArgumentNullException(nameof(ask));
        using var connections = new GatewayConnections(_gateway);
        var problems = new List<Problem>();
        await _gateway.RefreshAsync(cancellationToken).ConfigureAwait(false);
        var others = _gateway.UnsavedChanges;
        var changed = 0;
        foreach (var receipt in receipts)
        {
            if (receipt.Mitigation != _mitigation.Id || !receipt.IsFor(_gateway))
            {
                problems.Add(new Problem("ReceiptOfAnother", ErrorKind.InvalidArgument, $"'{receipt.Path}' is the receipt of {receipt.Mitigation} on '{receipt.Gateway}'.", receipt.Path, "Give the receipt of this gateway and mitigation."));
                continue;
            }

            foreach (var step in Enumerable.Reverse(receipt.Steps).Where(s => s.IsInEffect))
            {
                changed += await UndoAsync(connections, new ReceiptJournal(receipt), step, ask, problems, cancellationToken).ConfigureAwait(false) ? 1 : 0;
            }
        }

        if (changed > 0)
        {
            await SaveAsync(connections, options, others, problems, cancellationToken).ConfigureAwait(false);
        }

        var after = await CheckAsync(connections, cancellationToken).ConfigureAwait(false);
        foreach (var receipt in receipts.Where(r => r.Manual.Count > 0 && changed > 0))
        {
            receipt.KeepManual(after.Steps);
            new ReceiptJournal(receipt).Write();
        }

        return after with { Changed = changed, Receipt = receipts.Count > 0 ? receipts[0].Path : "", Problems = after.Problems.Concat(problems).ToArray() };
    }

    private async Task<bool> UndoAsync(GatewayConnections connections, ReceiptJournal journal, MitigationReceipt.Entry step, Func<string, string, Task<bool>> ask, List<Problem> problems, CancellationToken cancellationToken)
    {
        var change = step.Change;
        try
        {
            var connection = connections.Of(Primary(), change.Partition);
            if (!await change.IsThereAsync(connection, cancellationToken).ConfigureAwait(false))
            {
                if (await change.IsAnythingThereAsync(connection, cancellationToken).ConfigureAwait(false))
                {
                    problems.Add(new Problem("ChangedSince", ErrorKind.InvalidData, $"{Where(change)}: somebody changed it since ({change.Command}); it was left as it is.", Where(change), "Look at it, and take it back by hand where that is wanted."));
                    journal.End(step, StepState.Kept);
                }
                else
                {
                    journal.End(step, StepState.Undone);
                }

                return false;
            }

            if (change.Kind == "feature" && (await MitigationChange.RowsAsync(connection, NitroCall.Get("responderpolicy"), cancellationToken).ConfigureAwait(false)).Count > 0)
            {
                problems.Add(new Problem("FeatureInUse", ErrorKind.InvalidData, $"{Where(change)}: feature {change.Name} stays on: other policies need it by now.", Where(change), "Turn it off by hand where nothing needs it."));
                journal.End(step, StepState.Kept);
                return false;
            }

            if (!await ask(Where(change), "undo: " + change.Command).ConfigureAwait(false))
            {
                return false;
            }

            journal.Begin(step, undo: true);
            await WriteAsync(connections, change.Partition, change.Undo(), async (c, t) => !await change.IsThereAsync(c, t).ConfigureAwait(false), problems, cancellationToken).ConfigureAwait(false);
            journal.End(step, StepState.Undone);
            return true;
        }
        catch (NitroException e)
        {
            problems.Add(e.Problem);
            return false;
        }
    }

    private async Task WriteAsync(GatewayConnections connections, string partition, NitroCall call, Func<NitroConnection, CancellationToken, Task<bool>> isDone, List<Problem> problems, CancellationToken cancellationToken)
    {
        var result = await new GatewayWriter(_gateway, n => connections.Of(n, partition)).WriteAsync(call, isDone, cancellationToken).ConfigureAwait(false);
        if (!result.Propagated)
        {
            problems.Add(new Problem("NotPropagated", ErrorKind.ConnectionFailed, $"The primary of '{_gateway.Name}' did {call}, the secondary did not take it: the nodes differ until they synchronise.", _gateway.Name, "Check the pair (show HA node), then force HA sync."));
        }
    }

    private async Task SaveAsync(GatewayConnections connections, MitigationOptions options, bool others, List<Problem> problems, CancellationToken cancellationToken)
    {
        if (!options.Save || (others && !options.Force))
        {
            if (options.Save)
            {
                problems.Add(new Problem("OthersNotSaved", ErrorKind.SecurityRefusal, $"'{_gateway.Name}' had changes of others that are not saved; it was not saved, because that would keep theirs too.", _gateway.Name, "Look at them, then save with -Save -Force."));
            }

            return;
        }

        var save = NitroCall.Do("nsconfig", "save", _mitigation.EveryPartition ? new Newtonsoft.Json.Linq.JObject { ["all"] = true } : new Newtonsoft.Json.Linq.JObject());
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await WriteAsync(connections, _gateway.Partition, save, async (c, t) => !NitroReply.Flag((await c.SendAsync(NitroCall.Get("nsconfig"), t).ConfigureAwait(false)).Single("nsconfig")["configchanged"]), problems, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (NitroException e) when (e.Code is 293 or 603 && attempt < Pauses.Count)
            {
                await Task.Delay(Pauses[attempt], cancellationToken).ConfigureAwait(false);
            }
            catch (CitrixOpsException e)
            {
                problems.Add(e.Problem);
                return;
            }
        }
    }

    private async Task<MitigationState> CheckAsync(GatewayConnections connections, CancellationToken cancellationToken)
    {
        await _gateway.RefreshAsync(cancellationToken).ConfigureAwait(false);
        var primary = Primary();
        _ = VersionParser.TryParse(primary.Version, out var version, out _);
        var problems = new List<Problem>();
        var steps = new List<MitigationStep>();
        foreach (var partition in _mitigation.EveryPartition ? await connections.PartitionsAsync(primary, cancellationToken).ConfigureAwait(false) : new[] { _gateway.Partition })
        {
            steps.AddRange(await new MitigationChecker(_mitigation, connections.Of(primary, partition), partition, _mitigation.IsKnownTo(version), _values).CheckAsync(cancellationToken).ConfigureAwait(false));
        }

        foreach (var node in _gateway.Nodes.Where(n => n != primary))
        {
            await CompareAsync(node, steps, version, problems, cancellationToken).ConfigureAwait(false);
        }

        foreach (var node in _gateway.Nodes)
        {
            foreach (var step in _mitigation.Manual)
            {
                steps.Add(await ManualAsync(node, step, cancellationToken).ConfigureAwait(false));
            }
        }

        var reasons = new List<string>();
        var status = MitigationVerdict.Of(_mitigation, version, steps, reasons);
        return new MitigationState
        {
            Gateway = _gateway.Name,
            Id = _mitigation.Id,
            Title = _mitigation.Title,
            Cve = _mitigation.Cve,
            Bulletin = _mitigation.Bulletin,
            Status = status,
            Reasons = reasons,
            Version = version?.ToString() ?? primary.Version,
            Steps = steps,
            Saved = !_gateway.UnsavedChanges,
            Problems = problems,
            CheckedAt = DateTimeOffset.UtcNow,
        };
    }

    // the other node takes over with what it has
    private async Task CompareAsync(GatewayNode node, List<MitigationStep> steps, GatewayVersion? version, List<Problem> problems, CancellationToken cancellationToken)
    {
        var there = await new MitigationChecker(_mitigation, Gateway.Open(node), _gateway.Partition, _mitigation.IsKnownTo(version), _values).CheckAsync(cancellationToken).ConfigureAwait(false);
        var unlike = there.Where(o => o.State == MitigationStepState.Open && steps.Exists(s => s.Id == o.Id && s.Target == o.Target && s.Where == o.Where && s.State == MitigationStepState.Done)).Select(o => o.Target.Length > 0 ? o.Target : o.Id).Distinct().ToArray();
        if (unlike.Length > 0)
        {
            problems.Add(new Problem("NodesDiffer", ErrorKind.InvalidData, $"Node '{node.Address}' of '{_gateway.Name}' does not have what the primary has: {string.Join(", ", unlike)}.", node.Address, "Synchronise the pair (force HA sync), then test again."));
        }

        problems.AddRange(there.Where(o => o.State == MitigationStepState.Unknown).Select(o => new Problem("NodeNotSeen", ErrorKind.ConnectionFailed, $"Node '{node.Address}' could not be looked at: {o.Detail}", node.Address, "Test again when it answers.")));
    }

    private static async Task<MitigationStep> ManualAsync(GatewayNode node, Mitigation.ManualStep step, CancellationToken cancellationToken)
    {
        var result = new MitigationStep { Id = step.Id, Text = step.Text, Where = node.Address, Target = step.File ?? "", IsManual = true, Command = string.Join("\n", step.Commands), UndoCommand = string.Join("\n", step.UndoCommands), State = MitigationStepState.Unknown, Detail = "this cannot be seen over the REST API" };
        if (step.File is null || step.Holds is null)
        {
            return result;
        }

        try
        {
            var slash = step.File.LastIndexOf('/');
            var call = NitroCall.Get("systemfile", null, ("filename", step.File.Substring(slash + 1)), ("filelocation", step.File.Substring(0, slash))) with { Accepts = new[] { 258, 1155, 3440, 3441 } };
            var content = NitroReply.Text((await Gateway.Open(node).SendAsync(call, cancellationToken).ConfigureAwait(false)).Single("systemfile")["filecontent"]) ?? "";
            var lines = Encoding.ASCII.GetString(Convert.FromBase64String(content)).Split('\n').Select(l => l.Trim());
            return lines.Any(l => !l.StartsWith("#", StringComparison.Ordinal) && l.IndexOf(step.Holds, StringComparison.Ordinal) >= 0)
                ? result with { State = MitigationStepState.Done, Detail = "the file holds the line: it works from the next restart on; whether it works already cannot be seen" }
                : result with { State = MitigationStepState.Open, Detail = "the file does not hold the line" };
        }
        catch (CitrixOpsException e)
        {
            return result with { Detail = e.Problem.Message };
        }
        catch (FormatException)
        {
            return result with { Detail = "the appliance did not send the file whole" };
        }
    }

    private GatewayNode Primary() => _gateway.Primary ?? throw new CitrixOpsException(new Problem("NoPrimary", ErrorKind.ConnectionFailed, $"None of the connected nodes of '{_gateway.Name}' is the primary.", _gateway.Name, "Give both nodes of the pair to Connect-Gateway."));

    private string Where(MitigationChange change) => change.Partition == "default" ? _gateway.Name : $"{_gateway.Name}, partition {Investigation.SafeText.FromText(change.Partition, 60)}";
}
