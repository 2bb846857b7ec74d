using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Appliances.Configuration;

namespace CitrixOps.Advisories;

/// <summary>Says for one version and, where there is one, its configuration, what every bulletin of the catalogue means.</summary>
public sealed class PatchLevelAssessment
{
    private readonly AdvisoryCatalogue _catalogue;

    /// <summary>Creates an assessment.</summary>
    /// <param name="catalogue">The catalogue.</param>
    public PatchLevelAssessment(AdvisoryCatalogue catalogue) => _catalogue = catalogue;

    /// <summary>Assesses a version.</summary>
    /// <param name="version">The version; null when none was found.</param>
    /// <param name="configuration">The configuration, or null.</param>
    /// <returns>The patch level; where it comes from is for the caller to fill in.</returns>
    public PatchLevel Assess(GatewayVersion? version, NsConfiguration? configuration)
    {
        var level = new PatchLevel { CatalogueDate = _catalogue.Date, Status = PatchStatus.Unknown, PairStatus = PatchStatus.Unknown };
        if (version is null)
        {
            return level;
        }

        var rows = new List<Vulnerability>();
        foreach (var bulletin in _catalogue.Bulletins)
        {
            var settings = new SettingCheck(_catalogue, version, configuration);
            rows.AddRange(bulletin.Cves.Length == 0
                ? new[] { settings.Row(bulletin, null) }
                : bulletin.Cves.Select(c => settings.Row(bulletin, c)));
        }

        var branch = _catalogue.Branches.FirstOrDefault(b => b.Branch == version.CatalogueBranches[0]);
        level.Version = version.ToString();
        level.Branch = version.Branch;
        level.Build = version.Build;
        level.Edition = version.Edition;
        level.EndOfMaintenance = branch?.EndOfMaintenance is { } eom ? AdvisoryCatalogue.Day(eom) : null;
        level.EndOfLife = branch?.EndOfLife is { } eol ? AdvisoryCatalogue.Day(eol) : null;
        level.Vulnerabilities = rows.OrderByDescending(r => r.IsOpen).ThenByDescending(r => r.Priority).ThenByDescending(r => r.KnownExploited).ThenByDescending(r => r.Bulletin, StringComparer.Ordinal).ThenBy(r => r.Cve, StringComparer.Ordinal).ToArray();
        level.Status = level.PairStatus = Status(version, rows, level.EndOfLife);
        level.RecommendedBuild = Recommended(version, rows);
        level.Notes = Notes(version);
        return level;
    }

    private PatchStatus Status(GatewayVersion version, List<Vulnerability> rows, DateTimeOffset? endOfLife)
    {
        var open = rows.Where(r => r.Verdict <= Verdict.EolAssumeAffected).ToList();
        if (open.Count > 0)
        {
            return open.Any(r => r.Verdict != Verdict.Affected) || endOfLife <= _catalogue.Date ? PatchStatus.EndOfLifeVulnerable : PatchStatus.Vulnerable;
        }

        if (IsNewer(version))
        {
            return PatchStatus.NewerThanCatalogue;
        }

        return rows.Any(r => r.Verdict == Verdict.FixedConfigurationOpen) ? PatchStatus.FixedConfigurationOpen
            : rows.Any(r => r.Verdict is Verdict.Unknown) || rows.All(r => r.Verdict is Verdict.NotListed or Verdict.NotApplicableNewerBranch) ? PatchStatus.Unknown
            : PatchStatus.NothingKnown;
    }

    // past the newest build that any bulletin names, or a branch none names
    private bool IsNewer(GatewayVersion version)
    {
        var known = Builds(version.CatalogueBranches).ToList();
        return known.Count > 0
            ? version.CompareTo(known.Max()) > 0
            : GatewayVersion.BranchNumber(version.Branch) > _catalogue.Branches.Max(b => GatewayVersion.BranchNumber(b.Branch));
    }

    private string? Recommended(GatewayVersion version, List<Vulnerability> rows)
    {
        if (!rows.Any(r => r.Verdict <= Verdict.EolAssumeAffected))
        {
            return null;
        }

        if (rows.All(r => r.Verdict is not (Verdict.AffectedNoFixInBranch or Verdict.EolAssumeAffected)))
        {
            return Builds(version.CatalogueBranches).Max()?.ToString();
        }

        // the branch gets no more fixes: the newest branch that does
        var next = _catalogue.Branches.Where(b => b.Branch.IndexOf('-') < 0 && (b.EndOfLife is not { } end || AdvisoryCatalogue.Day(end) > _catalogue.Date))
            .OrderByDescending(b => GatewayVersion.BranchNumber(b.Branch)).FirstOrDefault();
        return next is null ? null : Builds(new[] { next.Branch }).Max()?.ToString();
    }

    private IEnumerable<GatewayVersion> Builds(IReadOnlyList<string> branches) => _catalogue.Bulletins
        .SelectMany(b => b.Fixed.Where(f => branches.Contains(f.Key)).Select(f => f.Value).Concat(b.Recommended.Where(r => branches.Contains(r.Key)).Select(r => r.Value)))
        .Select(t => VersionParser.TryParse(t, out var version, out _) ? version : null).OfType<GatewayVersion>();

    private static string[] Notes(GatewayVersion version)
    {
        var notes = new List<string>();
        if (version.Edition == GatewayEdition.FipsOrNdcpp)
        {
            notes.Add("The build number is used by the FIPS and the NDcPP edition; both were looked up and the worse is shown.");
        }

        if (version.IsSpecial)
        {
            notes.Add("A special build: it is compared by its number, but no bulletin names it.");
        }

        return notes.ToArray();
    }
}
