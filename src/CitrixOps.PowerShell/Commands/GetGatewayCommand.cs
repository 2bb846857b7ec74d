using System.Management.Automation;
using System.Threading.Tasks;
using CitrixOps.Appliances.Live;
using CitrixOps.PowerShell.Pipeline;

namespace CitrixOps.PowerShell.Commands;

/// <summary>Gets what a gateway says about itself: host, model, serial, version, HA role and peer, unsaved changes, clock, features.</summary>
/// <remarks>
/// <para>Get-Gateway asks every node anew: six calls, reading only. Of a pair both nodes are in the property Nodes, with their roles.</para>
/// <para>ClockDifference is the gateway's clock less this machine's: it is what separates times in the gateway's logs from yours.
/// UnsavedChanges is true where a node's running configuration has changes that a restart would lose; saving them saves everybody's.</para>
/// <para>With -Session the object given is brought up to date and written. With -ComputerName the object written is a record: its session is closed.</para>
/// </remarks>
/// <example>
/// <summary>Look at a gateway</summary>
/// <code>Get-Gateway -ComputerName gw1.example.nl -Credential nsroot</code>
/// <para>Opens a session, asks, and logs out.</para>
/// </example>
/// <example>
/// <summary>Which nodes differ in build?</summary>
/// <code>($all | Get-Gateway).Nodes | Where-Object Version -ne '14.1-47.46'</code>
/// <para>$all holds sessions of Connect-Gateway.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "Gateway", DefaultParameterSetName = ComputerNameSet)]
[OutputType(typeof(Gateway))]
public sealed class GetGatewayCommand : GatewayCmdlet
{
    /// <inheritdoc/>
    protected override async Task WorkAsync(Gateway gateway, GatewayPipeline pipeline)
    {
        await gateway.RefreshAsync(pipeline.StopToken).ConfigureAwait(false);
        pipeline.Write(gateway);
    }
}
