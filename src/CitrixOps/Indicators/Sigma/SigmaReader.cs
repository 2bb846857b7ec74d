using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace CitrixOps.Indicators.Sigma;

/// <summary>Reads Sigma rules and correlations. Our own attributes stand in a block <c>citrixops</c> that other tools pass over.</summary>
internal static class SigmaReader
{
    /// <summary>Reads the documents of a file one by one: what is wrong with one does not concern the others.</summary>
    /// <param name="text">The text of the file.</param>
    /// <param name="id">The id to give: the name of the file.</param>
    /// <param name="yaml">Reads YAML.</param>
    /// <param name="placeholders">The values of placeholders.</param>
    /// <returns>Each document with its indicator, or with why it cannot be used.</returns>
    /// <exception cref="RuleException">The file is not YAML.</exception>
    public static IEnumerable<(YamlNode Document, Indicator? Indicator, RuleException? Problem)> ReadAll(string text, string id, IYamlReader yaml, Placeholders placeholders)
    {
        var documents = yaml.Read(text).Where(d => d is not YamlScalar { IsNull: true }).ToList();
        for (var i = 0; i < documents.Count; i++)
        {
            (YamlNode, Indicator?, RuleException?) result;
            try
            {
                var indicator = Read(documents[i], id, placeholders, several: documents.Count > 1);
                if (i > 0 && indicator.Id == id)
                {
                    indicator.Id = FormattableString.Invariant($"{id}-{i + 1}");
                }

                result = (documents[i], indicator, null);
            }
            catch (RuleException e)
            {
                result = (documents[i], null, e);
            }

            yield return result;
        }
    }

    /// <summary>Whether a rule that lacks a placeholder waits for it instead of being wrong: shipped rules that only an organisation can complete do.</summary>
    public static bool Waits(YamlNode document, RuleException problem) => problem.Placeholder is not null && Text((document as YamlMapping)?["citrixops"] as YamlMapping, "optional") == "true";

    private static Indicator Read(YamlNode node, string id, Placeholders placeholders, bool several)
    {
        if (node is not YamlMapping rule)
        {
            throw new RuleException("a rule must be a mapping", node);
        }

        if (rule["action"] is { } action)
        {
            throw new RuleException("'action' is no part of Sigma any more: write each rule out", action);
        }

        Indicator indicator = rule["correlation"] is { } correlation ? Correlation(correlation, rule) : rule["filter"] is { } filter ? RuleFilter.Read(filter, rule, placeholders) : Log(rule, placeholders);
        var own = rule["citrixops"] as YamlMapping;
        indicator.Id = Text(own, "id") ?? (several || rule["correlation"] is not null ? Text(rule, "name") : null) ?? id;
        if (indicator is CorrelationRule named)
        {
            named.Names = named.Names.Concat(new[] { indicator.Id }).Distinct().ToArray();
        }

        indicator.Title = Text(rule, "title") ?? throw new RuleException("the rule has no title", rule);
        indicator.Description = Text(rule, "description") ?? "";
        indicator.FalsePositives = Texts(rule["falsepositives"]);
        indicator.References = Texts(rule["references"]);
        indicator.Cve = Texts(rule["tags"]).Where(t => t.StartsWith("cve.", StringComparison.OrdinalIgnoreCase)).Select(Cve).ToArray();
        indicator.Severity = Choice(rule, "level", Severity.Medium);
        indicator.Grade = Choice(own, "grade", Grade.Supporting);
        indicator.Phase = Choice(own, "phase", Phase.Attempt);
        indicator.Outcome = Choice(own, "outcome", Outcome.Supporting);
        indicator.Independence = Text(own, "independence") ?? indicator.Id;
        indicator.Campaigns = Texts(own?["campaign"]);
        indicator.ValidFrom = Day(own, "valid-from");
        indicator.ValidTo = Day(own, "valid-to");
        return indicator;
    }

    private static CorrelationRule Correlation(YamlNode node, YamlMapping rule)
    {
        var correlation = CorrelationReader.Read(node, rule);
        correlation.Reports = Text(rule["citrixops"] as YamlMapping, "reports") != "false";
        correlation.Names = new[] { Text(rule, "id"), Text(rule, "name") }.OfType<string>().ToArray();
        return correlation;
    }

    private static LogRule Log(YamlMapping rule, Placeholders placeholders)
    {
        var own = rule["citrixops"] as YamlMapping;
        var (types, names) = LogSource.Read(rule["logsource"] as YamlMapping ?? throw new RuleException("the rule has no logsource", rule), own);
        return new LogRule
        {
            LogTypes = types,
            SigmaId = Text(rule, "id") ?? "",
            Name = Text(rule, "name") ?? "",
            Reports = Text(own, "reports") != "false",
            Condition = new DetectionReader(placeholders, names).Read(rule["detection"], rule),
        };
    }

    internal static string? Text(YamlMapping? mapping, string key) => mapping?[key] is YamlScalar { IsNull: false } scalar ? scalar.Text : null;

    private static DateTimeOffset? Day(YamlMapping? mapping, string key) => Text(mapping, key) is not { } text ? null
        : DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var day) ? day
        : throw new RuleException($"'{text}' is no day (2026-09-04)", mapping![key]!);

    internal static IReadOnlyList<string> Texts(YamlNode? node) => node switch
    {
        YamlSequence list => list.Items.OfType<YamlScalar>().Select(s => s.Text).ToArray(),
        YamlScalar { IsNull: false } one => new[] { one.Text },
        _ => Array.Empty<string>(),
    };

    private static T Choice<T>(YamlMapping? mapping, string key, T otherwise)
        where T : struct, Enum
    {
        if (mapping?[key] is not YamlScalar value)
        {
            return otherwise;
        }

        return Enum.TryParse<T>(value.Text.Replace("-", ""), ignoreCase: true, out var result) && Enum.IsDefined(typeof(T), result)
            ? result
            : throw new RuleException($"'{value.Text}' is no {typeof(T).Name.ToLowerInvariant()} ({string.Join(", ", Enum.GetNames(typeof(T)))})", value);
    }

    // cve.2019.19781, cve.2019-19781
    private static string Cve(string tag) => "CVE-" + tag.Substring(4).Replace('.', '-').ToUpperInvariant();
}
