using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Advisories.Importing;

/// <summary>Reads a CSAF 2.0 document: products from the tree, versions and <c>vers:</c> ranges, status per product. <c>vers:unknown/*</c> is no range.</summary>
internal static class CsafReader
{
    private const int MostProducts = 100_000;

    public static ImportedAdvisory Read(JObject root, string version, string source)
    {
        if (version != "2.0")
        {
            throw DocumentReader.Invalid(source, $"its CSAF version is {version}, not 2.0");
        }

        var tracking = root.SelectToken("document.tracking") as JObject ?? throw new JsonSerializationException("'document.tracking' is missing");
        if (Field.Required(tracking, "status") is var status && status is not ("final" or "interim" or "draft"))
        {
            throw DocumentReader.Invalid(source, $"its status is '{status}'");
        }

        var result = new ImportedAdvisory
        {
            Kind = DocumentKind.Csaf,
            Id = Field.Required(tracking, "id"),
            Title = Field.Required(root, "document.title"),
            Date = Field.Date(Field.Required(tracking, "current_release_date")),
        };
        Field.Required(root, "document.publisher.name");
        var products = new Dictionary<string, (string? Version, bool IsRange)>(StringComparer.Ordinal);
        Collect(root.SelectToken("product_tree.branches") as JArray, "", "", null, false, products);
        foreach (var product in (root.SelectToken("product_tree.full_product_names") as JArray ?? new JArray()).OfType<JObject>().Where(p => ProductNames.Concerns("", Field.Text(p, "name"))))
        {
            products[Field.Required(product, "product_id")] = (Field.Text(product, "name"), false);
        }

        foreach (var vulnerability in (root["vulnerabilities"] as JArray ?? new JArray()).OfType<JObject>())
        {
            Vulnerability(vulnerability, products, result);
        }

        return result;
    }

    private static void Collect(JArray? branches, string vendor, string product, string? version, bool isRange, Dictionary<string, (string? Version, bool IsRange)> products)
    {
        foreach (var branch in branches?.OfType<JObject>() ?? Enumerable.Empty<JObject>())
        {
            var (category, name) = (Field.Text(branch, "category"), Field.Text(branch, "name"));
            var (v, p, n, r) = (vendor, product, version, isRange);
            switch (category)
            {
                case "vendor":
                    v = name;
                    break;
                case "product_name" or "product_family":
                    p = (product + " " + name).Trim();
                    break;
                case "product_version" or "product_version_range" or "patch_level" or "service_pack":
                    n = n is null ? name : n + " " + name;
                    r = category == "product_version_range";
                    break;
            }

            if (branch["product"] is JObject leaf && products.Count < MostProducts && ProductNames.Concerns(v, p))
            {
                products[Field.Required(leaf, "product_id")] = (n, r);
            }

            Collect(branch["branches"] as JArray, v, p, n, r, products);
        }
    }

    private static void Vulnerability(JObject vulnerability, Dictionary<string, (string? Version, bool IsRange)> products, ImportedAdvisory result)
    {
        if (Field.Text(vulnerability, "cve").Length == 0)
        {
            VersionStatements.Note(result.Skipped, $"'{Field.Text(vulnerability, "title")}' has no CVE");
            return;
        }

        var entry = new ImportedAdvisory.Entry { Id = Field.Cve(Field.Text(vulnerability, "cve")), Title = Field.Text(vulnerability, "title") is { Length: > 0 } title ? title : result.Title };
        var statements = new VersionStatements(entry, result.Skipped);
        var concerns = false;
        foreach (var (status, id) in (vulnerability["product_status"] as JObject)?.Properties().SelectMany(s => s.Value.Values<string>().Select(i => (s.Name, i))) ?? Enumerable.Empty<(string, string?)>())
        {
            if (id is null || !products.TryGetValue(id, out var product))
            {
                continue;
            }

            concerns = true;
            Statement(status, product.Version, product.IsRange, statements);
        }

        if (!concerns)
        {
            statements.Skip("concerns other products");
            return;
        }

        foreach (var score in (vulnerability["scores"] as JArray ?? new JArray()).OfType<JObject>())
        {
            foreach (var name in new[] { "cvss_v3", "cvss_v2" })
            {
                if (score[name] is JObject cvss && Field.Number(cvss["baseScore"], 0, 10) is { } value)
                {
                    entry.Cvss.Add(new Bulletin.Score { Version = Field.Text(cvss, "version"), Value = value, Source = "import" });
                }
            }
        }

        result.Cves.Add(entry);
    }

    private static void Statement(string status, string? version, bool isRange, VersionStatements statements)
    {
        var range = VersRange.Read(version ?? "");
        switch (status)
        {
            case "first_fixed" or "fixed" or "recommended" when !isRange && VersionParser.TryParse(version, out _, out _):
                if (status != "recommended")
                {
                    statements.Fixed(null, version);
                }

                break;
            case "known_affected" or "last_affected" or "first_affected" when range is not null:
                foreach (var (comparator, bound) in range)
                {
                    if (comparator == "<")
                    {
                        statements.Fixed(null, bound);
                    }
                    else if (comparator == "<=")
                    {
                        statements.LastAffected(null, bound);
                    }
                }

                break;
            case "last_affected" when VersionParser.TryParse(version, out _, out _):
                statements.LastAffected(null, version);
                break;
            case "known_affected" or "last_affected" or "first_affected" or "fixed" or "first_fixed":
                statements.Skip($"{status} '{version}' states no range: it says nothing about a build");
                break;
        }
    }
}
