using System.Collections.Generic;
using System.Linq;
using CitrixOps.Appliances.Configuration;

namespace CitrixOps.Advisories;

/// <summary>Remarks on an assessment: what about the version or the configuration is not certain.</summary>
internal static class PatchNotes
{
    public static IEnumerable<string> Of(PatchLevel level, GatewayVersion version, NsConfiguration? configuration, AdvisoryCatalogue catalogue)
    {
        if (version.Edition == GatewayEdition.FipsOrNdcpp)
        {
            yield return "The build number is used by the FIPS and the NDcPP edition; both were looked up and the worse is shown.";
        }

        if (version.Edition == GatewayEdition.Unknown)
        {
            yield return $"{version.Branch} and {version.Branch}-FIPS use the same build numbers; both were looked up and the worse is shown. Give -Edition where it matters.";
        }

        if (version.IsSpecial)
        {
            yield return "A special build: no bulletin names it, and within its train its number does not tell what it holds.";
        }

        if (level.Status == PatchStatus.NewerThanCatalogue)
        {
            yield return FormattableText($"Newer than every build the catalogue knows, which ends on {catalogue.Date:yyyy-MM-dd}: what is open in it is not known here.");
        }

        if (level.Vulnerabilities.Where(v => v.Verdict == Verdict.NotListed).Select(v => v.Bulletin).Distinct().ToArray() is { Length: > 0 } unlisted)
        {
            yield return $"{unlisted.Length} bulletins do not mention {string.Join(" or ", version.CatalogueBranches)}, the last of them {catalogue.Bulletins.Last(b => System.Array.IndexOf(unlisted, b.Id) >= 0).Id}: not mentioned is not the same as not affected.";
        }

        if (level.EndOfMaintenance <= catalogue.Date && !(level.EndOfLife <= catalogue.Date))
        {
            yield return FormattableText($"{version.Branch} is past its end of maintenance ({level.EndOfMaintenance:yyyy-MM-dd}): plan the move to another branch.");
        }

        if (configuration?.MissingPartitions is { Count: > 0 } missing)
        {
            yield return "The configuration names partitions whose own files were not given (" + Investigation.SafeText.FromText(string.Join(", ", missing), 120) + "): conditions that were not met elsewhere are unknown.";
        }

        if (catalogue.Bulletins.Count(b => b.IsImported) is > 0 and var imported)
        {
            yield return FormattableText($"{imported} imported advisories were taken into account besides the catalogue.");
        }
    }

    private static string FormattableText(System.FormattableString text) => System.FormattableString.Invariant(text);
}
