using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using CitrixOps.Appliances.Live;
using CitrixOps.Errors;
using CitrixOps.Mitigations;
using CitrixOps.PowerShell.Parameters;
using CitrixOps.PowerShell.Pipeline;
using CitrixOps.Receipts;

namespace CitrixOps.PowerShell.Commands;

/// <summary>Takes back what Enable-GatewayMitigation changed, and nothing else.</summary>
/// <remarks>
/// <para>Disable-GatewayMitigation works from receipts: by default from all of this gateway and mitigation that are not taken back yet, newest
/// first. What was there before is put back; what somebody changed since is left and named (ChangedSince). A change that was interrupted is
/// looked at and taken back too. Policies that others made by hand stay.</para>
/// <para>Nothing is saved without -Save. A file says whether the shell's part was done; that part has to be taken back by a person, and is
/// printed as a warning.</para>
/// </remarks>
/// <example>
/// <summary>Take a mitigation back after the update</summary>
/// <code>Disable-GatewayMitigation $gw -Id CVE-2019-19781 -Save</code>
/// <para>Removes binding, policy and action that were made, and turns the feature off again if it was off before. $gw is a session of Connect-Gateway.</para>
/// </example>
/// <example>
/// <summary>Use the receipt of a colleague</summary>
/// <code>Disable-GatewayMitigation $gw -Id CTX289674 -ReceiptFile .\gw1-20210104T101500Z-mitigation-CTX289674-4f0c1a.json -WhatIf</code>
/// <para>Shows what would be taken back.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Disable, "GatewayMitigation", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MitigationState))]
public sealed class DisableGatewayMitigationCommand : MitigationCmdlet
{
    /// <summary>The mitigations: identifier, CVE or bulletin. Wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(MitigationCompleter))]
    [SupportsWildcards]
    public string[] Id { get; set; } = Array.Empty<string>();

    /// <summary>Receipts to work from, instead of those in the folder.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? ReceiptFile { get; set; }

    /// <summary>The folder of receipts. Without it: CitrixOps/receipts in your local application data.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ReceiptPath { get; set; }

    /// <summary>Saves the configuration afterwards.</summary>
    [Parameter]
    public SwitchParameter Save { get; set; }

    /// <summary>Saves also what others changed and did not save.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => Find(Id);

    /// <inheritdoc/>
    protected override async Task WorkAsync(Gateway gateway, GatewayPipeline pipeline)
    {
        // which appliance it is decides which receipts are its own
        await gateway.RefreshAsync(pipeline.StopToken).ConfigureAwait(false);
        var options = new MitigationOptions { ReceiptFolder = ReceiptPath is null ? ReceiptFolder.Default : GetUnresolvedProviderPathFromPSPath(ReceiptPath), Save = Save, Force = Force };
        await EachAsync(gateway, pipeline, async m =>
        {
            var receipts = Receipts(gateway, m, options.ReceiptFolder, pipeline);
            if (receipts.Count == 0)
            {
                throw new CitrixOpsException(new Problem("NothingToTakeBack", ErrorKind.NotFound, $"There is no receipt of {m.Id} on '{gateway.Name}' that is not taken back.", gateway.Name, $"Looked in {options.ReceiptFolder}. Give the receipt with -ReceiptFile. What was made by hand is taken back by hand."));
            }

            var state = await new GatewayMitigation(gateway, m).DisableAsync(receipts, options, pipeline.ShouldProcessAsync, pipeline.StopToken).ConfigureAwait(false);
            WarnOfManual(state, undo: true, pipeline);
            return state;
        }).ConfigureAwait(false);
    }

    private IReadOnlyList<MitigationReceipt> Receipts(Gateway gateway, Mitigation mitigation, string folder, GatewayPipeline pipeline) => ReceiptFile is null
        ? MitigationReceipt.Open(folder, gateway, mitigation.Id, new Reporting(pipeline))
        : ReceiptFile.Select(f => MitigationReceipt.Read(GetUnresolvedProviderPathFromPSPath(f))).OrderByDescending(r => r.StartedAt).ToArray();

    private sealed class Reporting : IProblemSink
    {
        private readonly GatewayPipeline _pipeline;

        public Reporting(GatewayPipeline pipeline) => _pipeline = pipeline;

        public void Report(Problem problem) => _pipeline.Report(problem);
    }
}
