using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CitrixOps.Adapters.Yaml;
using CitrixOps.Indicators;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CitrixOps.Tests.Indicators.Files;

/// <summary>
/// Each indicator over files, sockets and processes on its own lines, <c>tests/data/indicators/&lt;id&gt;.txt</c>: <c>+</c> must be found and <c>-</c> must
/// not; then each path, text, line, first byte and hash of it by itself. <see cref="PlantedFile"/> says how a line is written.
/// </summary>
public sealed class FileIndicatorPairsTests
{
    private static readonly Dictionary<string, (string File, JObject Entry)> Entries = Read();
    private static readonly CitrixOps.Indicators.Files.FileMatcher Matcher = Shipped.Rules.FileMatcher();

    public static IEnumerable<object[]> Ids() => Entries.Keys.Order(StringComparer.Ordinal).Select(i => new object[] { i });

    [Fact]
    public void Every_indicator_has_its_lines_and_no_lines_are_left_over()
    {
        Assert.Equal(Shipped.Rules.FileIndicators.Select(i => i.Id).Order(StringComparer.Ordinal), Entries.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Entries.Keys.Order(StringComparer.Ordinal), Directory.EnumerateFiles(Repository.Data("indicators"), "*.txt").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void An_indicator_finds_its_lines_and_no_others(string id)
    {
        var lines = Lines(id);
        Assert.Contains(lines, l => l.Wanted);
        Assert.Contains(lines, l => !l.Wanted);
        Assert.All(lines, l => Assert.True(Finds(id, l.File, l.File.StandsForHash ? l.File.Content : null) == l.Wanted, l.Text));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_part_of_an_indicator_is_found_by_itself(string id)
    {
        var entry = Entries[id].Entry;
        var (_, file, _) = Lines(id).First(l => l.Wanted);
        foreach (var path in Texts(entry["paths"]))
        {
            Assert.True(Finds(id, file.At(Instance(path)), file.StandsForHash ? file.Content : null), path);
        }

        var texts = entry["content"]?["any"]?.Select(Joined).ToArray() ?? [];
        var least = (int?)entry["content"]?["atLeast"] ?? 1;
        var head = Bytes(Texts(entry["startsWith"]).FirstOrDefault() ?? "");
        for (var i = 0; i < texts.Length; i++)
        {
            // as many as it takes, this one among them and none inside another; and one less
            var chosen = texts.Skip(i).Concat(texts.Take(i)).Where(t => t == texts[i] || !(Within(t, texts[i]) || Within(texts[i], t))).Distinct(StringComparer.OrdinalIgnoreCase).Take(least).ToArray();
            Assert.True(Finds(id, file.With(head + string.Join("\n", chosen.Select(t => "x" + t.ToUpperInvariant() + "y")))), texts[i]);
            Assert.False(Finds(id, file.With(head + string.Join("\n", chosen[1..]))), "without " + texts[i]);
        }

        foreach (var pattern in entry["lines"]?["any"]?.Select(Joined) ?? [])
        {
            var line = ((bool?)entry["lines"]!["commented"] == true ? "#  " : "") + pattern.Replace("*", "198", StringComparison.Ordinal).Replace('?', '7').ToUpperInvariant();
            Assert.True(Finds(id, file.With("first\n" + line.Replace(" ", " \t", StringComparison.Ordinal) + "\r\nlast\n")), pattern);
        }

        foreach (var start in Texts(entry["startsWith"]))
        {
            Assert.True(Finds(id, file.With(Bytes(start) + string.Concat(texts))), start);
            Assert.False(Finds(id, file.With("x" + Bytes(start) + string.Concat(texts))), start);
        }

        Assert.All(Texts(entry["startsNotWith"]), s => Assert.False(Finds(id, file.With(Bytes(s) + "12345678")), s));
        foreach (var lack in Texts(entry["lacks"]))
        {
            Assert.True(Finds(id, file.With(string.Join("\n", Texts(entry["lacks"]).Where(l => l != lack)))), lack);
        }

        Assert.All(Texts(entry["except"]), e => Assert.False(Finds(id, file.At(Instance(e)), file.StandsForHash ? file.Content : null), e));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_hash_and_each_key_of_an_indicator_is_compared(string id)
    {
        var entry = Entries[id].Entry;
        var hashes = Texts(entry["sha256"]);
        Assert.All(hashes, h => Assert.Matches("^[0-9a-f]{64}$", h));
        Assert.Equal(hashes.Length, hashes.Distinct(StringComparer.Ordinal).Count());
        var file = Lines(id).First(l => l.Wanted).File;
        for (var i = 0; i < hashes.Length; i++)
        {
            Assert.True(Finds(id, file, file.Content, i), hashes[i]);
        }

        Assert.All(Texts(entry["lines"]?["keyFingerprints"]), k => Assert.Matches("^SHA256:[A-Za-z0-9+/]{43}$", k));
    }

    [Theory]
    [InlineData("6755", true)]
    [InlineData("4755", false)]
    [InlineData("2755", false)]
    public void All_bits_of_the_rights_are_asked_for(string mode, bool found)
    {
        using var folder = new TemporaryFolder();
        folder.File("own.json", """{ "campaign": "generic", "indicators": [ { "id": "own", "title": "Both bits", "cve": [], "phase": "Persistence", "severity": "High", "grade": "Strong", "outcome": "Success", "paths": ["/x"], "modeBits": "6000", "references": [], "facts": [] } ] }""");

        Assert.Equal(found, RuleSet.Load([folder.Path], new YamlReader()).FileMatcher().Match(PlantedFile.Parse("/x mode=" + mode), live: false, new Problems()).Count == 1);
    }

    // a file with the hash of another cannot be written: one of the hashes is replaced by that of the content
    private static bool Finds(string id, PlantedFile file, byte[]? content = null, int which = 0)
    {
        var rules = content is null ? Shipped.Rules : RuleSet.Load([Entries[id].File], new YamlReader());
        var indicator = rules.FileIndicators.Single(i => i.Id == id);
        if (content is not null)
        {
            indicator.Sha256 = [.. indicator.Sha256.Select((h, i) => i == which ? Convert.ToHexStringLower(SHA256.HashData(content)) : h)];
        }

        var problems = new Problems();
        var hits = (content is null ? Matcher : rules.FileMatcher()).Match(file, live: false, problems).Select(h => h.Indicator).ToList();
        Assert.Empty(problems.Reported);
        return hits.Contains(indicator) && indicator.IsValidAt(file.Modified);
    }

    private static List<(bool Wanted, PlantedFile File, string Text)> Lines(string id) =>
        File.ReadAllLines(Repository.Data("indicators", id + ".txt")).Select(l => (l.StartsWith("+ ", StringComparison.Ordinal), PlantedFile.Parse(l[2..]), l)).ToList();

    private static Dictionary<string, (string File, JObject Entry)> Read() => Directory.EnumerateFiles(Path.Combine(Repository.ModuleData, "indicators"), "*.json").Where(f => Path.GetFileName(f)[0] != '_')
        .SelectMany(f => JObject.Parse(File.ReadAllText(f)) is var root ? (root["indicators"] ?? root["hosts"])!.Cast<JObject>().Where(e => e["paths"] is not null || e["ports"] is not null).Select(e => (f, e)) : [])
        .ToDictionary(e => (string)e.e["id"]!, e => (e.f, e.e), StringComparer.Ordinal);

    private static bool Within(string inner, string outer) => outer.Contains(inner, StringComparison.OrdinalIgnoreCase);

    // a path that the pattern means
    private static string Instance(string pattern)
    {
        var path = pattern.Replace("/**/", "/a/b/", StringComparison.Ordinal).Replace("**", "a/b", StringComparison.Ordinal).Replace("*", "x", StringComparison.Ordinal).Replace('?', 'y');
        return Regex.Replace(path, @"\[(.)[^]]*\](?:\{([0-9]+)\})?", m => new string(m.Groups[1].Value[0], m.Groups[2].Success ? int.Parse(m.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture) : 1));
    }

    private static string[] Texts(JToken? token) => token is JValue one ? [(string)one!] : token?.Select(Joined).ToArray() ?? [];

    private static string Joined(JToken token) => token is JArray parts ? string.Concat(parts.Select(p => (string)p!)) : (string)token!;

    private static string Bytes(string hex) => Encoding.Latin1.GetString(Convert.FromHexString(hex));
}
