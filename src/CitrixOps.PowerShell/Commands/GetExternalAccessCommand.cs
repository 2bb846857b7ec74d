using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using CitrixOps.Access.Inventory;
using CitrixOps.Access.Networks;
using CitrixOps.Appliances.Live;
using CitrixOps.Errors;
using CitrixOps.PowerShell.Pipeline;

namespace CitrixOps.PowerShell.Commands;

/// <summary>Gets every way into a gateway: virtual servers, their addresses, who reaches them, and management that faces outside.</summary>
/// <remarks>
/// <para>Get-ExternalAccess lists the vpn, authentication, load balancing, content switching, cache redirection and GSLB virtual servers of
/// all partitions, with addresses (ranges and address sets resolved), ports, TCP or UDP, state, listen policies, and who the applied access
/// lists let through. Management on a subnet address or on a public NSIP is a way in too.</para>
/// <para>Scope says who a way is for, and Reason why we think so: private addresses count as inside, but a gateway on a private address
/// counts as outside, because a firewall in front usually translates. -ExternalNetwork and -InternalNetwork say otherwise. Simple access
/// lists, which block single sources, are not counted.</para>
/// <para>A gateway that could not be asked has a row too: Kind and Scope are Unknown, State is NOT READ, IsOpen is empty.</para>
/// </remarks>
/// <example>
/// <summary>What is open to the outside?</summary>
/// <code>Get-ExternalAccess -Session $gw | Where-Object IsOpen</code>
/// <para>Lists what answers somebody from outside now.</para>
/// </example>
/// <example>
/// <summary>An appliance behind a firewall that translates</summary>
/// <code>Get-ExternalAccess -Session $gw -ExternalNetwork 10.20.99.0/24</code>
/// <para>Everything in that network counts as reachable from outside.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "ExternalAccess", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(ExternalAccess))]
public sealed class GetExternalAccessCommand : GatewayCmdlet
{
    /// <summary>Networks that count as outside, as 10.20.99.0/24, a range or an address.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] ExternalNetwork { get; set; } = Array.Empty<string>();

    /// <summary>Networks that count as inside.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] InternalNetwork { get; set; } = Array.Empty<string>();

    /// <inheritdoc/>
    protected override IEnumerable<object> Failed(string gateway, Problem problem) => new[] { new ExternalAccess { Gateway = gateway, Kind = AccessKind.Unknown, Scope = AccessScope.Unknown, State = "NOT READ", Reason = problem.Message } };

    /// <inheritdoc/>
    protected override async Task WorkAsync(Gateway gateway, GatewayPipeline pipeline)
    {
        var networks = new NetworkPlan(AddressSet.Parse(ExternalNetwork), AddressSet.Parse(InternalNetwork));
        var inventory = await InventoryReader.ReadAsync(gateway, withSessions: true, pipeline.StopToken).ConfigureAwait(false);
        foreach (var problem in inventory.Problems)
        {
            pipeline.Warn(problem.Message);
        }

        foreach (var way in WaysIn.Of(inventory, networks))
        {
            pipeline.Write(way);
        }
    }
}
