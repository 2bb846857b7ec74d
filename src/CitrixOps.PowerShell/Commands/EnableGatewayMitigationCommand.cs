using System;
using System.Collections;
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

/// <summary>Makes the vendor's mitigations, and the settings that patched builds still need, on gateways.</summary>
/// <remarks>
/// <para>Enable-GatewayMitigation looks first, and makes only what is not made yet; done twice it changes nothing the second time. Each step
/// asks with -Confirm and is only shown with -WhatIf. Before the first step a receipt is on the disk: what is changed, and what was there
/// before. Disable-GatewayMitigation takes exactly that back.</para>
/// <para>Nothing is saved without -Save: a restart would lose the changes, and a warning says so. Saving also saves what others changed; where
/// there is something of others that is not saved, -Force is needed.</para>
/// <para>Steps that need the shell cannot be made over the REST API. They are printed as warnings, stand in ManualCommand and in the receipt, and
/// are checked as far as a file shows them. Settings that a person has to decide, such as which addresses are trusted, are set only to what
/// -Value says.</para>
/// <para>On builds of 12.1 that do not process the policy of CVE-2019-19781 it is made, and Status says Ineffective: close the way in instead.</para>
/// </remarks>
/// <example>
/// <summary>See what would be done</summary>
/// <code>Enable-GatewayMitigation $gw -Id CVE-2019-19781 -WhatIf</code>
/// <para>Shows each command line. $gw is a session of Connect-Gateway.</para>
/// </example>
/// <example>
/// <summary>Set what a person has to decide</summary>
/// <code>Enable-GatewayMitigation $gw -Id CVE-2021-22956 -Value @{ 'max-sessions' = 20 }</code>
/// <para>The identifier of the setting is in Steps of Test-GatewayMitigation.</para>
/// </example>
/// <example>
/// <summary>Make a setting on all gateways and save it</summary>
/// <code>$all | Enable-GatewayMitigation -Id CTX289674 -Save -Reason 'change 2021-114'</code>
/// <para>Sets it on every DTLS profile of every partition. The reason is kept in the receipt.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Enable, "GatewayMitigation", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MitigationState))]
public sealed class EnableGatewayMitigationCommand : MitigationCmdlet
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The mitigations: identifier, CVE or bulletin. Wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(MitigationCompleter))]
    [SupportsWildcards]
    public string[] Id { get; set; } = Array.Empty<string>();

    /// <summary>The folder of receipts. Without it: CitrixOps/receipts in your local application data.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ReceiptPath { get; set; }

    /// <summary>The reason, kept in the receipt.</summary>
    [Parameter]
    public string? Reason { get; set; }

    /// <summary>Saves the configuration afterwards.</summary>
    [Parameter]
    public SwitchParameter Save { get; set; }

    /// <summary>Saves also what others changed and did not save.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Values of settings that a person has to decide, by the identifier of the setting: @{ 'max-sessions' = 20 }.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public Hashtable? Value { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        Find(Id);
        foreach (DictionaryEntry entry in Value ?? new Hashtable())
        {
            var name = LanguagePrimitives.ConvertTo<string>(entry.Key);
            if (!Wanted.Any(m => m.Decisions.Contains(name, StringComparer.OrdinalIgnoreCase)))
            {
                ThrowTerminatingError(ErrorRecords.From(new Problem("ValueNotUsed", ErrorKind.InvalidArgument, $"None of the mitigations has a setting '{name}' that a person decides.", name, "Known are: " + string.Join(", ", Wanted.SelectMany(m => m.Decisions).Distinct()) + ".")));
            }

            _values[name] = LanguagePrimitives.ConvertTo<string>(entry.Value);
        }
    }

    /// <inheritdoc/>
    protected override async Task WorkAsync(Gateway gateway, GatewayPipeline pipeline)
    {
        var options = new MitigationOptions { ReceiptFolder = ReceiptPath is null ? ReceiptFolder.Default : GetUnresolvedProviderPathFromPSPath(ReceiptPath), Save = Save, Force = Force, Reason = Reason ?? "" };
        await EachAsync(gateway, pipeline, async m =>
        {
            var state = await new GatewayMitigation(gateway, m, _values).EnableAsync(options, pipeline.ShouldProcessAsync, pipeline.StopToken).ConfigureAwait(false);
            WarnOfManual(state, undo: false, pipeline);
            return state;
        }).ConfigureAwait(false);
    }
}
