using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using CitrixOps.Adapters.Yaml;
using CitrixOps.Indicators.Sigma;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CitrixOps.Conventions.Tests;

/// <summary>
/// The catalogue of facts against the indicators: <c>facts-coverage.tsv</c> is made from what rules, indicators and <c>facts-heuristics.tsv</c>
/// claim and from <c>facts-declined.tsv</c>. With CITRIXOPS_UPDATE_TABLES=1 the test writes the table anew instead of comparing it.
/// </summary>
public sealed partial class FactsTests
{
    private const string Table = "module/data/facts-coverage.tsv";
    private const int Facts = 1094;

    [Fact]
    public void Every_fact_is_covered_once_or_declined_with_a_reason()
    {
        var claims = Claims().Concat(Rows("facts-heuristics.tsv").Select(r => (Fact: r[0], Id: r[1]))).ToList();
        var covered = claims.ToLookup(c => c.Fact, c => c.Id);
        var declined = Rows("facts-declined.tsv").ToDictionary(r => r[0], r => r[1]);
        var rows = Rows("facts-coverage.tsv");

        Assert.Equal(Facts, rows.Select(r => r[0]).Distinct().Count());
        Assert.Empty(claims.Select(c => c.Fact).Concat(declined.Keys).Except(rows.Select(r => r[0])));
        Assert.Empty(covered.Where(c => c.Count() > 1).Select(c => $"{c.Key} is claimed by {string.Join(" and ", c)}"));
        Assert.Empty(rows.Select(r => r[0]).Where(f => covered.Contains(f) == declined.ContainsKey(f)));
        Assert.All(declined.Values, r => Assert.True(r.Length > 20, r));

        var table = "fact\tsource\tcampaign\tcovered by\tdeclined because\n"
            + string.Concat(rows.Select(r => string.Join('\t', r[0], r[1], r[2], covered[r[0]].FirstOrDefault() ?? "", declined.GetValueOrDefault(r[0], "")) + "\n"));
        if (Environment.GetEnvironmentVariable("CITRIXOPS_UPDATE_TABLES") == "1")
        {
            File.WriteAllText(Path.Combine(Repository.Root, Table), table);
        }

        Assert.Equal(table, Repository.Read(Table));
    }

    [Fact]
    public void A_heuristic_that_covers_a_fact_exists()
    {
        var code = string.Concat(Repository.Files.Where(f => f.StartsWith("src/CitrixOps/", StringComparison.Ordinal) && f.EndsWith(".cs", StringComparison.Ordinal)).Select(Repository.Read));

        Assert.All(Rows("facts-heuristics.tsv"), r => Assert.Contains($"\"{r[1]}\"", code, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_campaign_that_is_named_exists_and_every_indicator_names_one()
    {
        var known = JObject.Parse(Repository.Read("module/data/campaigns.json"))["campaigns"]!.Select(c => (string)c["id"]!).ToHashSet();

        foreach (var (file, campaigns, _) in Campaigns())
        {
            Assert.True(campaigns.Count > 0, file + " names no campaign");
            Assert.True(campaigns.All(known.Contains), $"{file}: {string.Join(", ", campaigns)}");
        }

        Assert.Empty(Rows("facts-coverage.tsv").Select(r => r[2]).Except(known));
    }

    [Fact]
    public void Every_grade_is_argued() => Assert.All(Campaigns(), c => Assert.True(c.Argument.Length > 20, c.File + " says nothing about what a hit means"));

    private static IEnumerable<(string Fact, string Id)> Claims() => Documents().SelectMany(d => d.Facts.SelectMany(Expand).Select(f => (f, d.Id)));

    private static List<(string File, List<string> Campaigns, string Argument)> Campaigns() => Documents().Select(d => (d.File, d.Campaigns, d.Argument)).ToList();

    private static IEnumerable<(string File, string Id, List<string> Facts, List<string> Campaigns, string Argument)> Documents()
    {
        foreach (var file in Repository.Files.Where(f => f.StartsWith("module/data/indicators/", StringComparison.Ordinal) && !Path.GetFileName(f).StartsWith('_')))
        {
            var root = JObject.Parse(Repository.Read(file));
            foreach (var entry in (root["indicators"] ?? root["hosts"])!)
            {
                yield return (file, (string)entry["id"]!, Texts(entry["facts"]), Texts(entry["campaign"] ?? root["campaign"]), (string)entry["description"]!);
            }
        }

        foreach (var file in Repository.Files.Where(f => f.StartsWith("module/data/rules/", StringComparison.Ordinal) && f.EndsWith(".yml", StringComparison.Ordinal) && !Path.GetFileName(f).StartsWith('_')))
        {
            var rule = (YamlMapping)new YamlReader().Read(Repository.Read(file)).Single();
            var own = (YamlMapping)rule["citrixops"]!;
            yield return (file, Path.GetFileNameWithoutExtension(file), Texts(own["facts"]), Texts(own["campaign"]), ((YamlScalar)rule["description"]!).Text);
        }
    }

    private static List<string> Texts(JToken? token) => token is JArray list ? list.Select(t => (string)t!).ToList() : token is null ? [] : [(string)token!];

    private static List<string> Texts(YamlNode? node) => node is YamlSequence list ? list.Items.Cast<YamlScalar>().Select(s => s.Text).ToList() : node is YamlScalar one ? [one.Text] : [];

    // C25-WEB-001..198
    private static IEnumerable<string> Expand(string fact) => Range().Match(fact) is { Success: true } m
        ? Enumerable.Range(Number(m, 2), Number(m, 3) - Number(m, 2) + 1).Select(n => FormattableString.Invariant($"{m.Groups[1].Value}{n:000}"))
        : [fact];

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static List<string[]> Rows(string name) => Repository.Read("module/data/" + name).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Split('\t')).ToList();

    [GeneratedRegex("^(.*-)([0-9]{3})\\.\\.([0-9]{3})$")]
    private static partial Regex Range();
}
