using System.Management.Automation;
using System.Threading.Tasks;
using CitrixOps.Appliances.Live;
using CitrixOps.Mitigations;
using CitrixOps.PowerShell.Parameters;
using CitrixOps.PowerShell.Pipeline;

namespace CitrixOps.PowerShell.Commands;

/// <summary>Tests whether the vendor's mitigations, and the settings that patched builds still need, are made on gateways.</summary>
/// <remarks>
/// <para>Test-GatewayMitigation only reads. It looks at both nodes of a pair, and where a setting belongs to a partition at every partition.
/// A responder policy that somebody made by hand from the vendor's article counts, whatever it is called.</para>
/// <para>Status is Applied, PartlyApplied, NotApplied, Ineffective (made, but without effect on this build), NotKnownToBuild (update first),
/// NotApplicable or Unknown. Steps says how each step stands, ManualCommand what a person still has to type. Steps that need the shell are
/// checked as far as a file shows them; whether they work already cannot be seen over the REST API.</para>
/// <para>A mitigation is no update, and says nothing about what happened before it was made.</para>
/// </remarks>
/// <example>
/// <summary>Test everything on many gateways</summary>
/// <code>$all | Test-GatewayMitigation | Where-Object Status -ne 'Applied'</code>
/// <para>$all holds sessions of Connect-Gateway. Lists what is not, or not wholly, made.</para>
/// </example>
/// <example>
/// <summary>See the steps of one</summary>
/// <code>(Test-GatewayMitigation -ComputerName gw1.example.nl -Credential nsroot -Id CVE-2019-19781).Steps</code>
/// <para>Lists the steps, what was found, and the command lines.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "GatewayMitigation", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(MitigationState))]
public sealed class TestGatewayMitigationCommand : MitigationCmdlet
{
    /// <summary>The mitigations: identifier, CVE or bulletin. Wildcards are allowed. Without it, all.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(MitigationCompleter))]
    [SupportsWildcards]
    public string[]? Id { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => Find(Id);

    /// <inheritdoc/>
    protected override Task WorkAsync(Gateway gateway, GatewayPipeline pipeline) =>
        EachAsync(gateway, pipeline, async m => await new GatewayMitigation(gateway, m).CheckAsync(pipeline.StopToken).ConfigureAwait(false));
}
