using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Threading.Tasks;
using CitrixOps.Access;
using CitrixOps.Access.Inventory;
using CitrixOps.Access.Networks;
using CitrixOps.Access.Planning;
using CitrixOps.Access.Receipts;
using CitrixOps.Appliances.Live;
using CitrixOps.Errors;
using CitrixOps.PowerShell.Pipeline;
using CitrixOps.Receipts;

namespace CitrixOps.PowerShell.Commands;

/// <summary>Closes gateways to the outside, ends users' sessions, looks whether it is so, and writes a receipt that opens them again.</summary>
/// <remarks>
/// <para>Disable-ExternalAccess reads every way in, plans, shows each step (-WhatIf shows the real plan), asks, writes a receipt to the disk,
/// does the steps, ends users' sessions of all kinds, and looks at both nodes whether it is in effect. The receipt is written before each
/// step and suffices, on any machine, to finish or to undo: Enable-ExternalAccess -Receipt.</para>
/// <para>Acl denies at the packet, before TLS and HTTP; -AllowNetwork stays in. VirtualServer and VipAddress close for everybody. Responder
/// runs after TLS and HTTP and is only an addition. Auto takes access lists, or virtual servers where clients arrive behind one address,
/// and says why. Your own address is spared on management addresses only, never on those of virtual servers; a plan that would cut you off
/// is refused. All partitions are closed, or there is a warning.</para>
/// <para>Without -Save a restart of the appliance reopens it. Access lists that others changed and did not apply, and with -Save changes that
/// others did not save, are shown and need -Force.</para>
/// </remarks>
/// <example>
/// <summary>See what would be done</summary>
/// <code>Disable-ExternalAccess -Session $gw -AllowNetwork 10.0.0.0/8 -WhatIf</code>
/// <para>Shows every step. Nothing is changed or written.</para>
/// </example>
/// <example>
/// <summary>Close, and keep the town hall working</summary>
/// <code>$closed = Disable-ExternalAccess -Session $gw -AllowNetwork 10.0.0.0/8 -Save -Reason "advice of the CERT"</code>
/// <para>One row per gateway; keep it, or the file it names, for the reopening.</para>
/// </example>
/// <example>
/// <summary>Finish a closing that was interrupted</summary>
/// <code>Disable-ExternalAccess -Session $gw -Receipt ./gw-20260124T201500Z-3fa901.json</code>
/// <para>Does what is missing.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Disable, "ExternalAccess", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(AccessReceipt))]
public sealed class DisableExternalAccessCommand : GatewayCmdlet
{
    private IReadOnlyList<AccessReceipt> _receipts = Array.Empty<AccessReceipt>();
    private ClosingOptions _options = new();

    /// <summary>Networks that stay in, as 10.0.0.0/8, a range or an address. Without it nobody does.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] AllowNetwork { get; set; } = Array.Empty<string>();

    /// <summary>How: Auto, Acl, VirtualServer, Responder, VipAddress.</summary>
    [Parameter]
    public IsolationMethod Method { get; set; } = IsolationMethod.Auto;

    /// <summary>Networks that count as outside, also where their addresses are private.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] ExternalNetwork { get; set; } = Array.Empty<string>();

    /// <summary>Networks that count as inside.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] InternalNetwork { get; set; } = Array.Empty<string>();

    /// <summary>A short page as HTML that tells people why. With -Method Responder, which leaves TLS and HTTP exposed, or with -MaintenanceVip.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? MaintenancePage { get; set; }

    /// <summary>A free address on which the page answers over HTTP.</summary>
    [Parameter]
    public IPAddress? MaintenanceVip { get; set; }

    /// <summary>Leaves users' sessions. They go on where the method does not cut them.</summary>
    [Parameter]
    public SwitchParameter KeepSession { get; set; }

    /// <summary>Saves the configuration, so that a restart does not reopen.</summary>
    [Parameter]
    public SwitchParameter Save { get; set; }

    /// <summary>Opens by itself after this time: for trials, with -Method Acl, a multiple of 4 seconds. Always asked for.</summary>
    [Parameter]
    public TimeSpan? ExpiresAfter { get; set; }

    /// <summary>The folder for receipts. Without it: one of this account, which is shown.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ReceiptPath { get; set; }

    /// <summary>Receipts of closings that stopped in between: they are finished.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public PSObject[] Receipt { get; set; } = Array.Empty<PSObject>();

    /// <summary>Why, in words; kept in the receipt.</summary>
    [Parameter]
    public string? Reason { get; set; }

