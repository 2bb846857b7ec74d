using System;
using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.Advisories;

/// <summary>What a bulletin says about a build, for one CVE and each edition the build may have.</summary>
internal static class BuildVerdict
{
    /// <summary>The verdict, its reason and the fixed build.</summary>
    public static (Verdict Verdict, string Reason, string? Fixed) Of(GatewayVersion version, Bulletin bulletin, Bulletin.BulletinCve? cve, AdvisoryCatalogue catalogue)
    {
        var answers = version.CatalogueBranches.Select(b => (Branch: b, Answer: ForBranch(version, b, bulletin, cve, catalogue))).ToList();
        var listed = answers.Where(a => a.Answer.Verdict is not (Verdict.NotListed or Verdict.NotApplicableNewerBranch)).ToList();
        var worst = (listed.Count > 0 ? listed : answers).OrderBy(a => a.Answer.Verdict).First();
        var answer = worst.Answer;
        if (listed.Select(a => a.Answer.Verdict).Distinct().Count() > 1)
        {
            answer.Reason += $" (the edition is not certain; read as {worst.Branch}, the worse)";
        }

        return answer;
    }

    private static (Verdict Verdict, string Reason, string? Fixed) ForBranch(GatewayVersion version, string branch, Bulletin bulletin, Bulletin.BulletinCve? cve, AdvisoryCatalogue catalogue)
    {
        if (bulletin.NotAffected.Contains(branch))
        {
            return (Verdict.NotAffected, $"{bulletin.Id} says that {branch} is not affected", null);
        }

        if (cve?.LastAffected is { } through && through.TryGetValue(branch, out var last) && VersionParser.TryParse(last, out var bound, out _))
        {
            return version.CompareBuild(bound!) <= 0
                ? (Verdict.Affected, $"{bulletin.Id} calls builds up to and including {last} affected and names no fixed one: some records name the fixed build by mistake, look at the vendor's bulletin", null)
                : (Verdict.Fixed, $"above {last}, the last build that {bulletin.Id} calls affected", null);
        }

        var builds = cve?.Fixed ?? bulletin.Fixed;
        if (cve?.AffectedExact is { Length: > 0 } exact)
        {
            var fix = builds.TryGetValue(branch, out var f) ? f : null;
            return exact.Any(e => VersionParser.TryParse(e, out var build, out _) && build!.CompareBuild(version) == 0)
                ? (Verdict.Affected, $"this exact build is affected; fixed in {fix ?? "a later build"}", fix)
                : (Verdict.NotAffected, $"only {string.Join(", ", exact)} is affected", null);
        }

        if (builds.TryGetValue(branch, out var first))
        {
            return Listed(version, branch, bulletin, first, catalogue);
        }

        if (bulletin.EolNamed.Contains(branch) || bulletin.AffectedNoFix.Contains(branch))
        {
            return (Verdict.AffectedNoFixInBranch, $"{bulletin.Id} names {branch} as vulnerable and gives no fix in it", null);
        }

        if (bulletin.EolAssumed.Contains(branch))
        {
            return (Verdict.EolAssumeAffected, $"{branch} was out of support and not assessed by {bulletin.Id}", null);
        }

        if (bulletin.Unlisted.Contains(branch))
        {
            return (Verdict.NotListed, $"{bulletin.Id} does not mention {branch}", null);
        }

        if (bulletin.IsImported)
        {
            // where the number does not tell the edition, what it says about the ordinary one counts
            return (version.Edition == GatewayEdition.Unknown && branch != version.Branch ? Verdict.NotListed : Verdict.Unknown, $"{bulletin.Id} was imported and gives no build for {branch}", null);
        }

        return IsNewer(branch, bulletin, catalogue.Branches)
            ? (Verdict.NotApplicableNewerBranch, $"{branch} was first shipped after {bulletin.Id}", null)
            : (Verdict.NotListed, $"{bulletin.Id} does not mention {branch}", null);
    }

    private static (Verdict Verdict, string Reason, string? Fixed) Listed(GatewayVersion version, string branch, Bulletin bulletin, string? first, AdvisoryCatalogue catalogue)
    {
        if (first is null || !VersionParser.TryParse(first, out var build, out _))
        {
            return WithoutBuild(version, branch, bulletin, catalogue);
        }

        if (version.IsSpecial && version.Train == build!.Train && version.Number > build.Number)
        {
            return (Verdict.Unknown, $"a special build of the train of {first}: its number does not tell whether it holds the fix", first);
        }

        if (version.CompareBuild(build!) >= 0)
        {
            return (Verdict.Fixed, $"fixed since {first}", first);
        }

        var also = bulletin.AlsoFixed.TryGetValue(branch, out var others) && others.Any(o => VersionParser.TryParse(o, out var other, out _) && other!.CompareBuild(version) == 0);
        return also ? (Verdict.Fixed, $"this build is listed as fixed besides {first}", first) : (Verdict.Affected, $"below {first}, the first fixed build of {branch}", first);
    }

    // builds are cumulative: one that holds the fixes of a later bulletin holds those of an earlier one
    private static (Verdict Verdict, string Reason, string? Fixed) WithoutBuild(GatewayVersion version, string branch, Bulletin bulletin, AdvisoryCatalogue catalogue)
    {
        var later = catalogue.Bulletins.Where(b => !b.IsImported && b.Day > bulletin.Day && b.Fixed.TryGetValue(branch, out var text) && VersionParser.TryParse(text, out var build, out _) && version.CompareBuild(build!) >= 0)
            .OrderBy(b => b.Day).FirstOrDefault();
        return later is null || version.IsSpecial
            ? (Verdict.Unknown, $"no source gives the fixed build of {bulletin.Id} for {branch}", null)
            : (Verdict.Fixed, $"no source gives the fixed build of {bulletin.Id} for {branch}; inferred, because {later.Fixed[branch]} and later hold the fixes of the later {later.Id}", null);
    }

    // a validated edition without a date of its own goes by its sister's, then by its branch's
    private static bool IsNewer(string branch, Bulletin bulletin, IReadOnlyList<BranchInfo> branches)
    {
        DateTime? Seen(string name) => branches.FirstOrDefault(b => b.Branch == name)?.FirstSeen;
        var seen = Seen(branch) ?? Seen(branch.Replace("-NDcPP", "-FIPS")) ?? Seen(branch.Split('-')[0]);
        return bulletin.Day is { } day && seen is { } from && from > day;
    }
}
