using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Indicators.Files;

/// <summary>Reads file indicators from JSON (<c>schemas/file-indicators.schema.json</c>). Texts may be given in parts, so that no data file holds a whole one.</summary>
internal static class FileIndicatorReader
{
    /// <summary>Reads the indicators of a document.</summary>
    /// <exception cref="FormatException">A value is none of those that are possible.</exception>
    public static IReadOnlyList<FileIndicator> Read(JObject root) => root["indicators"]!.Select(i => One((JObject)i, JsonValues.Texts(root["campaign"]))).ToArray();

    private static FileIndicator One(JObject o, IReadOnlyList<string> campaigns)
    {
        var content = o["content"] as JObject;
        var indicator = new FileIndicator
        {
            Paths = JsonValues.Texts(o["paths"]).Select(p => new GlobPattern(p)).ToArray(),
            Except = JsonValues.Texts(o["except"]).Select(p => new GlobPattern(p)).ToArray(),
            Content = content?["any"]?.Select(JsonValues.Joined).ToArray() ?? Array.Empty<string>(),
            ContentAtLeast = (int?)content?["atLeast"] ?? 1,
            Lacks = JsonValues.Texts(o["lacks"]),
            Sha256 = JsonValues.Texts(o["sha256"]).Select(h => h.ToLowerInvariant()).ToArray(),
            StartsWith = JsonValues.Texts(o["startsWith"]).Select(Bytes).ToArray(),
            StartsNotWith = JsonValues.Texts(o["startsNotWith"]).Select(Bytes).ToArray(),
            Lines = o["lines"] is JObject lines ? Lines(lines) : null,
            RunOf = o["run"] is JObject run ? Convert.ToByte((string?)run["byte"], 16) : null,
            RunAtLeast = (int?)o["run"]?["atLeast"] ?? 0,
            SizeAtLeast = (long?)o["sizeAtLeast"] ?? 0,
            ModeBits = Octal((string?)o["modeBits"]) ?? 0,
            Modes = JsonValues.Texts(o["mode"]).Select(m => Octal(m)!.Value).ToArray(),
            ModeOtherThan = Octal((string?)o["modeOtherThan"]),
            Owner = (string?)o["owner"],
            Group = (string?)o["group"],
            Folders = (bool?)o["folders"] ?? false,
            Live = (bool?)o["live"] ?? true,
        };
        JsonValues.Describe(indicator, o, campaigns);
        return indicator;
    }

    private static LineCriterion Lines(JObject o) => new(
        o["any"]?.Select(JsonValues.Joined) ?? Array.Empty<string>(),
        o["except"]?.Select(JsonValues.Joined) ?? Array.Empty<string>(),
        (bool?)o["commented"] ?? false,
        JsonValues.Texts(o["keyFingerprints"]),
        o["superusersExcept"] is { } names ? JsonValues.Texts(names) : null);

    private static byte[] Bytes(string hex)
    {
        var bytes = new byte[hex.Length / 2];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = Convert.ToByte(hex.Substring(2 * i, 2), 16);
        }

        return bytes;
    }

    private static int? Octal(string? text) => text is null ? null : Convert.ToInt32(text, 8);
}
