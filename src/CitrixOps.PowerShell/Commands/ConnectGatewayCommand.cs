using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using CitrixOps.Appliances.Live;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Errors;
using CitrixOps.PowerShell.Pipeline;

namespace CitrixOps.PowerShell.Commands;

/// <summary>Opens sessions with gateways over their REST API (NITRO).</summary>
/// <remarks>
/// <para>Connect-Gateway logs in over HTTPS and writes one Gateway object for each gateway. One node of an HA pair is enough: the other is
/// found and joined with the same account; both nodes given make one object too. Changes go to the primary, wherever that is at the moment.</para>
/// <para>A session takes one of about twenty places that the appliance has for all administrators. Give it back with Disconnect-Gateway.
/// Sessions that are still open when the process ends are logged out then; what cannot be logged out ends after 15 minutes.</para>
/// <para>The certificate is checked. Where it is self-signed, the error shows its SHA-256: compare it with the appliance's own console and give
/// it with -ServerCertificateSha256. Nothing secret is sent before the certificate is trusted. A gateway that cannot be reached stops no other.</para>
/// </remarks>
/// <example>
/// <summary>Connect to one gateway</summary>
/// <code>$gw = Connect-Gateway gw1.example.nl -Credential nsroot</code>
/// <para>Asks for the password. $gw is the session for the other commands.</para>
/// </example>
/// <example>
/// <summary>Pin self-signed certificates of a pair</summary>
/// <code>$gw = Connect-Gateway 192.0.2.10, 192.0.2.11 -Credential $credential -ServerCertificateSha256 $sha256OfNode1, $sha256OfNode2</code>
/// <para>Each node has a certificate of its own, so give both.</para>
/// </example>
/// <example>
/// <summary>Connect to many gateways with an account from a vault</summary>
/// <code>$all = $addresses | Connect-Gateway -Credential (Get-Secret -Name citrixops) -ThrottleLimit 20</code>
/// <para>Any PSCredential will do, also one of the SecretManagement module.</para>
/// </example>
[Cmdlet(VerbsCommunications.Connect, "Gateway", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(Gateway))]
public sealed class ConnectGatewayCommand : CitrixOpsCmdlet
{
    private readonly List<NitroAddress> _addresses = new();

    /// <summary>Names, addresses or https addresses of management interfaces (NSIP), with a port where it is not 443.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Uri")]
    [ValidateNotNullOrEmpty]
    public string[] ComputerName { get; set; } = Array.Empty<string>();

    /// <summary>The account on the gateways.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Credential]
    public PSCredential Credential { get; set; } = PSCredential.Empty;

    /// <summary>SHA-256 of the management certificates to trust, one per node. Only these are then trusted.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] ServerCertificateSha256 { get; set; } = Array.Empty<string>();

    /// <summary>Trusts whatever certificate is shown. Anybody between could read password and session: pin the certificate instead.</summary>
    [Parameter]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>The admin partition to work in. Without it: the default partition.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Partition { get; set; }

    /// <summary>Seconds that one call to a gateway may take.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int Timeout { get; set; } = 30;

    /// <summary>The most nodes that are connected to at one time.</summary>
    [Parameter]
    [ValidateRange(1, 512)]
    public int ThrottleLimit { get; set; } = 16;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var address in Connecting.Addresses(ComputerName, this))
        {
            if (ShouldProcess(address.ToString(), "Log in"))
            {
                _addresses.Add(address);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => GatewayPipeline.Run(this, ConnectAsync, StopToken);

    private async Task ConnectAsync(GatewayPipeline pipeline)
    {
        try
        {
            var options = Connecting.Options(Credential, ServerCertificateSha256, SkipCertificateCheck, Partition, Timeout) with { Notice = pipeline.Warn };
            var (gateways, problems) = await GatewayConnector.ConnectAsync(_addresses, options, ThrottleLimit, pipeline.StopToken).ConfigureAwait(false);
            foreach (var problem in problems)
            {
                pipeline.Report(problem);
            }

            foreach (var gateway in gateways)
            {
                await HandOverAsync(gateway, pipeline).ConfigureAwait(false);
            }
        }
        catch (CitrixOpsException e)
        {
            pipeline.Report(e.Problem);
        }
    }

    // a session that nobody receives is logged out
    private async Task HandOverAsync(Gateway gateway, GatewayPipeline pipeline)
    {
        try
        {
            await pipeline.AskAsync(() =>
            {
                WriteObject(gateway);
                return true;
            }).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await gateway.CloseAsync(TimeSpan.FromSeconds(5)).ConfigureAwait(false);
        }
    }
}