    /// <summary>Carries along what others have pending or unsaved.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            _options = new ClosingOptions
            {
                Method = Method,
                AllowNetwork = AddressSet.Parse(AllowNetwork),
                ExternalNetwork = AddressSet.Parse(ExternalNetwork),
                InternalNetwork = AddressSet.Parse(InternalNetwork),
                MaintenancePage = MaintenancePage ?? "",
                MaintenanceVip = MaintenanceVip,
                KeepSession = KeepSession,
                Save = Save,
                ExpiresAfter = ExpiresAfter,
                Force = Force,
                Reason = Reason ?? "",
            };
            AccessPlanner.Check(_options);
        }
        catch (CitrixOpsException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e));
        }

        _receipts = ReceiptArguments.Read(this, Receipt, Force, this);
    }

    /// <inheritdoc/>
    protected override async Task WorkAsync(Gateway gateway, GatewayPipeline pipeline)
    {
        var closer = new AccessCloser(gateway) { Progress = pipeline.Verbose };
        if (Receipt.Length > 0)
        {
            await FinishAsync(gateway, closer, pipeline).ConfigureAwait(false);
            return;
        }

        var options = _options with { Id = Guid.NewGuid().ToString("N").Substring(0, 6) };
        var inventory = await InventoryReader.ReadAsync(gateway, options, pipeline.StopToken).ConfigureAwait(false);
        var plan = AccessPlanner.Plan(inventory, options);
        var receipt = closer.Draft(inventory, plan, options);
        pipeline.Verbose($"{gateway.Name}: {plan.Method}, because {plan.MethodReason}.");
        foreach (var warning in plan.Warnings.Concat(plan.StillOpen.Select(s => "Stays open: " + s)))
        {
            pipeline.Warn($"{gateway.Name}: {warning}");
        }

        if (plan.Refusal is { } refusal)
        {
            pipeline.Report(refusal);
        }
        else if (plan.HasWork)
        {
            await CloseAsync(gateway, closer, receipt, inventory, options, pipeline).ConfigureAwait(false);
        }

        pipeline.Write(receipt);
    }

    /// <inheritdoc/>
    protected override IEnumerable<object> Failed(string gateway, Problem problem) => new[] { new AccessReceipt { Gateway = gateway, Status = AccessStatus.Failed, Problem = problem.Message, CreatedAt = DateTimeOffset.UtcNow } };

    private async Task CloseAsync(Gateway gateway, AccessCloser closer, AccessReceipt receipt, AccessInventory inventory, ClosingOptions options, GatewayPipeline pipeline)
    {
        if (await Preservation.WarningAsync(gateway, pipeline.StopToken).ConfigureAwait(false) is { } warning)
        {
            pipeline.Warn(warning);
        }

        if (!await AgreedAsync(gateway, receipt, pipeline).ConfigureAwait(false))
        {
            return;
        }

        var folder = ReceiptPath is null ? ReceiptFolder.Default : await pipeline.AskAsync(() => GetUnresolvedProviderPathFromPSPath(ReceiptPath)).ConfigureAwait(false);
        try
        {
            await closer.CloseAsync(receipt, inventory, options, folder, pipeline.StopToken).ConfigureAwait(false);
            pipeline.Verbose($"The receipt of '{gateway.Name}' is {receipt.Path}.");
        }
        catch (ClosingException e)
        {
            pipeline.Report(e.Problem, e);
        }
    }

    // a step that shuts the door cannot be left out alone; ending sessions and saving can
    private async Task<bool> AgreedAsync(Gateway gateway, AccessReceipt receipt, GatewayPipeline pipeline)
    {
        var agreed = true;
        var whatIf = false;
        foreach (var step in receipt.Steps.Where(_ => agreed || whatIf))
        {
            var (yes, only) = await pipeline.AskAsync(() => (ShouldProcess($"Performing the operation \"{step.Title}\" on target \"{gateway.Name}\".", $"{step.Title}?", gateway.Name, out var reason), reason == ShouldProcessReason.WhatIf)).ConfigureAwait(false);
            whatIf |= only;
            step.State = yes || only ? StepState.Planned : StepState.Declined;
            agreed &= yes || step.Verb is ChangeVerb.EndSessions or ChangeVerb.Save;
        }

        receipt.Status = whatIf ? AccessStatus.Planned : agreed ? receipt.Status : AccessStatus.Declined;
        if (agreed && !whatIf && ExpiresAfter is { } time && !await pipeline.AskAsync(() => ShouldContinue($"'{gateway.Name}' opens by itself again after {time}. Go on?", "Opens by itself")).ConfigureAwait(false))
        {
            receipt.Status = AccessStatus.Declined;
            return false;
        }

        return agreed && !whatIf;
    }

    private async Task FinishAsync(Gateway gateway, AccessCloser closer, GatewayPipeline pipeline)
    {
        var mine = _receipts.Where(r => ReceiptMatch.IsFor(r, gateway)).ToArray();
        if (mine.Length == 0)
        {
            pipeline.Report(new Problem("NoReceiptForGateway", ErrorKind.NotFound, $"None of the receipts is about '{gateway.Name}'.", gateway.Name, "Give the receipt that was written when it was closed."));
        }

        foreach (var receipt in mine)
        {
            if (!await pipeline.ShouldProcessAsync(gateway.Name, $"Finish the closing of {receipt.CreatedAt:u}").ConfigureAwait(false))
            {
                continue;
            }

            try
            {
                await closer.FinishAsync(receipt, Force, pipeline.StopToken).ConfigureAwait(false);
            }
            catch (ClosingException e)
            {
                pipeline.Report(e.Problem, e);
            }

            pipeline.Write(receipt);
        }
    }
}
