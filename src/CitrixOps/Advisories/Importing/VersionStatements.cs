using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.Advisories.Importing;

/// <summary>
/// Collects what a document says about builds. A bound counts for its own branch only: a record that starts at "0" and ends at 14.1-73.37
/// says nothing about 13.1.
/// </summary>
internal sealed class VersionStatements
{
    private readonly ImportedAdvisory.Entry _entry;
    private readonly List<string> _skipped;

    public VersionStatements(ImportedAdvisory.Entry entry, List<string> skipped)
    {
        _entry = entry;
        _skipped = skipped;
    }

    /// <summary>A first fixed build, or the bound below which builds are affected.</summary>
    public void Fixed(string? branch, string? build) => Add(branch, build, _entry.Fixed, "fixed");

    /// <summary>The last build that is affected.</summary>
    public void LastAffected(string? branch, string? build) => Add(branch, build, _entry.LastAffected, "last affected");

    /// <summary>What cannot be used.</summary>
    public void Skip(string text) => Note(_skipped, $"{_entry.Id}: {text}");

    internal static void Note(List<string> skipped, string text)
    {
        var safe = Investigation.SafeText.FromText(text, 200);
        if (skipped.Count < 200 && !skipped.Contains(safe))
        {
            skipped.Add(safe);
        }
    }

    private void Add(string? branch, string? build, SortedDictionary<string, string> into, string role)
    {
        if (!VersionParser.TryParse(build, out var version, out _) && !VersionParser.TryParse(branch + " " + build, out version, out _))
        {
            Skip($"'{(branch + " " + build).Trim()}' is no build");
            return;
        }

        // the words of the branch tell the edition where the bound does not
        var named = GatewayEdition.Unknown;
        if (VersionParser.TryParse($"{version!.Branch}-{version.Build} {branch} {build}", out var worded, out _))
        {
            named = worded!.Edition;
        }

        var names = new GatewayVersion(version.Branch, version.Train, version.Number, named).CatalogueBranches;
        foreach (var name in named == GatewayEdition.Unknown ? names.Take(1) : names)
        {
            var text = version.ToString();
            if (into.TryGetValue(name, out var other) && other != text)
            {
                Skip($"two {role} builds for {name}: {other} and {text}; the higher counts");
                text = VersionParser.TryParse(other, out var first, out _) && first!.CompareBuild(version) > 0 ? other : text;
            }

            into[name] = text;
        }
    }
}
