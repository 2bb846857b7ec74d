using System;
using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Advisories.Importing;

/// <summary>Reads single values of documents by others, and refuses what they must not be.</summary>
internal static class Field
{
    /// <summary>A text that must be there.</summary>
    public static string Required(JToken parent, string path) => parent.SelectToken(path) is JValue { Type: JTokenType.String } value && ((string)value!).Trim().Length > 0
        ? Investigation.SafeText.FromText(((string)value!).Trim(), 300)
        : throw new JsonSerializationException($"'{path}' is missing or no text");

    /// <summary>A text, or empty.</summary>
    public static string Text(JToken? parent, string name) => parent is JObject o && o[name] is JValue { Type: JTokenType.String } value ? Investigation.SafeText.FromText((string)value!, 300) : "";

    /// <summary>The identifier of a CVE.</summary>
    public static string Cve(string text)
    {
        var parts = text.Trim().ToUpperInvariant().Split('-');
        return parts.Length == 3 && parts[0] == "CVE" && parts[1].Length == 4 && parts[2].Length is >= 4 and <= 19 && IsNumber(parts[1]) && IsNumber(parts[2])
            ? string.Join("-", parts)
            : throw new JsonSerializationException($"'{text}' is no CVE identifier");
    }

    /// <summary>A day or instant, or null.</summary>
    public static DateTimeOffset? Date(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date) ? date : null;

    /// <summary>A number between two limits, written as a number or a text; null where there is none.</summary>
    public static double? Number(JToken? value, double least, double most)
    {
        if (value is null || value.Type == JTokenType.Null)
        {
            return null;
        }

        return double.TryParse(Convert.ToString(((JValue)value).Value, CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new JsonSerializationException($"'{Investigation.SafeText.FromText(value.ToString(), 40)}' is no number from {least.ToString(CultureInfo.InvariantCulture)} to {most.ToString(CultureInfo.InvariantCulture)}");
    }

    private static bool IsNumber(string text)
    {
        foreach (var c in text)
        {
            if (c is < '0' or > '9')
            {
                return false;
            }
        }

        return true;
    }
}
