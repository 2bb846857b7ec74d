using System;
using System.Management.Automation;
using System.Threading.Tasks;
using CitrixOps.Advisories;
using CitrixOps.Advisories.Importing;
using CitrixOps.Appliances.Live;
using CitrixOps.Appliances.Updating;
using CitrixOps.Errors;
using CitrixOps.PowerShell.Pipeline;

namespace CitrixOps.PowerShell.Commands;

/// <summary>Installs a build on a gateway: the secondary node first, then a failover, then the other, each verified after its restart.</summary>
/// <remarks>
/// <para>Before anything is changed it checks that the build fixes what is open, that the package is on each node, what the account may do,
/// disk space, the pair, unsaved changes in every partition, and whether evidence was preserved: an update and a restart destroy traces. A
/// check that fails refuses the update; -Force goes on where the matter is one of judgement.</para>
/// <para>The package's SHA-256 must be that of the vendor's download page. A file given with -Path must lie in /var/nsinstall of each node
/// (copy it with scp); a small one is sent. An address given with -Uri is hashed from here first and then fetched by the appliance itself:
/// that the appliance gets the same is for the server to keep.</para>
/// <para>Every step is confirmed (-Confirm:$false for all), written to a receipt before it is taken, and looked at afterwards. What is left
/// to do is read from the nodes: run the same command again after anything went wrong, also after this process was killed. With -WhatIf the
/// plan is shown and nothing changed.</para>
/// <para>After the update of a pair the other node is primary: Notes say so. The nodes are equal, it can stay so; -SwapBack makes the first
/// one primary again once the pair is in sync, in the same run or in a later one.</para>
/// </remarks>
/// <example>
/// <summary>See what would be done</summary>
/// <code>Install-GatewayUpdate -Session $gw -Path ./build-13.1-64.29_nc_64.tgz -Sha256 $sha256 -Confirm</code>
/// <para>With -WhatIf instead of -Confirm the plan is printed and nothing is asked.</para>
/// </example>
/// <example>
/// <summary>Update a pair in a runbook</summary>
/// <code>Install-GatewayUpdate -ComputerName gw1.example.nl -Credential nsroot -Path ./build-13.1-64.29_nc_64.tgz -Sha256 $sha256 -EvidencePath ./evidence/gw1</code>
/// <para>Opens a session with both nodes and closes it. The receipt lies in the user's folder unless -ReceiptPath says otherwise.</para>
/// </example>
/// <example>
/// <summary>Let the appliance fetch the package, and end with the same primary node</summary>
/// <code>Install-GatewayUpdate -Session $gw -Uri https://files.example.nl/build-13.1-64.29_nc_64.tgz -Sha256 $sha256 -SwapBack</code>
/// <para>The package is fetched from here first, to compare its hash.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Install, "GatewayUpdate", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(UpdateResult))]
public sealed class InstallGatewayUpdateCommand : GatewayCmdlet
{
    private UpdatePackage? _package;
    private EvidenceCopy? _evidence;
    private PatchLevelAssessment? _assessment;
    private string _receipts = "";

    /// <summary>The package on this machine, named as the vendor names it.</summary>
    [Parameter]
    [ValidateCount(1, 1)]
    public string[]? Path { get; set; }

    /// <summary>The address of the package, https: the appliance fetches it.</summary>
    [Parameter]
    [ValidateCount(1, 1)]
    public Uri[]? Uri { get; set; }

    /// <summary>The SHA-256 that the vendor publishes for the package.</summary>
    [Parameter(Mandatory = true)]
    [ValidatePattern("^[0-9A-Fa-f]{64}$")]
    public string Sha256 { get; set; } = "";

    /// <summary>The folder for receipts. Without it: the user's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ReceiptPath { get; set; }

    /// <summary>SHA-256 of certificates of the server in -Uri to trust instead of those this machine trusts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] PackageServerCertificateSha256 { get; set; } = Array.Empty<string>();

    /// <summary>The most bytes that -Uri may deliver.</summary>
    [Parameter]
    [ValidateRange(1024L, 1L << 40)]
    public long MaximumSize { get; set; } = 4L << 30;

