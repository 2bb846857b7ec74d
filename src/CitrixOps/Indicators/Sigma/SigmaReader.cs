using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace CitrixOps.Indicators.Sigma;

/// <summary>Reads Sigma rules and correlations. Our own attributes stand in a block <c>citrixops</c> that other tools pass over.</summary>
internal static class SigmaReader
{
    /// <summary>Reads one document.</summary>
    /// <param name="node">Its root.</param>
    /// <param name="id">The id to give it: the name of its file.</param>
    /// <exception cref="RuleException">The rule cannot be used.</exception>
    public static Indicator Read(YamlNode node, string id)
    {
        if (node is not YamlMapping rule)
        {
            throw new RuleException("a rule must be a mapping", node);
        }

        Indicator indicator = rule["correlation"] is { } correlation ? CorrelationReader.Read(correlation, rule) : rule["filter"] is { } filter ? RuleFilter.Read(filter) : Log(rule);
        var own = rule["citrixops"] as YamlMapping;
        indicator.Id = (own?["id"] as YamlScalar)?.Text ?? (rule["correlation"] is null ? id : (rule["name"] as YamlScalar)?.Text ?? id);
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

    private static LogRule Log(YamlMapping rule)
    {
        var source = rule["logsource"] as YamlMapping ?? throw new RuleException("the rule has no logsource", rule);
        var own = rule["citrixops"] as YamlMapping;
        var types = new List<string>();
        if (string.Equals(Text(source, "category"), "webserver", StringComparison.OrdinalIgnoreCase))
        {
            types.Add(Logs.LogTypes.HttpAccess);
        }
        else if (string.Equals(Text(source, "category"), "firewall", StringComparison.OrdinalIgnoreCase))
        {
            types.AddRange(Text(source, "product")?.ToLowerInvariant() switch
            {
                null => Logs.LogTypes.Firewall,
                "windows" => new[] { Logs.LogTypes.WindowsFirewall },
                "linux" => new[] { Logs.LogTypes.Iptables },
                "cisco" => new[] { Logs.LogTypes.Asa },
                "fortinet" or "fortigate" => new[] { Logs.LogTypes.FortiGate },
                var other => throw new RuleException($"there is no firewall '{other}' (windows, linux, cisco, fortinet, or no product for all)", source),
            });
        }
        else if (string.Equals(Text(source, "product"), "netscaler", StringComparison.OrdinalIgnoreCase) && Text(source, "service") is { } service)
        {
            types.Add(service);
        }
        else
        {
            throw new RuleException("the logsource is not one of ours (product netscaler with a service, category webserver, or category firewall)", source);
        }

        types.AddRange(Texts(own?["services"]));
        foreach (var type in types.Where(t => !Logs.LogTypes.All.Contains(t)))
        {
            throw new RuleException($"there is no log '{type}'", source);
        }

        return new LogRule
        {
            LogTypes = types.Distinct().ToArray(),
            SigmaId = Text(rule, "id") ?? "",
            Reports = Text(own, "reports") != "false",
            Condition = DetectionReader.Read(rule["detection"], rule),
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
