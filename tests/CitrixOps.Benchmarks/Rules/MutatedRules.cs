using System;
using System.IO;
using System.Linq;
using CitrixOps.Adapters.Yaml;
using CitrixOps.Indicators;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Benchmarks.Rules;

/// <summary>
/// Many times the shipped rules: copies whose literals keep length, case and classes of characters but are other letters and digits, by
/// seed, so that short and long, plain and expression stay mixed as they are.
/// </summary>
internal static class MutatedRules
{
    private const string Mark = "-copy";

    /// <summary>The folders of the rules and indicators that ship.</summary>
    public static string[] Shipped { get; } = [Path.Combine(Repository.Data, "rules"), Path.Combine(Repository.Data, "indicators")];

    /// <summary>Whether an indicator is a copy.</summary>
    public static bool IsMutated(string id) => id.Contains(Mark, StringComparison.Ordinal);

    /// <summary>The shipped rules and copies of them.</summary>
    /// <param name="times">How many times as many.</param>
    /// <param name="seed">The seed.</param>
    public static RuleSet Load(int times, int seed)
    {
        var folder = Directory.CreateTempSubdirectory("citrixops-rules-").FullName;
        for (var copy = 1; copy < times; copy++)
        {
            var target = Directory.CreateDirectory(Path.Combine(folder, FormattableString.Invariant($"{copy:000}"))).FullName;
            foreach (var file in Shipped.SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories)).Where(f => Path.GetFileName(f)[0] != '_').Order(StringComparer.Ordinal))
            {
                Copy(file, target, copy, seed);
            }
        }

        var rules = RuleSet.Load([.. Shipped, folder], new MutatingYamlReader(new YamlReader(), seed));
        Directory.Delete(folder, recursive: true);
        return rules.Skipped.Count == 0 ? rules : throw new InvalidOperationException(rules.Skipped[0].ToString());
    }

    private static void Copy(string file, string target, int copy, int seed)
    {
        var name = FormattableString.Invariant($"{Path.GetFileNameWithoutExtension(file)}{Mark}{copy}");
        switch (Path.GetExtension(file))
        {
            case ".yml":
                File.WriteAllText(Path.Combine(target, name + ".yml"), FormattableString.Invariant($"{MutatingYamlReader.Head}{copy}\n") + File.ReadAllText(file));
                break;
            case ".json" when JObject.Parse(File.ReadAllText(file)) is { } root && root["hosts"] is JArray hosts:
                var mutation = new Mutation(seed, copy);
                foreach (var host in hosts.Cast<JObject>().Where(h => h["ports"] is not null).ToList())
                {
                    host.Remove();
                }

                foreach (var host in hosts.Cast<JObject>())
                {
                    host["id"] = (string?)host["id"] + name[name.LastIndexOf(Mark, StringComparison.Ordinal)..];
                    foreach (var value in new[] { "addresses", "domains" }.Select(n => host[n]).OfType<JArray>().SelectMany(a => a.DescendantsAndSelf().OfType<JValue>()).ToList())
                    {
                        value.Value = mutation.Literal((string)value!);
                    }
                }

                if (hosts.Count > 0)
                {
                    File.WriteAllText(Path.Combine(target, name + ".json"), root.ToString());
                }

                break;
        }
    }
}
