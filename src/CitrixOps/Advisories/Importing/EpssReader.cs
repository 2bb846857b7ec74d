using System;
using System.IO;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Advisories.Importing;

/// <summary>Reads EPSS scores: the daily CSV (<c>#model_version:…,score_date:…</c>, then <c>cve,epss,percentile</c>) or an answer of the API.</summary>
internal static class EpssReader
{
    /// <summary>The scores of a CSV; null where the text is none.</summary>
    public static ImportedAdvisory? Csv(string text, Func<string, bool> isKnown)
    {
        using var reader = new StringReader(text);
        DateTimeOffset? date = null;
        var line = reader.ReadLine();
        if (line?.StartsWith("#", StringComparison.Ordinal) == true)
        {
            var at = line.IndexOf("score_date:", StringComparison.Ordinal);
            date = at < 0 ? null : Field.Date(line.Substring(at + 11).Split(',')[0]);
            line = reader.ReadLine();
        }

        if (line?.Trim() is not ("cve,epss,percentile" or "cve,epss"))
        {
            return null;
        }

        var result = New(date);
        while ((line = reader.ReadLine()) is not null)
        {
            var parts = line.Split(',');
            if (line.Length > 0)
            {
                Add(result, parts[0], parts.Length > 1 ? new JValue(parts[1]) : null, parts.Length > 2 ? new JValue(parts[2]) : null, isKnown);
            }
        }

        return result;
    }

    /// <summary>The scores of an answer of the API.</summary>
    public static ImportedAdvisory Api(JArray data, Func<string, bool> isKnown)
    {
        var result = New(data.OfType<JObject>().Select(d => Field.Date(Field.Text(d, "date"))).Where(d => d is not null).Max());
        foreach (var item in data)
        {
            Add(result, Field.Required(item, "cve"), item["epss"], item["percentile"], isKnown);
        }

        return result;
    }

    private static ImportedAdvisory New(DateTimeOffset? date) => new() { Kind = DocumentKind.Epss, Id = FormattableString.Invariant($"epss {date:yyyy-MM-dd}").Trim(), Title = "EPSS scores", Date = date };

    private static void Add(ImportedAdvisory result, string cve, JToken? score, JToken? percentile, Func<string, bool> isKnown)
    {
        var id = Field.Cve(cve);
        if (isKnown(id))
        {
            result.Cves.Add(new ImportedAdvisory.Entry { Id = id, Epss = Field.Number(score, 0, 1) ?? throw new JsonSerializationException($"{id} has no score"), Percentile = Field.Number(percentile, 0, 1) });
        }
    }
}
