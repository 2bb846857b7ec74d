using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using CitrixOps.Advisories;
using CitrixOps.Advisories.Fingerprints;
using CitrixOps.Appliances;
using CitrixOps.Appliances.Live;
using CitrixOps.Errors;
using CitrixOps.Investigation;
using CitrixOps.PowerShell.Pipeline;

namespace CitrixOps.PowerShell.Commands;

/// <summary>Gets the patch level of a gateway: which build runs, which bulletins apply, which build to go to.</summary>
/// <remarks>
/// <para>Get-GatewayPatchLevel reads the build from a saved configuration (ns.conf), a support bundle, a folder with the files of an
/// appliance, or a version string, and says for every bulletin since 2019 and every CVE in it what that means for this build, and why.</para>
/// <para>The head of ns.conf names the build that last saved the configuration, not necessarily the one that runs: VersionTrust says how
/// far the version can be relied on. Conditions on the configuration can lower the priority of a vulnerability, they never turn an
/// affected build into one that is not. Nothing is ever called up to date: the status NothingKnown ends with the day in CatalogueDate.</para>
/// <para>With -Session or -ComputerName a running gateway is asked, both nodes of a pair: which build runs, which would boot next, and the
/// running configuration.</para>
/// <para>The vulnerabilities of a node are in its property Vulnerabilities, the open ones first.</para>
/// </remarks>
/// <example>
/// <summary>Assess a saved configuration</summary>
/// <code>Get-GatewayPatchLevel -Path ./ns.conf</code>
/// <para>Reads the version from the head of the file and the conditions from its statements.</para>
/// </example>
/// <example>
/// <summary>Ask a running gateway</summary>
/// <code>Get-GatewayPatchLevel -ComputerName gw1.example.nl -Credential nsroot</code>
/// <para>Shows both nodes of a pair, and what each would boot next.</para>
/// </example>
/// <example>
/// <summary>Look from outside</summary>
/// <code>Get-GatewayPatchLevel -Uri https://gateway.example.nl</code>
/// <para>Needs no account. VersionTrust is Inferred, and Notes say how sure it is.</para>
/// </example>
/// <example>
/// <summary>Assess a version</summary>
/// <code>Get-GatewayPatchLevel -Version '13.1-37.241' -Edition Fips</code>
/// <para>Needs no file. Without -Edition both validated editions are looked up and the worse is shown.</para>
/// </example>
/// <example>
/// <summary>See what is open and exploited</summary>
/// <code>(Get-GatewayPatchLevel -Path ./bundles).Vulnerabilities | Where-Object { $_.IsOpen -and $_.KnownExploited }</code>
/// <para>Takes every bundle below a folder.</para>
/// </example>
/// <example>
/// <summary>Look at a whole fleet, worst first</summary>
/// <code>Get-GatewayPatchLevel -Path ./configurations -GroupByStatus</code>
/// <para>Takes every configuration and bundle below the folder. With -Detailed each node is shown with its open vulnerabilities and its checklist.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "GatewayPatchLevel", DefaultParameterSetName = PathSet)]
[OutputType(typeof(PatchLevel))]
public sealed class GetGatewayPatchLevelCommand : SourceCmdlet
{
    private const string VersionSet = "Version";
    private const string UriSet = "Uri";
    private const int MostAtOnce = 16;

    private readonly List<string> _paths = new();
    private readonly List<PSObject> _levels = new();
    private PatchLevelAssessment? _assessment;

    /// <summary>What an edition can be stated as.</summary>
    public enum EditionChoice
    {
        /// <summary>By the build number.</summary>
        Auto,

        /// <summary>The ordinary edition.</summary>
        Regular,

        /// <summary>The FIPS edition.</summary>
        Fips,

        /// <summary>The NDcPP edition.</summary>
        Ndcpp,
    }

    /// <summary>Configurations, support bundles, archives or folders. Wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = Array.Empty<string>();

    /// <summary>The same, without wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = Array.Empty<string>();

    /// <summary>Versions in any notation: 13.1-59.22, 'NS13.1: Build 59.22.nc', build-14.1-47.46_nc_64.tgz.</summary>
    [Parameter(Mandatory = true, ParameterSetName = VersionSet)]
    [ValidateNotNullOrEmpty]
    public string[] Version { get; set; } = Array.Empty<string>();

    /// <summary>Public https addresses of gateways, to look at from outside: two ordinary requests for public files, without logging in. Notes say how far the answer can be relied on.</summary>
    [Parameter(Mandatory = true, ParameterSetName = UriSet)]
    [ValidateNotNullOrEmpty]
    public Uri[] Uri { get; set; } = Array.Empty<Uri>();

    /// <summary>The edition, where the build number does not tell it. Auto goes by the number.</summary>
    [Parameter]
    public EditionChoice Edition { get; set; }

    /// <summary>The folder where imported advisories are kept. Without it: the user's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AdvisoryFolder { get; set; }

