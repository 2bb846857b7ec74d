using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Indicators.Files;

/// <summary>Reads file indicators from JSON. Texts may be given in parts, so that no data file holds a whole one.</summary>
internal static class FileIndicatorReader
{
    /// <summary>Reads the indicators of a file.</summary>
    /// <exception cref="FormatException">The content is not what the schema asks for.</exception>
    public static IReadOnlyList<FileIndicator> Read(string json)
    {
        try
        {
            var root = JObject.Parse(json);
            return root["indicators"]!.Select(i => One((JObject)i)).ToArray();
        }
        catch (Exception e) when (e is JsonException or InvalidCastException or ArgumentException or NullReferenceException or OverflowException)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private static FileIndicator One(JObject o)
    {
        var id = (string)o["id"]!;
        var content = o["content"] as JObject;
        return new FileIndicator
        {
            Id = id,
            Title = (string)o["title"]!,
            Description = (string?)o["description"] ?? "",
            Cve = Texts(o["cve"]),
            Phase = Choice<Phase>(o, "phase"),
            Severity = Choice<Severity>(o, "severity"),
            Grade = Choice<Grade>(o, "grade"),
            Outcome = Choice<Outcome>(o, "outcome"),
            Independence = (string?)o["independence"] ?? id,
            FalsePositives = Texts(o["falsePositives"]),
            References = Texts(o["references"]),
            Paths = Texts(o["paths"]).Select(p => new GlobPattern(p)).ToArray(),
            Except = Texts(o["except"]).Select(p => new GlobPattern(p)).ToArray(),
            Content = content?["any"]?.Select(Joined).ToArray() ?? Array.Empty<string>(),
            ContentAtLeast = (int?)content?["atLeast"] ?? 1,
            ModeBits = Octal((string?)o["modeBits"]) ?? 0,
            ModeExactly = Octal((string?)o["mode"]),
            Owner = (string?)o["owner"],
        };
    }

    private static string Joined(JToken token) => token is JArray parts ? string.Concat(parts.Select(p => (string)p!)) : (string)token!;

    private static string[] Texts(JToken? token) => token?.Select(t => (string)t!).ToArray() ?? Array.Empty<string>();

    private static int? Octal(string? text) => text is null ? null : Convert.ToInt32(text, 8);

    private static T Choice<T>(JObject o, string key)
        where T : struct, Enum => Enum.TryParse<T>((string?)o[key], ignoreCase: true, out var value)
        ? value
        : throw new FormatException(string.Format(CultureInfo.InvariantCulture, "{0}: '{1}' is no {2}", o["id"], o[key], key));
}
