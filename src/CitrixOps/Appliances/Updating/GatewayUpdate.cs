using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Advisories;
using CitrixOps.Appliances.Live;
using CitrixOps.Errors;
using CitrixOps.Receipts;

namespace CitrixOps.Appliances.Updating;

/// <summary>
/// Updates a gateway: the secondary first, then a failover, then the other node, each verified after its restart. What is left to do is read
/// from the nodes, so that an update that was broken off goes on where it was. No step is taken that was not confirmed and written down.
/// </summary>
public sealed class GatewayUpdate
{
    private const string BackupText = "Back up the configuration";
    private const string FailoverText = "Hand the role of primary to the other node";
    private static readonly TimeSpan BackupAge = TimeSpan.FromDays(1);
    private readonly Gateway _gateway;
    private readonly UpdatePackage _package;
    private readonly UpdateOptions _options;
    private readonly UpdateChecks _checks;
    private readonly Func<string, string, Task<bool>> _confirm;
    private readonly string _build;
    private readonly List<string> _notes = new();
    private UpdateReceipt? _receipt;

    /// <summary>Makes an update.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="package">The package.</param>
    /// <param name="options">How.</param>
    /// <param name="assessment">Tells what the build fixes.</param>
    /// <param name="confirm">Asked before each step, with what is changed and how; false leaves the rest undone, true goes on.</param>
    public GatewayUpdate(Gateway gateway, UpdatePackage package, UpdateOptions options, PatchLevelAssessment assessment, Func<string, string, Task<bool>> confirm)
    {
        _gateway = gateway ?? throw new ArgumentNullException(nameof(gateway));
        _package = package ?? throw new ArgumentNullException(nameof(package));
        _options = options ?? throw new ArgumentNullException(nameof(options));
        _confirm = confirm ?? throw new ArgumentNullException(nameof(confirm));
        _checks = new UpdateChecks(gateway, package, options, assessment);
        _build = package.Version.ToString();
    }

    /// <summary>Checks, then updates.</summary>
    /// <param name="planOnly">True to ask for every step and take none: the plan of -WhatIf.</param>
    /// <param name="cancellationToken">Stops it between steps.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="CitrixOpsException">A call before the first change failed.</exception>
    public async Task<UpdateResult> RunAsync(bool planOnly, CancellationToken cancellationToken)
    {
        var checks = await _checks.RunAsync(cancellationToken).ConfigureAwait(false);
        var result = new UpdateResult { Gateway = _gateway.Name, From = _gateway.Nodes.Select(n => n.Version).ToArray(), To = _build, Checks = checks, StillOpen = _checks.StillOpen };
        if (checks.Any(c => c.State == UpdateCheckState.Failed))
        {
            result.Outcome = UpdateOutcome.Refused;
            return result;
        }

        if (planOnly)
        {
            await PlanAsync().ConfigureAwait(false);
            result.Outcome = UpdateOutcome.NotConfirmed;
            return result;
        }

        _receipt = UpdateReceipt.Continue(_options.ReceiptFolder, _gateway, _build, _options.SwapBack, DateTimeOffset.UtcNow);
        Describe(_receipt);
        try
        {
            var done = await StepsAsync(cancellationToken).ConfigureAwait(false);
            result.Outcome = done && await RolesAsync(cancellationToken).ConfigureAwait(false) ? UpdateOutcome.Done : UpdateOutcome.NotConfirmed;
        }
        catch (CitrixOpsException e)
        {
            result.Outcome = UpdateOutcome.Stopped;
            var last = _receipt.Steps.LastOrDefault(s => s.State == StepState.Started);
            if (last is not null && e.Problem.Id != "ReceiptNotWritten")
            {
                _receipt.End(last, StepState.Failed, e.Problem.Message);
            }

            result.Failure = e.Problem;
        }

        result.Notes = _notes;
        result.Steps = _receipt.Steps;
        result.ReceiptPath = _receipt.Steps.Count > 0 ? _receipt.Path : null;
        return result;
    }

    private IEnumerable<GatewayNode> Outdated => _gateway.Nodes.Where(n => n.Version != _build);

    // the secondary first
    private IEnumerable<GatewayNode> InOrder => Outdated.OrderBy(n => n.IsPrimary);

    private bool IsPair => _gateway.Nodes.Count > 1;

    private string InstallText => $"Install {_build}";

    private string RestartText => $"Restart into {_build}";

    private void Describe(UpdateReceipt receipt)
    {
        receipt.Package = _package.Address?.GetLeftPart(UriPartial.Path) ?? _package.Name;
        receipt.PackageSha256 = _package.Sha256;
        receipt.Evidence ??= _options.Evidence?.ToString();
        receipt.Primary = receipt.Primary.Length > 0 ? receipt.Primary : _gateway.Primary?.Nsip ?? "";
        foreach (var node in _gateway.Nodes.Where(n => !receipt.From.ContainsKey(n.Nsip)))
        {
            receipt.From[node.Nsip] = node.Version;
        }

        // what a run that was broken off left open is settled by what the nodes show
        foreach (var step in receipt.Steps.Where(s => s.State == StepState.Started && s.Action != "Install"))
        {
            var runs = step.Action is "Restart" or "Verify" && _gateway.Nodes.Any(n => n.Nsip == step.Node && n.Version == _build);
            step.State = runs ? StepState.Done : StepState.Failed;
            step.Note = runs ? "broken off; the node runs the build" : "broken off; looked at anew by the next run";
        }
    }

