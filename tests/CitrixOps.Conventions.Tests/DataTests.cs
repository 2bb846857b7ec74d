using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using CitrixOps.Adapters.Yaml;
using CitrixOps.Indicators.Sigma;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using Xunit;

namespace CitrixOps.Conventions.Tests;

/// <summary>Data files against their schemas, templates included.</summary>
public sealed class DataTests
{
    private static readonly Dictionary<string, string> Schemas = new(StringComparer.Ordinal)
    {
        ["advisories/_catalogue.json"] = "catalogue",
        ["advisories/_branches.json"] = "branches",
        ["advisories/_conditions.json"] = "conditions",
        ["advisories/"] = "advisory",
        ["campaigns.json"] = "campaigns",
        ["indicators/hosts-"] = "host-indicators",
        ["indicators/"] = "file-indicators",
        ["mitigations/"] = "mitigation",
        ["policies/"] = "policies",
        ["rules/"] = "sigma-rule",
    };

    public static IEnumerable<object[]> DataFiles() => Repository.Files.Where(f => f.StartsWith("module/data/", StringComparison.Ordinal) && Path.GetExtension(f) is ".json" or ".yml" && !f.Contains("/schemas/", StringComparison.Ordinal))
        .Where(f => f.StartsWith("module/data/", StringComparison.Ordinal)).Select(f => new object[] { f["module/data/".Length..] });

    [Theory]
    [MemberData(nameof(DataFiles))]
    public async Task A_data_file_is_valid(string path)
    {
        var name = Schemas.First(s => path.StartsWith(s.Key, StringComparison.Ordinal)).Value;
        var schema = await JsonSchema.FromFileAsync(Path.Combine(Repository.Root, "module", "data", "schemas", name + ".schema.json"));
        var text = Repository.Read("module/data/" + path);
        var json = path.EndsWith(".yml", StringComparison.Ordinal) ? Json(new YamlReader().Read(text).Single()).ToString() : text;

        Assert.Empty(schema.Validate(json).Select(e => $"{path}: {e}"));
    }

    [Fact]
    public void There_are_data_files_of_every_kind()
    {
        var files = DataFiles().Select(f => (string)f[0]).ToList();
        Assert.Equal(31, files.Count(f => f.StartsWith("advisories/CTX", StringComparison.Ordinal) || f == "advisories/_template.json"));
        Assert.True(files.Count(f => f.StartsWith("rules/", StringComparison.Ordinal)) > 40);
        Assert.True(files.Count(f => f.StartsWith("indicators/", StringComparison.Ordinal)) >= 10);
        Assert.True(files.Count(f => f.StartsWith("indicators/hosts-", StringComparison.Ordinal)) >= 3);
    }

    [Fact]
    public void A_bulletin_is_called_as_its_file()
    {
        foreach (var file in DataFiles().Select(f => (string)f[0]).Where(f => f.StartsWith("advisories/CTX", StringComparison.Ordinal)))
        {
            Assert.Equal(Path.GetFileNameWithoutExtension(file), (string?)JObject.Parse(Repository.Read("module/data/" + file))["id"]);
        }
    }

    [Fact]
    public void Every_rule_has_lines_of_its_own()
    {
        foreach (var file in DataFiles().Select(f => (string)f[0]).Where(f => f.StartsWith("rules/", StringComparison.Ordinal) && !f.Contains("/_", StringComparison.Ordinal)))
        {
            if (!Repository.Read("module/data/" + file).Contains("\ncorrelation:", StringComparison.Ordinal))
            {
                Assert.Contains($"tests/data/rules/{Path.GetFileNameWithoutExtension(file)}.txt", Repository.Files);
            }
        }
    }

    // as other Sigma tools read it: unquoted numbers and booleans are such
    private static JToken Json(YamlNode node) => node switch
    {
        YamlMapping mapping => new JObject(mapping.Entries.Select(e => new JProperty(e.Key.Text, Json(e.Value)))),
        YamlSequence list => new JArray(list.Items.Select(Json)),
        YamlScalar { IsNull: true } => JValue.CreateNull(),
        YamlScalar { Quoted: false } scalar when long.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => new JValue(number),
        YamlScalar { Quoted: false } scalar when bool.TryParse(scalar.Text, out var truth) => new JValue(truth),
        YamlScalar scalar => new JValue(scalar.Text),
        _ => throw new InvalidOperationException(),
    };
}
