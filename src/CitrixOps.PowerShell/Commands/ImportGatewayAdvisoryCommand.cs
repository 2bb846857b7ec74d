using System;
using System.IO;
using System.Management.Automation;
using CitrixOps.Advisories.Importing;
using CitrixOps.Errors;
using CitrixOps.PowerShell.Pipeline;

namespace CitrixOps.PowerShell.Commands;

/// <summary>Takes advisories of others in, beside the catalogue: CSAF 2.0, CISA KEV, CVE records, EPSS scores.</summary>
/// <remarks>
/// <para>Import-GatewayAdvisory reads a document, checks it, keeps what it says about NetScaler ADC and Gateway in a folder of the user, and
/// reports where it says otherwise than the catalogue. Fixed builds of the catalogue always stand. A CVE that the catalogue does not know
/// becomes a bulletin of its own; a range such as vers:unknown/* and a branch without a bound say nothing about a build.</para>
/// <para>Nothing is fetched unless -Uri says so, and only over HTTPS. The date up to which the catalogue knows does not change: one imported
/// document does not make a survey.</para>
/// <para>The folder is CitrixOps/advisories below the user's local application data. Remove a file there to take an import back.</para>
/// </remarks>
/// <example>
/// <summary>Take in a document that a CERT published</summary>
/// <code>Import-GatewayAdvisory -Path ./ncsc-2026-0389.json</code>
/// <para>Reads a CSAF 2.0 document. What it disagrees on is in Conflicts, what could not be used in Skipped.</para>
/// </example>
/// <example>
/// <summary>Take in the catalogue of known exploited vulnerabilities</summary>
/// <code>Import-GatewayAdvisory -Uri https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json</code>
/// <para>Fetches it once. Get-GatewayPatchLevel uses it from then on.</para>
/// </example>
/// <example>
/// <summary>Keep additions in a folder of the team</summary>
/// <code>Import-GatewayAdvisory -Path ./epss_scores-current.csv.gz -AdvisoryFolder ./additions</code>
/// <para>Get-GatewayPatchLevel takes the same parameter. With -WhatIf the document is checked and nothing is written.</para>
/// </example>
[Cmdlet(VerbsData.Import, "GatewayAdvisory", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(AdvisoryImport))]
public sealed class ImportGatewayAdvisoryCommand : PathCmdlet
{
    private const string UriSet = "Uri";
    private AdvisoryImporter? _importer;

    /// <summary>Documents. Wildcards are allowed. A .gz is unpacked.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = Array.Empty<string>();

    /// <summary>The same, without wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = Array.Empty<string>();

    /// <summary>Addresses of documents, https only.</summary>
    [Parameter(Mandatory = true, ParameterSetName = UriSet)]
    [ValidateNotNullOrEmpty]
    public Uri[] Uri { get; set; } = Array.Empty<Uri>();

    /// <summary>SHA-256 of certificates to trust instead of those this machine trusts, for a mirror of your own.</summary>
    [Parameter(ParameterSetName = UriSet)]
    [ValidateNotNullOrEmpty]
    public string[] ServerCertificateSha256 { get; set; } = Array.Empty<string>();

    /// <summary>Seconds that fetching may take.</summary>
    [Parameter(ParameterSetName = UriSet)]
    [ValidateRange(1, 3600)]
    public int Timeout { get; set; } = 60;

    /// <summary>The folder where imported advisories are kept. Without it: the user's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AdvisoryFolder { get; set; }

    /// <summary>The most bytes a document may have, unpacked.</summary>
    [Parameter]
    [ValidateRange(1024L, 1L << 30)]
    public long MaximumSize { get; set; } = AdvisoryImporter.DefaultLimit;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == UriSet)
        {
            foreach (var address in Uri)
            {
                Take(address.ToString(), () => Fetch(address));
            }

            return;
        }

        var literal = ParameterSetName == LiteralPathSet;
        foreach (var path in ResolvePaths(literal ? LiteralPath : Path, literal))
        {
            Take(path, () => File.OpenRead(path));
        }
    }

    private Stream Fetch(Uri address)
    {
        using var fetch = new DocumentFetch(ServerCertificateSha256, MaximumSize, TimeSpan.FromSeconds(Timeout));
        return fetch.GetAsync(address, StopToken).GetAwaiter().GetResult();
    }

    private void Take(string source, Func<Stream> open)
    {
        try
        {
            _importer ??= new AdvisoryImporter(Knowledge.CatalogueFolder, Knowledge.Additions(this, AdvisoryFolder), this, MaximumSize);
            using var content = open();
            var import = _importer.Import(content, source, DateTimeOffset.UtcNow, i => ShouldProcess(i.Id, "Keep the advisory"));
            foreach (var conflict in import.Conflicts)
            {
                WriteWarning(conflict + ". The catalogue stands.");
            }

            WriteObject(import);
        }
        catch (CitrixOpsException e)
        {
            Report(e.Problem);
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            // Ctrl+C: what was kept stands
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Report(new Problem("DocumentNotRead", ErrorKind.ReadFailed, $"'{source}' could not be read: {e.Message}", source, "Check that it is a file and that you may read it."));
        }
    }
}
