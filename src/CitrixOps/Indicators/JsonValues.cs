using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Indicators;

/// <summary>What indicators in JSON have in common.</summary>
internal static class JsonValues
{
    /// <summary>Fills in what every indicator says about itself.</summary>
    /// <param name="indicator">The indicator.</param>
    /// <param name="o">Its entry.</param>
    /// <param name="campaigns">The campaigns of the file it stands in.</param>
    /// <exception cref="FormatException">A value is none of those that are possible.</exception>
    public static void Describe(Indicator indicator, JObject o, IReadOnlyList<string> campaigns)
    {
        indicator.Id = (string)o["id"]!;
        indicator.Title = (string)o["title"]!;
        indicator.Description = (string?)o["description"] ?? "";
        indicator.Cve = Texts(o["cve"]);
        indicator.Phase = Choice<Phase>(o, "phase");
        indicator.Severity = Choice<Severity>(o, "severity");
        indicator.Grade = Choice<Grade>(o, "grade");
        indicator.Outcome = Choice<Outcome>(o, "outcome");
        indicator.Independence = (string?)o["independence"] ?? indicator.Id;
        indicator.FalsePositives = Texts(o["falsePositives"]);
        indicator.References = Texts(o["references"]);
        indicator.Campaigns = o["campaign"] is { } own ? Texts(own) : campaigns;
        indicator.ValidFrom = Day(o, "validFrom");
        indicator.ValidTo = Day(o, "validTo");
    }

    /// <summary>A text that may be given in parts.</summary>
    public static string Joined(JToken token) => token is JArray parts ? string.Concat(parts.Select(p => (string)p!)) : (string)token!;

    /// <summary>The texts of a list, or the one text.</summary>
    public static string[] Texts(JToken? token) => token is JValue { Value: not null } one ? new[] { (string)one! } : token?.Select(t => (string)t!).ToArray() ?? Array.Empty<string>();

    private static DateTimeOffset? Day(JObject o, string key) => (string?)o[key] is not { } text ? null
        : DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day) ? day
        : throw new FormatException($"{o["id"]}: '{text}' is no day (2026-09-04)");

    private static T Choice<T>(JObject o, string key)
        where T : struct, Enum => Enum.TryParse<T>((string?)o[key], ignoreCase: true, out var value)
        ? value
        : throw new FormatException(string.Format(CultureInfo.InvariantCulture, "{0}: '{1}' is no {2}", o["id"], o[key], key));
}
