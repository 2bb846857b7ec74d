using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace CitrixOps.Advisories.Importing;

/// <summary>
/// Puts imported documents beside the shipped catalogue. What the catalogue says about builds stands; where a document says otherwise, that
/// is kept as a conflict. CVEs that the catalogue does not know become bulletins of their own.
/// </summary>
internal sealed class CatalogueMerge
{
    private readonly List<Bulletin> _bulletins;
    private readonly Dictionary<string, (Bulletin Bulletin, Bulletin.BulletinCve Cve)> _byCve;

    public CatalogueMerge(List<Bulletin> bulletins)
    {
        _bulletins = bulletins;
        _byCve = bulletins.SelectMany(b => b.Cves.Select(c => (b, c))).GroupBy(c => c.c.Id, StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.First(), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Merges a document and tells what it did not know, and where it disagrees.</summary>
    public (IReadOnlyList<string> Known, IReadOnlyList<string> Added, IReadOnlyList<string> Conflicts) Add(ImportedAdvisory advisory, string file)
    {
        var (known, added, conflicts) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var entry in advisory.Cves)
        {
            if (_byCve.TryGetValue(entry.Id, out var there))
            {
                known.Add(entry.Id);
                var found = Compare(there.Bulletin, there.Cve, entry, advisory).ToArray();
                conflicts.AddRange(found);
                there.Bulletin.Conflicts.AddRange(found);
                Fill(there.Cve, entry, advisory);
            }
            else
            {
                added.Add(entry.Id);
                AddNew(advisory, entry, file);
            }
        }

        return (known, added, conflicts);
    }

    private static IEnumerable<string> Compare(Bulletin bulletin, Bulletin.BulletinCve cve, ImportedAdvisory.Entry entry, ImportedAdvisory advisory)
    {
        var ours = cve.Fixed ?? bulletin.Fixed;
        var side = bulletin.IsImported ? bulletin.Id : "the catalogue";
        foreach (var (branch, theirs) in entry.Fixed.Select(f => (f.Key, f.Value)))
        {
            if (ours.TryGetValue(branch, out var build) && build is not null && build != theirs)
            {
                yield return $"{cve.Id} {branch}: fixed in {build} says {side}, {theirs} says {advisory.Id}";
            }
            else if (bulletin.NotAffected.Contains(branch))
            {
                yield return $"{cve.Id} {branch}: not affected says {side}, fixed in {theirs} says {advisory.Id}";
            }
        }

        foreach (var (branch, last) in entry.LastAffected.Select(f => (f.Key, f.Value)))
        {
            if (ours.TryGetValue(branch, out var build) && VersionParser.TryParse(build, out var first, out _) && VersionParser.TryParse(last, out var theirs, out _) && theirs!.CompareBuild(first!) >= 0)
            {
                yield return $"{cve.Id} {branch}: fixed in {build} says {side}, affected up to and including {last} says {advisory.Id}";
            }
        }

        if (cve.Kev?.Added is { } since && entry.ExploitedSince is { } other && since.Date != other.Date)
        {
            yield return FormattableString.Invariant($"{cve.Id}: listed as exploited on {since:yyyy-MM-dd} says {side}, on {other:yyyy-MM-dd} says {advisory.Id}");
        }

        foreach (var score in entry.Cvss)
        {
            if (cve.Cvss?.FirstOrDefault(s => s.Version == score.Version) is { } own && Math.Abs(own.Value - score.Value) > 0.05)
            {
                yield return $"{cve.Id}: CVSS {score.Version} of {own.Value.ToString("0.0", CultureInfo.InvariantCulture)} says {side}, {score.Value.ToString("0.0", CultureInfo.InvariantCulture)} says {advisory.Id}";
            }
        }
    }

    // what is missing is taken over; builds never
    private static void Fill(Bulletin.BulletinCve cve, ImportedAdvisory.Entry entry, ImportedAdvisory advisory)
    {
        if (entry.ExploitedSince is { } since)
        {
            cve.Kev ??= new Bulletin.Listing { Added = since, Source = "import: " + advisory.Id };
            cve.Kev.Ransomware = cve.Kev.Ransomware is null or "Unknown" && entry.Ransomware is { Length: > 0 } use ? use : cve.Kev.Ransomware;
        }

        if (entry.Epss is { } score)
        {
            cve.Epss = (score, entry.Percentile, advisory.Date);
        }

        if (cve.Cvss is null || cve.Cvss.Length == 0)
        {
            cve.Cvss = entry.Cvss.ToArray();
        }
    }

    private void AddNew(ImportedAdvisory advisory, ImportedAdvisory.Entry entry, string file)
    {
        var id = advisory.Kind is DocumentKind.Kev or DocumentKind.Epss ? entry.Id : advisory.Id;
        var bulletin = _bulletins.FirstOrDefault(b => b.IsImported && b.Id == id);
        if (bulletin is null)
        {
            bulletin = new Bulletin { Id = id, Title = advisory.Kind == DocumentKind.Kev ? entry.Title : advisory.Title, Published = advisory.Kind == DocumentKind.Kev ? entry.ExploitedSince : advisory.Date?.UtcDateTime.Date, PublishedSource = "import: " + advisory.Id, FixedSource = "import: " + advisory.Id, ImportedFrom = file };
            _bulletins.Add(bulletin);
        }

        var cve = new Bulletin.BulletinCve
        {
            Id = entry.Id,
            Title = entry.Title,
            Fixed = entry.Fixed.ToDictionary(f => f.Key, f => (string?)f.Value, StringComparer.Ordinal),
            LastAffected = entry.LastAffected.Where(f => !entry.Fixed.ContainsKey(f.Key)).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal),
        };
        Fill(cve, entry, advisory);
        bulletin.Cves = bulletin.Cves.Concat(new[] { cve }).ToArray();
        foreach (var branch in entry.Fixed)
        {
            bulletin.Fixed[branch.Key] = branch.Value;
        }

        _byCve[entry.Id] = (bulletin, cve);
    }
}
