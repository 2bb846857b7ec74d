using System;
using System.Linq;
using System.Management.Automation;
using CitrixOps.Advisories;
using CitrixOps.Errors;
using CitrixOps.PowerShell.Parameters;
using CitrixOps.PowerShell.Pipeline;

namespace CitrixOps.PowerShell.Commands;

/// <summary>Gets the bulletins of the catalogue, with the source of each fact.</summary>
/// <remarks>
/// <para>Get-GatewayAdvisory shows what CitrixOps knows about the vendor's bulletins since 2019: CVEs, first fixed builds per branch, what
/// is exploited in the wild and since when, what to do after the update. Every fact names its source.</para>
/// <para>The catalogue ends on the day that CatalogueDate of a patch level shows. What came after that day is unknown, not quiet.</para>
/// </remarks>
/// <example>
/// <summary>List what is exploited in the wild</summary>
/// <code>Get-GatewayAdvisory -KnownExploited</code>
/// <para>Lists the bulletins with at least one CVE that CISA lists as exploited.</para>
/// </example>
/// <example>
/// <summary>Look at a branch in a period</summary>
/// <code>Get-GatewayAdvisory -Branch 13.1-FIPS -Since 2025-06-01 -Until 2026-03-31</code>
/// <para>Lists the bulletins of that period that concern the branch.</para>
/// </example>
/// <example>
/// <summary>Find the bulletin of a CVE</summary>
/// <code>Get-GatewayAdvisory -Cve CVE-2025-5777</code>
/// <para>Gets the bulletin that covers the CVE.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "GatewayAdvisory")]
[OutputType(typeof(Advisory))]
public sealed class GetGatewayAdvisoryCommand : CitrixOpsCmdlet
{
    /// <summary>The bulletins to get, for example CTX267027. Wildcards are allowed. Without it, all.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [SupportsWildcards]
    public string[]? Id { get; set; }

    /// <summary>Only bulletins that cover one of these CVEs.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CveCompleter))]
    public string[]? Cve { get; set; }

    /// <summary>Only bulletins published on or after this day. Local time when no offset is given.</summary>
    [Parameter]
    [Instant]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Only bulletins published before the end of this day.</summary>
    [Parameter]
    [Instant(IsEnd = true)]
    public DateTimeOffset? Until { get; set; }

    /// <summary>Only bulletins that say something about this branch, for example 13.1 or 13.1-FIPS: a fix, none, or that it is out of support.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(BranchCompleter))]
    public string? Branch { get; set; }

    /// <summary>Only bulletins with a CVE that CISA lists as exploited.</summary>
    [Parameter]
    public SwitchParameter KnownExploited { get; set; }

    /// <summary>The folder where imported advisories are kept. Without it: the user's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? AdvisoryFolder { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var all = Knowledge.Catalogue(this, AdvisoryFolder).Advisories;
        foreach (var id in Id ?? new[] { "*" })
        {
            var pattern = WildcardPattern.Get(id, WildcardOptions.IgnoreCase);
            var named = all.Where(a => pattern.IsMatch(a.Id)).ToList();
            if (named.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(id))
            {
                Report(new Problem("AdvisoryNotFound", ErrorKind.NotFound, $"The catalogue has no bulletin '{id}'.", id, "Use Get-GatewayAdvisory without -Id to see all of them."));
            }

            WriteObject(named.Where(Wanted), enumerateCollection: true);
        }
    }

    private bool Wanted(Advisory advisory) =>
        (Cve is null || advisory.Cve.Intersect(Cve, StringComparer.OrdinalIgnoreCase).Any())
        && (Since is not { } since || advisory.Published >= since)
        && (Until is not { } until || advisory.Published < until)
        && (Branch is null || advisory.Branches.Contains(Branch, StringComparer.OrdinalIgnoreCase))
        && (!KnownExploited || advisory.KnownExploited.Count > 0);
}
