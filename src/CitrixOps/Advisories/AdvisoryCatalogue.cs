using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CitrixOps.Advisories.Importing;
using CitrixOps.Errors;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Advisories;

/// <summary>Every bulletin the data folder holds, with conditions and branches.</summary>
public sealed class AdvisoryCatalogue
{
    private static readonly JsonSerializerSettings Settings = new() { DateTimeZoneHandling = DateTimeZoneHandling.Utc, MaxDepth = 32, NullValueHandling = NullValueHandling.Ignore };

    private readonly List<Bulletin> _bulletins;

    private AdvisoryCatalogue(DateTimeOffset date, List<Bulletin> bulletins, List<BranchInfo> branches, Dictionary<string, JToken> conditions, Dictionary<string, DateTimeOffset> exploited)
    {
        Date = date;
        _bulletins = bulletins;
        Branches = branches;
        Conditions = conditions;
        ExploitedSince = exploited;
    }

    /// <summary>Up to which day the catalogue knows. What came after is unknown, not quiet.</summary>
    public DateTimeOffset Date { get; }

    internal IReadOnlyList<Bulletin> Bulletins => _bulletins;

    /// <summary>The sources of the catalogue's facts, by the keys that facts name.</summary>
    internal IReadOnlyDictionary<string, string> Sources { get; private set; } = new Dictionary<string, string>();

    internal IReadOnlyList<BranchInfo> Branches { get; }

    internal IReadOnlyDictionary<string, JToken> Conditions { get; }

    /// <summary>What a named condition does not see, by its name.</summary>
    internal IReadOnlyDictionary<string, string> ConditionLimits { get; private set; } = new Dictionary<string, string>();

    private Dictionary<string, DateTimeOffset> ExploitedSince { get; }

    /// <summary>Loads a catalogue. A bulletin that cannot be read is reported and left out.</summary>
    /// <param name="folder">The folder with one JSON file per bulletin, and <c>_catalogue</c>, <c>_branches</c>, <c>_conditions</c>.</param>
    /// <param name="problems">Where broken files are reported.</param>
    /// <returns>The catalogue.</returns>
    /// <exception cref="CitrixOpsException">The catalogue itself is missing or broken (<c>CatalogueBroken</c>).</exception>
    public static AdvisoryCatalogue Load(string folder, IProblemSink problems) => Load(folder, problems, null);

    /// <summary>Loads a catalogue with imported documents beside it.</summary>
    /// <param name="folder">The folder of the catalogue.</param>
    /// <param name="problems">Where broken files are reported.</param>
    /// <param name="additions">Where imported documents are kept, or null for none. They never change what the catalogue says about builds.</param>
    /// <returns>The catalogue.</returns>
    /// <exception cref="CitrixOpsException">The catalogue itself is missing or broken (<c>CatalogueBroken</c>).</exception>
    public static AdvisoryCatalogue Load(string folder, IProblemSink problems, AdvisoryFolder? additions)
    {
        try
        {
            var about = Read<JObject>(Path.Combine(folder, "_catalogue.json"));
            var branches = Read<JObject>(Path.Combine(folder, "_branches.json"))["branches"]!.ToObject<List<BranchInfo>>(JsonSerializer.Create(Settings))!;
            var named = ((JObject)Read<JObject>(Path.Combine(folder, "_conditions.json"))["conditions"]!).Properties().ToList();
            var conditions = named.ToDictionary(p => p.Name, p => p.Value["test"]!, StringComparer.Ordinal);
            var exploited = about["exploitedSince"]!.ToDictionary(e => (string)e["cve"]!, e => Day((DateTime)e["date"]!), StringComparer.OrdinalIgnoreCase);
            var bulletins = Directory.EnumerateFiles(folder, "*.json").Where(f => Path.GetFileName(f)[0] != '_').OrderBy(f => f, StringComparer.Ordinal)
                .Select(f => TryRead(f, problems)).OfType<Bulletin>().OrderBy(b => b.Published ?? b.CvePublished).ThenBy(b => b.Id, StringComparer.Ordinal).ToList();
            var sources = (about["provenance"] as JObject)?.Properties().ToDictionary(p => p.Name, p => (string?)p.Value ?? "", StringComparer.Ordinal) ?? new Dictionary<string, string>();
            var catalogue = new AdvisoryCatalogue(Day((DateTime)about["catalogueDate"]!), bulletins, branches, conditions, exploited)
            {
                Sources = sources,
                ConditionLimits = named.Where(p => (string?)p.Value["limits"] is not null).ToDictionary(p => p.Name, p => (string)p.Value["limits"]!, StringComparer.Ordinal),
            };
            if (additions is not null)
            {
                var merge = catalogue.Merge();
                foreach (var (file, advisory) in additions.Read(problems))
                {
                    merge.Add(advisory, file);
                }
            }

            return catalogue;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or NullReferenceException or InvalidCastException or ArgumentException or FormatException)
        {
            throw new CitrixOpsException(new Problem("CatalogueBroken", ErrorKind.InvalidData, $"The catalogue of bulletins could not be read: {e.Message}", folder, "Install the module again."), e);
        }
    }

    /// <summary>The first day on which a CVE is known to have been used, or listed as used.</summary>
    /// <param name="cve">The CVE.</param>
    /// <returns>The day, UTC, or null when no use is known.</returns>
    public DateTimeOffset? EarliestKnownExploitation(string cve) => ExploitedSince.TryGetValue(cve, out var since)
        ? since
        : Bulletins.SelectMany(b => b.Cves).Where(c => string.Equals(c.Id, cve, StringComparison.OrdinalIgnoreCase)).Select(c => c.Kev?.Added).OfType<DateTime>().Select(d => (DateTimeOffset?)Day(d)).FirstOrDefault();

    /// <summary>The catalogue's entries, one per bulletin.</summary>
    public IReadOnlyList<Advisory> Advisories => Bulletins.Select(b => Advisory.From(b, this)).ToArray();

    internal bool Knows(string cve) => Bulletins.Any(b => b.Cves.Any(c => string.Equals(c.Id, cve, StringComparison.OrdinalIgnoreCase)));

    internal CatalogueMerge Merge() => new(_bulletins);

    internal static DateTimeOffset Day(DateTime date) => new(date.Date, TimeSpan.Zero);

    private static Bulletin? TryRead(string file, IProblemSink problems)
    {
        try
        {
            return Read<Bulletin>(file);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            problems.Report(new Problem("BulletinBroken", ErrorKind.InvalidData, $"'{Path.GetFileName(file)}' is no bulletin: {e.Message}", file, "Compare it with _template.json; the other bulletins are used."));
            return null;
        }
    }

    private static T Read<T>(string file) => JsonConvert.DeserializeObject<T>(File.ReadAllText(file), Settings) ?? throw new JsonSerializationException("the file is empty");
}