    /// <summary>The folder or file where evidence was preserved: it has to be there and to hold something. Without it the command warns.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? EvidencePath { get; set; }

    /// <summary>The folder where imported advisories are kept. Without it: the user's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AdvisoryFolder { get; set; }

    /// <summary>Minutes that a node may take to come back.</summary>
    [Parameter]
    [ValidateRange(1, 240)]
    public int BootLimit { get; set; } = 20;

    /// <summary>Minutes that an installation may take. As long is waited for one whose answer was lost, because a second beside it would harm.</summary>
    [Parameter]
    [ValidateRange(1, 240)]
    public int InstallLimit { get; set; } = 45;

    /// <summary>Makes that node of a pair primary again that was primary before the update, once both are in sync.</summary>
    [Parameter]
    public SwitchParameter SwapBack { get; set; }

    /// <summary>Goes on where a check failed that is a matter of judgement: flaws that stay open, unsaved changes that are lost.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            if ((Path is null) == (Uri is null))
            {
                throw new CitrixOpsException(new Problem("PackageNotGiven", ErrorKind.InvalidArgument, "Either -Path or -Uri says which package.", null, "Give one of them."));
            }

            _evidence = EvidencePath is null ? null : EvidenceCopy.Of(SessionState.Path.GetUnresolvedProviderPathFromPSPath(EvidencePath));
            _package = Path is not null ? UpdatePackage.FromFile(SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path[0]), Sha256) : Fetched(Uri![0]);
            _assessment = new PatchLevelAssessment(Knowledge.Catalogue(this, AdvisoryFolder));
            _receipts = ReceiptPath is null ? new UpdateOptions().ReceiptFolder : SessionState.Path.GetUnresolvedProviderPathFromPSPath(ReceiptPath);
        }
        catch (CitrixOpsException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e));
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            // Ctrl+C while the package was fetched: the pipeline ends here
        }
    }

    /// <inheritdoc/>
    protected override async Task WorkAsync(Gateway gateway, GatewayPipeline pipeline)
    {
        var planOnly = false;
        async Task<bool> Confirm(string target, string action)
        {
            var yes = await pipeline.ShouldProcessAsync(target, action).ConfigureAwait(false);
            return yes && !planOnly;
        }

        planOnly = await pipeline.AskAsync(() => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var whatIf) ? ((SwitchParameter)whatIf).IsPresent : LanguagePrimitives.IsTrue(SessionState.PSVariable.GetValue("WhatIfPreference"))).ConfigureAwait(false);
        var options = new UpdateOptions { ReceiptFolder = _receipts, Evidence = _evidence, Force = Force, SwapBack = SwapBack, BootLimit = TimeSpan.FromMinutes(BootLimit), InstallLimit = TimeSpan.FromMinutes(InstallLimit), Pause = TimeSpan.FromSeconds(1), Notice = pipeline.Warn };
        var result = await new GatewayUpdate(gateway, _package!, options, _assessment!, Confirm).RunAsync(planOnly, pipeline.StopToken).ConfigureAwait(false);
        foreach (var check in result.Checks)
        {
            if (check.State == UpdateCheckState.Warning)
            {
                pipeline.Warn($"{gateway.Name}: {check.Text}");
            }
            else if (check.State == UpdateCheckState.Failed)
            {
                pipeline.Report(new Problem("UpdateRefused", ErrorKind.NotSupported, $"'{gateway.Name}' is not updated: {check.Text}.", gateway.Name, "Put it right, then run the command again. Nothing was changed."));
            }
        }

        foreach (var note in result.Notes)
        {
            pipeline.Warn($"{gateway.Name}: {note}");
        }

        if (result.Failure is { } failure)
        {
            pipeline.Report(failure);
        }

        pipeline.Write(result);
    }

    private UpdatePackage Fetched(Uri address)
    {
        using var fetch = new DocumentFetch(PackageServerCertificateSha256, MaximumSize, TimeSpan.FromHours(2));
        var (sha, size) = fetch.HashAsync(address, StopToken).GetAwaiter().GetResult();
        return UpdatePackage.FromAddress(address, sha, size, Sha256);
    }
}
