using System;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Advisories.Importing;

/// <summary>Reads CISA's catalogue of known exploited vulnerabilities. Unknown keys are ignored; CVEs are joined by their identifier, never by product.</summary>
internal static class KevReader
{
    private const int MostEntries = 200_000;

    public static ImportedAdvisory Read(JObject root, string source, Func<string, bool> isKnown)
    {
        var list = (JArray)root["vulnerabilities"]!;
        if (list.Count > MostEntries || (root["count"] is JValue { Type: JTokenType.Integer } count && (long)count != list.Count))
        {
            throw DocumentReader.Invalid(source, "its count does not fit its entries: it is not whole");
        }

        var result = new ImportedAdvisory { Kind = DocumentKind.Kev, Id = "kev " + Field.Required(root, "catalogVersion"), Title = Field.Text(root, "title"), Date = Field.Date(Field.Required(root, "dateReleased")) };
        foreach (var item in list)
        {
            var id = Field.Cve(Field.Required(item, "cveID"));
            var added = Field.Date(Field.Required(item, "dateAdded")) ?? throw new JsonSerializationException($"{id}: 'dateAdded' is no date");
            if (!isKnown(id) && !ProductNames.Concerns(Field.Text(item, "vendorProject"), Field.Text(item, "product")))
            {
                continue;
            }

            result.Cves.Add(new ImportedAdvisory.Entry { Id = id, Title = Field.Text(item, "vulnerabilityName"), ExploitedSince = added.UtcDateTime.Date, Ransomware = Field.Text(item, "knownRansomwareCampaignUse") });
        }

        return result;
    }
}
