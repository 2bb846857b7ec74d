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
    private readonly Gateway _gateway;
    private readonly UpdatePackage _package;
    private readonly UpdateOptions _options;
    private readonly UpdateChecks _checks;
    private readonly Func<string, string, Task<bool>> _confirm;
    private readonly string _build;
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

        _receipt = UpdateReceipt.Continue(_options.ReceiptFolder, _gateway.Name, _build);
        _receipt.Package = _package.Address?.GetLeftPart(UriPartial.Path) ?? _package.Name;
        _receipt.Evidence = _options.EvidencePath;
        foreach (var node in _gateway.Nodes.Where(n => !_receipt.From.ContainsKey(n.Nsip)))
        {
            _receipt.From[node.Nsip] = node.Version;
        }

        try
        {
            result.Outcome = await StepsAsync(cancellationToken).ConfigureAwait(false) ? UpdateOutcome.Done : UpdateOutcome.NotConfirmed;
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

        result.Steps = _receipt.Steps;
        result.ReceiptPath = _receipt.Steps.Count > 0 ? _receipt.Path : null;
        return result;
    }

    private IEnumerable<GatewayNode> Waiting => _gateway.Nodes.Where(n => n.Version != _build);

    // the secondary first
    private IEnumerable<GatewayNode> InOrder => Waiting.OrderBy(n => string.Equals(n.Role, "Primary", StringComparison.OrdinalIgnoreCase));

    private async Task PlanAsync()
    {
        if (Waiting.Any())
        {
            await _confirm(_gateway.Name, "Back up the configuration").ConfigureAwait(false);
        }

        foreach (var node in InOrder.ToArray())
        {
            if (_gateway.Nodes.Count > 1 && string.Equals(node.Role, "Primary", StringComparison.OrdinalIgnoreCase))
            {
                await _confirm(node.Nsip, FailoverText).ConfigureAwait(false);
            }

            await _confirm(node.Nsip, InstallText).ConfigureAwait(false);
            await _confirm(node.Nsip, RestartText).ConfigureAwait(false);
        }
    }

    private string InstallText => $"Install {_build}";

    private string RestartText => $"Restart into {_build}";

    private static string FailoverText => "Hand the role of primary to the other node";

    private async Task<bool> StepsAsync(CancellationToken cancellationToken)
    {
        if (Waiting.Any() && !_receipt!.Steps.Any(s => s.Action == "Backup" && s.State == StepState.Done))
        {
            if (!await _confirm(_gateway.Name, "Back up the configuration").ConfigureAwait(false))
            {
                return false;
            }

            var node = _gateway.Primary ?? _gateway.Nodes[0];
            var name = "cops-" + DateTimeOffset.UtcNow.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
            await StepAsync(node, "Backup", $"backup {name}", w => w.BackUpAsync(name, cancellationToken)).ConfigureAwait(false);
        }

        while (Waiting.Any())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var node = InOrder.First();
            if (_gateway.Nodes.Count > 1 && string.Equals(node.Role, "Primary", StringComparison.OrdinalIgnoreCase))
            {
                if (!await _confirm(node.Nsip, FailoverText).ConfigureAwait(false))
                {
                    return false;
                }

                await StepAsync(node, "Failover", FailoverText, w => w.FailOverAsync(_gateway, cancellationToken)).ConfigureAwait(false);
                node = _gateway.Nodes.First(n => n.Nsip == node.Nsip);
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
        if (!await work.IsInstalledAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!await _confirm(node.Nsip, InstallText).ConfigureAwait(false))
            {
                return false;
            }

            await StepAsync(node, "Transfer", _package.Name, w => w.TransferAsync(cancellationToken)).ConfigureAwait(false);
            await StepAsync(node, "Install", InstallText, w => w.InstallAsync(cancellationToken)).ConfigureAwait(false);
        }

        if (!await _confirm(node.Nsip, RestartText).ConfigureAwait(false))
        {
            return false;
        }

        await StepAsync(node, "Restart", RestartText, w => w.RestartAsync(cancellationToken)).ConfigureAwait(false);
        await StepAsync(node, "Verify", $"{node.Nsip} runs {_build}", w => w.VerifyAsync(_gateway, cancellationToken)).ConfigureAwait(false);
        return true;
    }

    private async Task StepAsync(GatewayNode node, string action, string text, Func<NodeUpdate, Task> work)
    {
        var step = _receipt!.Begin(node.Nsip, action, text);
        await work(new NodeUpdate(node, _package, _options)).ConfigureAwait(false);
        _receipt.End(step, StepState.Done);
    }
}
