using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Appliances.Configuration;

namespace CitrixOps.Advisories;

/// <summary>Says for one version and, where there is one, its configuration, what every bulletin of the catalogue means.</summary>
public sealed class PatchLevelAssessment
{
    private readonly AdvisoryCatalogue _catalogue;
    private readonly Recommendation _recommendation;

    /// <summary>Creates an assessment.</summary>
    /// <param name="catalogue">The catalogue.</param>
    public PatchLevelAssessment(AdvisoryCatalogue catalogue)
    {
        _catalogue = catalogue ?? throw new ArgumentNullException(nameof(catalogue));
        _recommendation = new Recommendation(catalogue);
    }

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
        var settings = new SettingCheck(_catalogue, version, configuration);
        foreach (var bulletin in _catalogue.Bulletins)
        {
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
        var recommended = _recommendation.For(version, rows);
        level.RecommendedBuild = recommended?.ToString();
        level.RecommendedBranch = recommended is null ? null : recommended.Branch == version.Branch ? version.Branch : _recommendation.BranchName(version, recommended);
        level.Notes = PatchNotes.Of(level, version, configuration, _catalogue).ToArray();
        level.Checklist = PatchChecklist.Of(level, configuration).ToArray();
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
            : _recommendation.IsForgotten(version.CatalogueBranches)
            || rows.Any(r => r.Verdict is Verdict.Unknown) || rows.All(r => r.Verdict is Verdict.NotListed or Verdict.NotApplicableNewerBranch) ? PatchStatus.Unknown
            : PatchStatus.NothingKnown;
    }

    // past the newest build that any bulletin names, or a branch none names
    private bool IsNewer(GatewayVersion version)
    {
        var newest = _recommendation.Newest(version.CatalogueBranches);
        return newest is not null
            ? version.CompareBuild(newest) > 0
            : GatewayVersion.BranchNumber(version.Branch) > _catalogue.Branches.Max(b => GatewayVersion.BranchNumber(b.Branch));
    }
}
