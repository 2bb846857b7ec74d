using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using CitrixOps.Appliances.Live;
using CitrixOps.PowerShell.Pipeline;

namespace CitrixOps.PowerShell.Commands;

/// <summary>Logs out of gateways.</summary>
/// <remarks>
/// <para>Disconnect-Gateway ends the sessions on every node, so that their places are free for other administrators. A session that is closed
/// already, or that the appliance ended itself, is no error.</para>
/// </remarks>
/// <example>
/// <summary>Log out</summary>
/// <code>Disconnect-Gateway $gw</code>
/// <para>The object keeps what is known of the gateway, and can no longer be used as a session.</para>
/// </example>
/// <example>
/// <summary>Log out of many gateways</summary>
/// <code>$all | Disconnect-Gateway</code>
/// <para>All at the same time.</para>
/// </example>
[Cmdlet(VerbsCommunications.Disconnect, "Gateway", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(void))]
public sealed class DisconnectGatewayCommand : CitrixOpsCmdlet
{
    private readonly List<Gateway> _given = new();

    /// <summary>The sessions.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public Gateway[] Session { get; set; } = Array.Empty<Gateway>();

    /// <inheritdoc/>
    protected override void ProcessRecord() => _given.AddRange(Session.Where(g => ShouldProcess(g.Name, "Log out")));

    /// <inheritdoc/>
    protected override void EndProcessing() =>
        GatewayPipeline.Run(this, _ => Task.WhenAll(_given.Distinct().Select(g => g.CloseAsync(TimeSpan.FromSeconds(5)))), StopToken);
}
