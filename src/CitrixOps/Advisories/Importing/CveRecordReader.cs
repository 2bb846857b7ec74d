using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Advisories.Importing;

/// <summary>
/// Reads a CVE record (JSON 5). Known traps: bounds without a branch or of another branch, "0" as start, blanks in names, whole branches,
/// lessThanOrEqual on the fixed build, misspelt vendors.
/// </summary>
internal static class CveRecordReader
{
    private static readonly string[] Metrics = { "cvssV4_0", "cvssV3_1", "cvssV3_0", "cvssV2_0" };

    public static ImportedAdvisory Read(JObject root, string source)
    {
        if (!Field.Required(root, "dataVersion").StartsWith("5.", StringComparison.Ordinal))
        {
            throw DocumentReader.Invalid(source, "its version is not 5");
        }

        var id = Field.Cve(Field.Required(root, "cveMetadata.cveId"));
        var state = Field.Required(root, "cveMetadata.state");
        if (state != "PUBLISHED")
        {
            throw DocumentReader.Invalid(source, $"{id} is {state}");
        }

        var cna = root.SelectToken("containers.cna") as JObject ?? throw new JsonSerializationException("'containers.cna' is missing");
        var result = new ImportedAdvisory { Kind = DocumentKind.CveRecord, Id = id, Title = Field.Text(cna, "title"), Date = Field.Date((string?)cna["datePublic"] ?? (string?)root.SelectToken("cveMetadata.datePublished")) };
        var entry = new ImportedAdvisory.Entry { Id = id, Title = result.Title };
        var statements = new VersionStatements(entry, result.Skipped);
        var concerns = false;
        foreach (var affected in cna["affected"]?.OfType<JObject>() ?? Enumerable.Empty<JObject>())
        {
            var product = Field.Text(affected, "product");
            if (!ProductNames.Concerns(Field.Text(affected, "vendor"), product))
            {
                statements.Skip($"'{product}' is another product");
                continue;
            }

            concerns = true;
            foreach (var version in affected["versions"]?.OfType<JObject>() ?? Enumerable.Empty<JObject>())
            {
                Version(version, statements);
            }
        }

        if (concerns)
        {
            entry.Cvss.AddRange(Scores(cna));
            Exploited(root, entry);
            result.Cves.Add(entry);
        }

        return result;
    }

    internal static IEnumerable<Bulletin.Score> Scores(JObject container) =>
        from metric in container["metrics"]?.OfType<JObject>() ?? Enumerable.Empty<JObject>()
        from name in Metrics
        where metric[name] is JObject
        let score = Field.Number(metric[name]!["baseScore"], 0, 10)
        where score is not null
        select new Bulletin.Score { Version = name.Substring(5).Replace('_', '.'), Value = score.Value, Source = "import" };

    private static void Version(JObject version, VersionStatements statements)
    {
        var start = Field.Text(version, "version").Trim();
        var status = Field.Text(version, "status");
        var below = Field.Text(version, "lessThan");
        var through = Field.Text(version, "lessThanOrEqual");
        if (status == "affected" && below.Length > 0 && below != "*")
        {
            statements.Fixed(start, below);
        }
        else if (status == "affected" && through.Length > 0 && through != "*")
        {
            statements.LastAffected(start, through);
        }
        else if (status == "unaffected" && below.Length == 0 && through.Length == 0 && VersionParser.TryParse(start, out _, out _))
        {
            statements.Fixed(null, start);
        }
        else
        {
            statements.Skip($"'{start}' {status} states no bound: a whole branch says nothing about a build");
        }
    }

    // CISA's container says since when it is listed as exploited
    private static void Exploited(JObject root, ImportedAdvisory.Entry entry)
    {
        foreach (var metric in root.SelectToken("containers.adp")?.OfType<JObject>().SelectMany(a => a["metrics"]?.OfType<JObject>() ?? Enumerable.Empty<JObject>()) ?? Enumerable.Empty<JObject>())
        {
            if ((string?)metric.SelectToken("other.type") == "kev" && Field.Date((string?)metric.SelectToken("other.content.dateAdded")) is { } added)
            {
                entry.ExploitedSince = added.UtcDateTime.Date;
            }
        }
    }
}
