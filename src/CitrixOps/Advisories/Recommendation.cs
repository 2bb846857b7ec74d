using System;
using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.Advisories;

/// <summary>
/// The build to go to: the lowest of the node's own branch and edition that fixes everything known; where that branch gets no more fixes,
/// the same of the newest supported branch, in an edition that is as validated as the node's own.
/// </summary>
internal sealed class Recommendation
{
    private readonly AdvisoryCatalogue _catalogue;
    private readonly ILookup<string, GatewayVersion> _builds;
    private readonly HashSet<string> _forgotten;

    public Recommendation(AdvisoryCatalogue catalogue)
    {
        _catalogue = catalogue;
        _builds = catalogue.Bulletins.SelectMany(Builds)
            .Select(b => (b.Branch, Version: VersionParser.TryParse(b.Build, out var version, out _) ? version : null))
            .Where(b => b.Version is not null).ToLookup(b => b.Branch, b => b.Version!, StringComparer.Ordinal);
        var own = catalogue.Bulletins.Where(b => !b.IsImported).ToList();
        _forgotten = new HashSet<string>(_builds.Select(g => g.Key).Where(b => own.Where(o => o.Unlisted.Contains(b)).Max(o => o.Day) > own.Where(o => o.Fixed.ContainsKey(b) || o.NotAffected.Contains(b)).Max(o => o.Day)), StringComparer.Ordinal);
    }

    /// <summary>The newest build that a bulletin names for one of these branches, or null.</summary>
    public GatewayVersion? Newest(IEnumerable<string> branches) => branches.SelectMany(b => _builds[b]).OrderBy(v => v, Comparer<GatewayVersion>.Default).LastOrDefault();

    /// <summary>The build to go to, or null where nothing is open or none is known.</summary>
    public GatewayVersion? For(GatewayVersion version, IReadOnlyCollection<Vulnerability> rows)
    {
        var forgotten = IsForgotten(version.CatalogueBranches);
        if (!forgotten && !rows.Any(r => r.Verdict <= Verdict.EolAssumeAffected))
        {
            return null;
        }

        if (!forgotten && rows.All(r => r.Verdict is not (Verdict.AffectedNoFixInBranch or Verdict.EolAssumeAffected)) && Newest(version.CatalogueBranches) is { } own && own.CompareBuild(version) > 0)
        {
            return own;
        }

        return Supported(version).Select(b => Newest(new[] { b })).FirstOrDefault(b => b is not null && GatewayVersion.BranchNumber(b.Branch) >= GatewayVersion.BranchNumber(version.Branch));
    }

    /// <summary>True for branches that bulletins once listed and the newest ones do not mention: whether they are vulnerable was not said.</summary>
    public bool IsForgotten(IReadOnlyList<string> branches) => branches.Any(_forgotten.Contains) && branches.All(b => _forgotten.Contains(b) || !_builds.Contains(b));

    /// <summary>The name of a recommended build's branch in the node's kind of edition.</summary>
    public string BranchName(GatewayVersion version, GatewayVersion recommended) =>
        Supported(version).FirstOrDefault(b => b.StartsWith(recommended.Branch, StringComparison.Ordinal)) ?? recommended.Branch;

    // branches of the same kind of edition that the newest bulletin still gives fixes for, newest first
    private IEnumerable<string> Supported(GatewayVersion version)
    {
        var newest = _catalogue.Bulletins.Where(b => !b.IsImported).OrderBy(b => b.Day).LastOrDefault();
        return (newest?.Fixed.Where(f => f.Value is not null).Select(f => f.Key) ?? Enumerable.Empty<string>())
            .Where(b => SameKind(b, version.Edition) && !(_catalogue.Branches.FirstOrDefault(i => i.Branch == b)?.EndOfLife is { } end && AdvisoryCatalogue.Day(end) <= _catalogue.Date))
            .OrderByDescending(GatewayVersion.BranchNumber);
    }

    private bool SameKind(string branch, GatewayEdition edition) => edition switch
    {
        GatewayEdition.Fips => branch.EndsWith("-FIPS", StringComparison.Ordinal),
        GatewayEdition.Ndcpp => branch.EndsWith("-NDcPP", StringComparison.Ordinal),

        // one whose number serves both
        GatewayEdition.FipsOrNdcpp => branch.EndsWith("-FIPS", StringComparison.Ordinal) && _builds.Contains(branch.Replace("-FIPS", "-NDcPP")),
        _ => branch.IndexOf('-') < 0,
    };

    // an imported document recommends nothing
    private static IEnumerable<(string Branch, string? Build)> Builds(Bulletin bulletin) => bulletin.IsImported
        ? Enumerable.Empty<(string, string?)>()
        : bulletin.Fixed.Concat(bulletin.Cves.SelectMany(c => c.Fixed ?? new Dictionary<string, string?>())).Select(f => (f.Key, f.Value)).Concat(bulletin.Recommended.Select(r => (r.Key, (string?)r.Value)));
}
