using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using CitrixOps.Access.Sessions;
using CitrixOps.Appliances.Live;
using CitrixOps.PowerShell.Pipeline;

namespace CitrixOps.PowerShell.Commands;

/// <summary>Gets the sessions of a gateway's users: AAA and VPN, ICA, PCoIP and RDP, on both nodes of a pair.</summary>
/// <remarks>
/// <para>Get-GatewayUserSession says who is in, from where, to where and since when. It only reads, and every call adds a line to the gateway's
/// logs.</para>
/// <para>The gateway's tables hold no time. Since is taken from ns.log of the node, live and turned over, newest first: the logon of the user
/// from that address, the start of that ICA connection; for PCoIP and RDP the user's logon, which the session is no older than. SinceSource and
/// SinceDetail say which, or why it is unknown. -SkipLog leaves the logs alone.</para>
/// <para>Stop-GatewayUserSession ends sessions.</para>
/// </remarks>
/// <example>
/// <summary>Who is in?</summary>
/// <code>Get-GatewayUserSession $gw</code>
/// <para>Lists the sessions by node. $gw is a session of Connect-Gateway.</para>
/// </example>
/// <example>
/// <summary>Sessions older than the update</summary>
/// <code>$all | Get-GatewayUserSession | Where-Object { -not $_.Since -or $_.Since -lt $updated }</code>
/// <para>Also those of which the beginning is unknown. A session that was stolen before the update lives on after it.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "GatewayUserSession", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(UserSession))]
public sealed class GetGatewayUserSessionCommand : GatewayCmdlet
{
    /// <summary>Only sessions of these users. Wildcards are allowed. Without it, of all users.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? UserName { get; set; }

    /// <summary>Only sessions of these kinds. Without it, of all kinds.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public UserSessionKind[]? Type { get; set; }

    /// <summary>Does not read logs; since when is unknown then.</summary>
    [Parameter]
    public SwitchParameter SkipLog { get; set; }

    /// <inheritdoc/>
    protected override async Task WorkAsync(Gateway gateway, GatewayPipeline pipeline)
    {
        var list = await new UserSessionReader(gateway).ListAsync(Type, pipeline.StopToken).ConfigureAwait(false);
        foreach (var problem in list.Problems)
        {
            pipeline.Report(problem);
        }

        var user = UserNames.Matching(UserName);
        list = list with { Sessions = list.Sessions.Where(s => user is null || user(s.UserName)).ToArray() };
        foreach (var session in SkipLog ? list.Sessions : (await new SessionOrigins(gateway).AddAsync(list, pipeline.StopToken).ConfigureAwait(false)).Sessions)
        {
            pipeline.Write(session);
        }
    }
}