    /// <summary>Shows every fact of a node, its open vulnerabilities and the checklist, instead of a row.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <summary>Sorts the nodes by status, worst first, and shows a table per status.</summary>
    [Parameter]
    public SwitchParameter GroupByStatus { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        base.ProcessRecord();
        if (IsLive)
        {
            return;
        }

        if (ParameterSetName == UriSet)
        {
            return;
        }

        if (ParameterSetName == VersionSet)
        {
            foreach (var text in Version)
            {
                AssessVersion(text);
            }

            return;
        }

        var literal = ParameterSetName == LiteralPathSet;
        _paths.AddRange(ResolvePaths(literal ? LiteralPath : Path, literal));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            base.EndProcessing();
            if (ParameterSetName == UriSet)
            {
                GatewayPipeline.Run(this, LookAsync, StopToken);
            }

            AssessPaths();
            WriteObject(_levels.OrderBy(l => ((PatchLevel)l.BaseObject).Status).ThenBy(l => ((PatchLevel)l.BaseObject).Gateway, StringComparer.OrdinalIgnoreCase), enumerateCollection: true);
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            // Ctrl+C: what was written stands
        }
    }

    /// <inheritdoc/>
    protected override async Task WorkAsync(Gateway gateway, GatewayPipeline pipeline)
    {
        var nodes = await LiveFacts.ReadAllAsync(gateway, pipeline.Report, pipeline.StopToken).ConfigureAwait(false);
        await pipeline.AskAsync(() =>
        {
            WriteLevels(nodes.Select(f => (PatchLevels.Of(f, Assessment, EditionOf()), f)).ToList());
            return true;
        }).ConfigureAwait(false);
    }

    private PatchLevelAssessment Assessment => _assessment ??= new PatchLevelAssessment(Knowledge.Catalogue(this, AdvisoryFolder));

    private async Task LookAsync(GatewayPipeline pipeline)
    {
        using var view = new OutsideView(BuildFingerprints.Load(Knowledge.FingerprintFile), TimeSpan.FromSeconds(Timeout));
        await Throttle.RunAsync(Uri, MostAtOnce, u => LookAtAsync(u, view, pipeline)).ConfigureAwait(false);
    }

    private async Task<bool> LookAtAsync(Uri uri, OutsideView view, GatewayPipeline pipeline)
    {
        if (!uri.IsAbsoluteUri || uri.Scheme != "https")
        {
            var shown = SafeText.FromText(uri.OriginalString, 80);
            pipeline.Report(new Problem("AddressNotRecognised", ErrorKind.InvalidArgument, $"'{shown}' is no https address.", shown, "Give it with its scheme: https://gateway.example.nl."));
            return false;
        }

        try
        {
            var (facts, notes) = await view.LookAsync(uri, pipeline.StopToken).ConfigureAwait(false);
            return await pipeline.AskAsync(() =>
            {
                var level = PatchLevels.Of(facts, Assessment, EditionOf());
                level.Notes = notes.Concat(level.Notes).ToArray();
                Show(level);
                return true;
            }).ConfigureAwait(false);
        }
        catch (CitrixOpsException e)
        {
            pipeline.Report(e.Problem, e);
            return false;
        }
    }

    private void AssessPaths()
    {
        var found = new List<(PatchLevel Level, ApplianceFacts Facts)>();
        foreach (var source in Knowledge.Sources().Open(_paths.Distinct(), this, StopToken))
        {
            foreach (var facts in ApplianceSurvey.Read(source, this, StopToken, configurationsOnly: true))
            {
                if (facts.Versions.Count == 0 && facts.Configuration is null)
                {
                    if (source.Kind == SourceKind.LooseFiles)
                    {
                        // each file was reported on its own
                        continue;
                    }

                    Report(new Problem("VersionNotFound", ErrorKind.InvalidData, $"'{source.Path}' holds no version: no ns.conf, no output of show ns version, no boot loader file.", source.Path, "Give an ns.conf, a support bundle or the folder of an image; or the version itself with -Version."));
                }
                else
                {
                    found.Add((PatchLevels.Of(facts, Assessment, EditionOf()), facts));
                }
            }
        }

        WriteLevels(found);
    }

    private void WriteLevels(List<(PatchLevel Level, ApplianceFacts Facts)> found)
    {
        PatchLevels.JoinPairs(found);
        foreach (var (level, _) in found)
        {
            Show(level);
        }
    }

    // views are chosen by type name
    private void Show(PatchLevel level)
    {
        var shown = new PSObject(level);
        if (Detailed)
        {
            shown.TypeNames.Insert(0, typeof(PatchLevel).FullName + "#Detailed");
        }
        else if (GroupByStatus)
        {
            shown.TypeNames.Insert(0, typeof(PatchLevel).FullName + "#ByStatus");
            _levels.Add(shown);
            return;
        }

        WriteObject(shown);
    }

    private void AssessVersion(string text)
    {
        if (!VersionParser.TryParse(text, out var version, out var reason))
        {
            var shown = SafeText.FromText(text, 80);
            Report(new Problem("VersionNotRecognised", ErrorKind.InvalidArgument, $"'{shown}' is no NetScaler version: {reason}.", shown, "Give branch and build, for example 13.1-59.22."));
            return;
        }

        var level = Assessment.Assess(PatchLevels.WithEdition(version!, EditionOf()), configuration: null);
        level.Gateway = level.Node = SafeText.FromText(text, 80);
        level.VersionSource = "-Version";
        level.VersionTrust = VersionTrust.Stated;
        Show(level);
    }

    private GatewayEdition EditionOf() => Edition switch
    {
        EditionChoice.Regular => GatewayEdition.Regular,
        EditionChoice.Fips => GatewayEdition.Fips,
        EditionChoice.Ndcpp => GatewayEdition.Ndcpp,
        _ => GatewayEdition.Unknown,
    };
}
