using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using CitrixOps.Access.Sessions;
using CitrixOps.Appliances.Live;
using CitrixOps.Errors;
using CitrixOps.PowerShell.Pipeline;
using CitrixOps.Receipts;

namespace CitrixOps.PowerShell.Commands;

/// <summary>Ends the sessions of a gateway's users: AAA and VPN, ICA, PCoIP and RDP, on both nodes of a pair.</summary>
/// <remarks>
/// <para>A session that an attacker took lives on after the way in is closed, and after the update. Stop-GatewayUserSession lists all kinds on
/// every node, writes the list to a file (who, from where, since when), ends the sessions, and lists again to see that they are gone. It is
/// repeated while another kill is being worked on or sessions remain.</para>
/// <para>The gateway's tables hold no time: since when is taken from ns.log of the node, as far back as it goes, and is unknown where that does
/// not tell. Sessions of the result has what was found, StillThere what was not ended.</para>
/// <para>The file is evidence and is complete on the disk before the first session is ended; Evidence of the result says where. What a node
/// does not let the account list is not ended unless -Force is given, because it would leave no record.</para>
/// <para>Ending sessions does not stop anybody from logging on again: close the way in first. Do it again after the update, when both nodes run
/// the new build, and after a failover. The vendor's steps after an update for CVE-2023-4966 also clear the persistence of load balancing:
/// -ClearPersistence does. It is not the default, because clients inside are then balanced anew too.</para>
/// </remarks>
/// <example>
/// <summary>End everything on all gateways</summary>
/// <code>$all | Stop-GatewayUserSession</code>
/// <para>$all holds sessions of Connect-Gateway. Asks once per gateway, and gives a row per gateway.</para>
/// </example>
/// <example>
/// <summary>After the update of both nodes</summary>
/// <code>$all | Stop-GatewayUserSession -ClearPersistence -Confirm:$false | Where-Object Verified -ne $true</code>
/// <para>Shows the gateways where it has to be done again.</para>
/// </example>
/// <example>
/// <summary>End the sessions of one user</summary>
/// <code>Stop-GatewayUserSession $gw -UserName jdevries -Type Aaa, Ica -Confirm:$false</code>
/// <para>Ends that user's logon and ICA sessions; $gw is a session of Connect-Gateway.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Stop, "GatewayUserSession", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(UserSessionStop))]
public sealed class StopGatewayUserSessionCommand : GatewayCmdlet
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

    /// <summary>Clears the persistence of load balancing as well, in the partition of the session.</summary>
    [Parameter]
    public SwitchParameter ClearPersistence { get; set; }

    /// <summary>The folder for the list of sessions. Without it: CitrixOps/receipts in your local application data.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ReceiptPath { get; set; }

    /// <summary>Ends also sessions that could not be listed, without a record of them.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override async Task WorkAsync(Gateway gateway, GatewayPipeline pipeline)
    {
        var list = await new UserSessionReader(gateway).ListAsync(null, pipeline.StopToken).ConfigureAwait(false);
        var selection = Selection();
        var meant = list.Sessions.Where(selection.Includes).ToArray();
        var what = meant.Length == 0 ? "End user sessions (none is listed)" : "End " + string.Join(", ", meant.GroupBy(s => s.Kind).OrderBy(g => g.Key).Select(g => $"{g.Count()} {g.Key}")) + " sessions";
        what += ClearPersistence ? ", clear the persistence of load balancing" : "";
        if (!await pipeline.ShouldProcessAsync(gateway.Name, what).ConfigureAwait(false))
        {
            return;
        }

        var folder = ReceiptPath is null ? ReceiptFolder.Default : GetUnresolvedProviderPathFromPSPath(ReceiptPath);
        var written = new List<string>();
        void Keep(UserSessionList sessions)
        {
            var path = UserSessionRecord.PathFor(folder, sessions);
            UserSessionRecord.Write(path, sessions);
            written.Add(path);
            pipeline.Verbose($"The sessions of '{gateway.Name}' are in {path}.");
        }

        var result = await new UserSessionStopper(gateway).StopAsync(list, selection, Keep, pipeline.StopToken).ConfigureAwait(false);
        foreach (var problem in result.Problems)
        {
            pipeline.Report(problem);
        }

        pipeline.Write(result with { Evidence = written[0] });
    }

    /// <inheritdoc/>
    protected override IEnumerable<object> Failed(string gateway, Problem problem) => new[] { new UserSessionStop { Gateway = gateway, Problems = new[] { problem }, FinishedAt = DateTimeOffset.UtcNow } };

    private UserSessionSelection Selection()
    {
        var selection = new UserSessionSelection { User = UserNames.Matching(UserName), EvenUnlisted = Force, ClearPersistence = ClearPersistence };
        return Type is null ? selection : selection with { Kinds = Type.Distinct().ToArray() };
    }
}
