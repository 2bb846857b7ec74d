using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using CitrixOps.Appliances;
using CitrixOps.Appliances.Live;
using CitrixOps.Indicators.Files;
using CitrixOps.Investigation;
using CitrixOps.PowerShell.Pipeline;

namespace CitrixOps.PowerShell.Commands;

/// <summary>Gets which period the logs of a gateway cover, and where they have holes.</summary>
/// <remarks>
/// <para>Get-LogCoverage reads every log in files, folders, archives and support bundles and says for each kind of log when its first and
/// last record was written, which stretches no record covers, which rotation files are missing, and which files could not be read to
/// their end. An access log rotates at 100 KB five times by default: on a busy gateway it holds hours. No finding in logs that do not
/// cover a period says nothing about that period.</para>
/// <para>With -Session or -ComputerName the logs of a running gateway are copied over its REST API, of both nodes, each at most 8 MB; the
/// calls themselves add lines to these logs.</para>
/// <para>With -Since and -Until the property Covers says whether that window is covered, and CoversReason why.</para>
/// </remarks>
/// <example>
/// <summary>See what a bundle covers</summary>
/// <code>Get-LogCoverage -Path ./collector_P_192.0.2.10_24Jan2020_09_15.tar.gz</code>
/// <para>Lists first and last record of each log.</para>
/// </example>
/// <example>
/// <summary>Ask for a window</summary>
/// <code>Get-LogCoverage -Path ./logs -Since 2019-12-24 -Until 2020-01-16 -TimeZone Europe/Amsterdam</code>
/// <para>The last day counts whole. The zone is for logs that state none.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "LogCoverage", DefaultParameterSetName = PathSet)]
[OutputType(typeof(LogCoverage))]
public sealed class GetLogCoverageCommand : LogCmdlet
{
    private readonly List<string> _paths = new();

    /// <summary>Logs, folders, archives or support bundles. Wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = Array.Empty<string>();

    /// <inheritdoc/>
    protected override void BeginProcessing() => CheckWindow();

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        base.ProcessRecord();
        if (IsLive)
        {
            return;
        }

        var literal = ParameterSetName == LiteralPathSet;
        _paths.AddRange(ResolvePaths(literal ? LiteralPath : Path, literal));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        try
        {
            Read(Knowledge.Sources().Open(_paths.Distinct(), this, StopToken));
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            // Ctrl+C: nothing half-read is shown as coverage
        }
    }

    /// <inheritdoc/>
    protected override Task WorkAsync(Gateway gateway, GatewayPipeline pipeline) => ReadLiveAsync(gateway, pipeline, Array.Empty<FileIndicator>(), Read);

    private void Read(IReadOnlyList<ApplianceSource> sources)
    {
        var options = new InvestigationOptions { Since = Since, Until = Until, TimeZone = TimeZone, LogType = LogType, GatewayName = GatewayName };
        using var sink = new CmdletSink(this, "Reading logs", found: null);
        WriteObject(CoverageSurvey.Read(sources, options, sink, StopToken), enumerateCollection: true);
    }
}
