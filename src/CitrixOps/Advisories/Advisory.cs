using System;
using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.Advisories;

/// <summary>A bulletin for people: what it says, and from which sources the catalogue knows it.</summary>
public sealed class Advisory
{
    /// <summary>The bulletin.</summary>
    public string Id { get; set; } = "";

    /// <summary>Its title.</summary>
    public string Title { get; set; } = "";

    /// <summary>The day it was published, or null where no source tells.</summary>
    public DateTimeOffset? Published { get; set; }

    /// <summary>The CVEs.</summary>
    public IReadOnlyList<string> Cve { get; set; } = Array.Empty<string>();

    /// <summary>The first fixed builds, one per branch; a branch whose build no source gives says so.</summary>
    public IReadOnlyList<string> FixedBuilds { get; set; } = Array.Empty<string>();

    /// <summary>The branches of those builds, in the same order.</summary>
    public IReadOnlyList<string> FixedBranches { get; set; } = Array.Empty<string>();

    /// <summary>Every branch the bulletin says something about: fixed, vulnerable without a fix, out of support, not affected.</summary>
    public IReadOnlyList<string> Branches { get; set; } = Array.Empty<string>();

    /// <summary>The CVEs that CISA lists as exploited.</summary>
    public IReadOnlyList<string> KnownExploited { get; set; } = Array.Empty<string>();

    /// <summary>The first day one of them was listed, or null.</summary>
    public DateTimeOffset? KnownExploitedSince { get; set; }

    /// <summary>What can be done instead of or before the update.</summary>
    public IReadOnlyList<string> Mitigations { get; set; } = Array.Empty<string>();

    /// <summary>What to do after the update.</summary>
    public IReadOnlyList<string> PostPatchStep { get; set; } = Array.Empty<string>();

    /// <summary>Remarks on the data.</summary>
    public IReadOnlyList<string> Notes { get; set; } = Array.Empty<string>();

    /// <summary>Where each kind of fact is from: a key of the catalogue's list of sources.</summary>
    public IReadOnlyList<string> Provenance { get; set; } = Array.Empty<string>();

    /// <summary>What those keys stand for.</summary>
    public IReadOnlyList<string> Sources { get; set; } = Array.Empty<string>();

    /// <summary>Where imported documents say otherwise. The catalogue stands.</summary>
    public IReadOnlyList<string> Conflicts { get; set; } = Array.Empty<string>();

    /// <summary>The file it was imported to, or null for the shipped catalogue.</summary>
    public string? ImportedFrom { get; set; }

    /// <summary>Up to which day the shipped catalogue knows.</summary>
    public DateTimeOffset CatalogueDate { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"{Id}: {Title}";

    internal static Advisory From(Bulletin bulletin, AdvisoryCatalogue catalogue)
    {
        var provenance = ProvenanceOf(bulletin).ToArray();
        var exploited = bulletin.Cves.Where(c => c.Kev is not null).ToArray();
        return new Advisory
        {
            Id = bulletin.Id,
            Title = bulletin.Title,
            Published = bulletin.Published is { } day ? AdvisoryCatalogue.Day(day) : null,
            Cve = bulletin.Cves.Select(c => c.Id).ToArray(),
            FixedBuilds = bulletin.Fixed.Select(f => f.Value ?? f.Key + " (no source gives the build)").ToArray(),
            FixedBranches = bulletin.Fixed.Keys.ToArray(),
            Branches = bulletin.Fixed.Keys.Concat(bulletin.AffectedNoFix).Concat(bulletin.EolNamed).Concat(bulletin.EolAssumed).Concat(bulletin.NotAffected).Distinct().OrderBy(b => b, StringComparer.Ordinal).ToArray(),
            KnownExploited = exploited.Select(c => c.Id).ToArray(),
            KnownExploitedSince = exploited.Select(c => c.Kev!.Added).OfType<DateTime>().OrderBy(d => d).Select(d => (DateTimeOffset?)AdvisoryCatalogue.Day(d)).FirstOrDefault(),
            Mitigations = bulletin.Mitigations.Select(m => m.Text).ToArray(),
            PostPatchStep = bulletin.PostPatch.Select(m => m.Text).ToArray(),
            Notes = bulletin.Notes,
            Provenance = provenance,
            Sources = catalogue.Sources.Where(k => provenance.Any(p => Names(p, k.Key))).Select(k => k.Key + ": " + k.Value).ToArray(),
            Conflicts = bulletin.Conflicts.ToArray(),
            ImportedFrom = bulletin.ImportedFrom,
            CatalogueDate = catalogue.Date,
        };
    }

    private static IEnumerable<string> ProvenanceOf(Bulletin bulletin)
    {
        yield return "published: " + (bulletin.PublishedSource ?? "unknown");
        yield return "builds: " + (bulletin.FixedSource ?? "unknown");
        foreach (var cve in bulletin.Cves)
        {
            if (cve.Kev is not null)
            {
                yield return $"{cve.Id} exploited: {cve.Kev.Source ?? "kev"}";
            }

            foreach (var score in cve.Cvss ?? Array.Empty<Bulletin.Score>())
            {
                yield return $"{cve.Id} CVSS {score.Version}: {score.Source ?? "unknown"}";
            }

            if (cve.ConditionSource is not null)
            {
                yield return $"{cve.Id} condition: {cve.ConditionSource}";
            }

            if (cve.Setting?.Source is not null)
            {
                yield return $"{cve.Id} setting: {cve.Setting.Source}";
            }
        }

        foreach (var remark in bulletin.PostPatch.Where(r => r.Source is not null))
        {
            yield return "after the update: " + remark.Source;
        }
    }

    // "kev" is named by "kev-adp (added); kev", not by "kev-adp"
    private static bool Names(string text, string key)
    {
        for (var at = text.IndexOf(key, StringComparison.Ordinal); at >= 0; at = text.IndexOf(key, at + 1, StringComparison.Ordinal))
        {
            bool Word(int i) => i >= 0 && i < text.Length && (char.IsLetterOrDigit(text[i]) || text[i] == '-');
            if (!Word(at - 1) && !Word(at + key.Length))
            {
                return true;
            }
        }

        return false;
    }
}
