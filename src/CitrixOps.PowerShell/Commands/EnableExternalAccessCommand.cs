using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using CitrixOps.Access;
using CitrixOps.Access.Receipts;
using CitrixOps.Appliances.Live;
using CitrixOps.Errors;
using CitrixOps.PowerShell.Pipeline;

namespace CitrixOps.PowerShell.Commands;

/// <summary>Reopens gateways by the receipts of their closing: exactly what was, and only what was changed by it.</summary>
/// <remarks>
/// <para>Enable-ExternalAccess reads the receipt, looks at the gateway what of it is in effect, shows each step, asks, and undoes it in the
/// reverse order. A virtual server that was disabled before the closing stays disabled. What others changed since is shown as Drift and
/// left; of what is ours and others changed, -Force removes it all the same.</para>
/// <para>It can be repeated, and finishes a closing or a reopening that was interrupted. A receipt is all it needs: another administrator on
/// another machine can reopen. Where the closed state was saved, the open one is saved too.</para>
/// </remarks>
/// <example>
/// <summary>Reopen what was closed in this session</summary>
/// <code>Enable-ExternalAccess -Session $gw -Receipt $closed -Reason "patched and investigated"</code>
/// <para>Shows each step and asks.</para>
/// </example>
/// <example>
/// <summary>See what would be undone, from another machine</summary>
/// <code>Enable-ExternalAccess -ComputerName gw1 -Credential $credential -Receipt ./gw-20260124T201500Z-3fa901.json -WhatIf</code>
/// <para>Nothing is changed.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Enable, "ExternalAccess", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(AccessReceipt))]
public sealed class EnableExternalAccessCommand : GatewayCmdlet
{
    private IReadOnlyList<AccessReceipt> _receipts = Array.Empty<AccessReceipt>();

    /// <summary>Receipts of the closing: paths, files, or what Disable-ExternalAccess put out.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public PSObject[] Receipt { get; set; } = Array.Empty<PSObject>();

    /// <summary>Why, in words; kept in the receipt.</summary>
    [Parameter]
    public string? Reason { get; set; }

    /// <summary>Takes a receipt that was changed, carries along access lists of others that are pending, removes what of ours others changed, and saves changes of others.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _receipts = ReceiptArguments.Read(this, Receipt, Force, this);
    }

    /// <inheritdoc/>
    protected override async Task WorkAsync(Gateway gateway, GatewayPipeline pipeline)
    {
        var mine = _receipts.Where(r => ReceiptMatch.IsFor(r, gateway)).OrderByDescending(r => r.CreatedAt).ToArray();
        if (mine.Length == 0 && _receipts.Count > 0)
        {
            throw new CitrixOpsException(new Problem("NoReceiptForGateway", ErrorKind.NotFound, $"None of the receipts is about '{gateway.Name}'.", gateway.Name, "Give the receipt that was written when it was closed."));
        }

        foreach (var receipt in mine)
        {
            await OpenAsync(gateway, receipt, pipeline).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    protected override IEnumerable<object> Failed(string gateway, Problem problem) => new[] { new AccessReceipt { Gateway = gateway, Status = AccessStatus.Failed, Problem = problem.Message, CreatedAt = DateTimeOffset.UtcNow } };

    // the one place that says what has to agree
    private static NoConditions Gate() => new();

    private async Task OpenAsync(Gateway gateway, AccessReceipt receipt, GatewayPipeline pipeline)
    {
        var opener = new AccessOpener(gateway) { Gate = Gate(), Force = Force, Progress = pipeline.Verbose };
        var plan = await opener.PlanAsync(receipt, pipeline.StopToken).ConfigureAwait(false);
        foreach (var drift in plan.Drift)
        {
            pipeline.Warn($"{gateway.Name}: {drift}.");
        }

        foreach (var (_, title) in plan.Steps)
        {
            if (!await pipeline.ShouldProcessAsync(gateway.Name, title).ConfigureAwait(false) && !await IsWhatIfAsync(pipeline).ConfigureAwait(false))
            {
                return;
            }
        }

        if (await IsWhatIfAsync(pipeline).ConfigureAwait(false))
        {
            return;
        }

        try
        {
            await opener.OpenAsync(plan, Reason ?? "", pipeline.StopToken).ConfigureAwait(false);
        }
        catch (ClosingException e)
        {
            pipeline.Report(e.Problem, e);
        }

        pipeline.Write(receipt);
    }

    private Task<bool> IsWhatIfAsync(GatewayPipeline pipeline) => pipeline.AskAsync(() => SessionState.PSVariable.GetValue("WhatIfPreference") is true || SessionState.PSVariable.GetValue("WhatIfPreference") is SwitchParameter { IsPresent: true } || (MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given) && given is SwitchParameter { IsPresent: true }));
}