    private async Task PlanAsync()
    {
        if (Outdated.Any())
        {
            await _confirm(_gateway.Name, BackupText).ConfigureAwait(false);
        }

        var primary = _gateway.Primary;
        foreach (var node in InOrder.ToArray())
        {
            if (IsPair && node.IsPrimary)
            {
                await _confirm(node.Nsip, FailoverText).ConfigureAwait(false);
                primary = _gateway.Nodes.First(n => n != node);
            }

            await _confirm(node.Nsip, InstallText).ConfigureAwait(false);
            await _confirm(node.Nsip, RestartText).ConfigureAwait(false);
        }

        if (_options.SwapBack && IsPair && primary is not null && primary != _gateway.Primary)
        {
            await _confirm(primary.Nsip, FailoverText).ConfigureAwait(false);
        }
    }

    private async Task<bool> StepsAsync(CancellationToken cancellationToken)
    {
        if (Outdated.Any() && !(_receipt!.Last("Backup") is { State: StepState.Done, FinishedAt: { } at } && DateTimeOffset.UtcNow - at < BackupAge))
        {
            if (!await _confirm(_gateway.Name, BackupText).ConfigureAwait(false))
            {
                return false;
            }

            var node = _gateway.Primary ?? _gateway.Nodes[0];
            var name = "cops-" + DateTimeOffset.UtcNow.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
            await StepAsync(node, "Backup", $"backup {name}", w => w.BackUpAsync(name, cancellationToken)).ConfigureAwait(false);
        }

        while (Outdated.Any())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var node = InOrder.First();
            if (IsPair && node.IsPrimary)
            {
                if (!await _confirm(node.Nsip, FailoverText).ConfigureAwait(false))
                {
                    return false;
                }

                await StepAsync(node, "Failover", FailoverText, w => w.FailOverAsync(_gateway, cancellationToken)).ConfigureAwait(false);
            }

            if (!await UpdateAsync(node, cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> UpdateAsync(GatewayNode node, CancellationToken cancellationToken)
    {
        var work = new NodeUpdate(node, _package, _options);
        if (!await IsInstalledAsync(work, node, cancellationToken).ConfigureAwait(false))
        {
            if (!await _confirm(node.Nsip, InstallText).ConfigureAwait(false))
            {
                return false;
            }

            if (_package.LocalPath is not null)
            {
                await StepAsync(node, "Transfer", _package.Name, w => w.TransferAsync(cancellationToken)).ConfigureAwait(false);
            }

            await StepAsync(node, "Install", InstallText, w => w.InstallAsync(cancellationToken)).ConfigureAwait(false);
        }

        if (!await _confirm(node.Nsip, RestartText).ConfigureAwait(false))
        {
            return false;
        }

        await StepAsync(node, "Restart", RestartText, w => w.RestartAsync(_gateway, cancellationToken)).ConfigureAwait(false);
        await StepAsync(node, "Verify", $"{node.Nsip} runs {_build}", w => w.VerifyAsync(_gateway, cancellationToken)).ConfigureAwait(false);
        return true;
    }

    // an installation that an earlier run began and did not see the end of may still go on: a second beside it is never started
    private async Task<bool> IsInstalledAsync(NodeUpdate work, GatewayNode node, CancellationToken cancellationToken)
    {
        var installed = await work.IsInstalledAsync(cancellationToken).ConfigureAwait(false);
        if (_receipt!.Last("Install", node.Nsip) is not { State: StepState.Started, StartedAt: { } begun } step)
        {
            return installed;
        }

        installed = installed || await work.AwaitInstalledAsync(begun + _options.InstallLimit, FormattableString.Invariant($"a run that was broken off began the installation at {begun:HH:mm}Z"), cancellationToken).ConfigureAwait(false);
        _receipt.End(step, installed ? StepState.Done : StepState.Failed, "broken off; " + (installed ? "the node would boot the build" : "the node would not boot the build"));
        return installed;
    }

    // after every node runs the build: who is primary now, and the way back
    private async Task<bool> RolesAsync(CancellationToken cancellationToken)
    {
        if (_receipt!.Steps.Count > 0 && _receipt.FinishedAt is null)
        {
            _receipt.Finish(DateTimeOffset.UtcNow);
        }

        if (!IsPair || _gateway.Primary is not { } primary)
        {
            return true;
        }

        var inSync = await new Waiting(_options.Pause).UntilAsync(IsInSyncAsync, _options.EffectLimit, cancellationToken).ConfigureAwait(false);
        if (!inSync)
        {
            _notes.Add("The nodes run the same build and are not in sync yet: look at show HA node before you rely on a failover.");
        }

        if (primary.Nsip == _receipt.Primary || _gateway.Nodes.All(n => n.Nsip != _receipt.Primary))
        {
            return true;
        }

        if (!_options.SwapBack || !inSync)
        {
            _notes.Add($"Roles are swapped: {primary.Nsip} is primary now, {_receipt.Primary} was before. Both are equal; to swap back run the command again with -SwapBack, or force HA failover on {primary.Nsip}.");
            return inSync || !_options.SwapBack;
        }

        if (!await _confirm(primary.Nsip, FailoverText).ConfigureAwait(false))
        {
            return false;
        }

        await StepAsync(primary, "SwapBack", $"{_receipt.Primary} becomes primary again", w => w.FailOverAsync(_gateway, cancellationToken)).ConfigureAwait(false);
        return true;
    }

    private async Task<bool> IsInSyncAsync(CancellationToken cancellationToken)
    {
        await _gateway.RefreshRolesAsync(cancellationToken).ConfigureAwait(false);
        return _gateway.Nodes.All(n => n.IsInSync);
    }

    private async Task StepAsync(GatewayNode node, string action, string text, Func<NodeUpdate, Task> work)
    {
        var step = _receipt!.Begin(node.Nsip, action, text);
        await work(new NodeUpdate(node, _package, _options)).ConfigureAwait(false);
        _receipt.End(step, StepState.Done);
    }
}
