using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using CitrixOps.Appliances.Configuration;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Advisories;

/// <summary>Evaluates the catalogue's conditions on a parsed configuration and names the lines that decided.</summary>
internal sealed class ConditionEvaluator
{
    private const int LinesNamed = 5;
    private readonly IReadOnlyDictionary<string, JToken> _named;
    private readonly NsConfiguration? _configuration;
    private readonly GatewayVersion? _version;

    public ConditionEvaluator(IReadOnlyDictionary<string, JToken> named, NsConfiguration? configuration, GatewayVersion? version)
    {
        _named = named;
        _configuration = configuration;
        _version = version;
    }

    /// <summary>The name to show for a condition.</summary>
    public static string? NameOf(JToken? condition) => condition switch
    {
        null => null,
        JValue { Type: JTokenType.String } name => (string?)name,
        JObject o when o["versioned"] is not null => "depends on the build",
        JObject o when o["any"] is JArray any => string.Join(" or ", any.Select(NameOf)),
        JObject o when o["all"] is JArray all => string.Join(" and ", all.Select(NameOf)),
        _ => null,
    };

    /// <summary>Evaluates a condition; null is unknown.</summary>
    public ConditionAnswer Evaluate(JToken? condition, ICollection<string> lines)
    {
        switch (condition)
        {
            case JValue { Type: JTokenType.String } name:
                return _named.TryGetValue((string)name!, out var test) ? Evaluate(test, lines) : ConditionAnswer.Unknown;
            case JObject o when o["always"] is not null:
                return ConditionAnswer.True;
            case JObject o when o["manual"] is not null:
                return ConditionAnswer.Unknown;
            case JObject o when o["any"] is JArray any:
                return Any(any.Select(a => Evaluate(a, lines)));
            case JObject o when o["all"] is JArray all:
                return All(all.Select(a => Evaluate(a, lines)));
            case JObject o when o["not"] is { } not:
                return Opposite(Evaluate(not, new List<string>()));
            case JObject o when o["versioned"] is JArray versions:
                return Versioned(versions, lines);
            case JObject o when _configuration is not null:
                return Test(o, lines) ? ConditionAnswer.True : ConditionAnswer.False;
            default:
                return ConditionAnswer.Unknown;
        }
    }

    private ConditionAnswer Versioned(JArray versions, ICollection<string> lines)
    {
        foreach (var item in versions)
        {
            if (item["else"] is { } otherwise)
            {
                return Evaluate(otherwise, lines);
            }

            if (_version is not null && _version.CatalogueBranches.Contains((string)item["branch"]!)
                && VersionParser.TryParse((string)item["build_ge"]!, out var from, out _) && _version.CompareTo(from) >= 0)
            {
                return Evaluate(item["cond"], lines);
            }
        }

        return ConditionAnswer.Unknown;
    }

    private bool Test(JObject test, ICollection<string> lines)
    {
        var configuration = _configuration!;
        if ((string?)test["feature"] is { } feature)
        {
            return Features(configuration, feature);
        }

        if ((string?)test["text"] is { } text)
        {
            var found = configuration.Statements.FirstOrDefault(s => Holds(s, text));
            Name(found, lines);
            return found is not null;
        }

        var type = (string)test["object"]!;
        var all = configuration.Objects.Where(o => NsConfiguration.Is(o.Type, type) && !o.IsDisabled && !FeatureOff(o)).ToList();
        var matching = all.Where(o => Fits(o, test)).ToList();
        foreach (var one in matching.Take(LinesNamed))
        {
            Name(one.Statements[0], lines);
        }

        if (test["everyPartition"] is not null)
        {
            var partitions = configuration.Partitions;
            return partitions.Count > 0 && partitions.All(p => matching.Any(m => m.Partition == p));
        }

        return test["everyObject"] is null ? matching.Count > 0 : all.Count > 0 && matching.Count == all.Count;
    }

    private static bool Fits(NsObject one, JObject test)
    {
        foreach (var word in test["positional"]?.Children<JProperty>() ?? Enumerable.Empty<JProperty>())
        {
            var index = int.Parse(word.Name, CultureInfo.InvariantCulture);
            if (index >= one.Arguments.Count || !word.Value.Any(v => NsConfiguration.Is((string)v!, one.Arguments[index])))
            {
                return false;
            }
        }

        if ((string?)test["positionalIpv6"] is { } at)
        {
            var index = int.Parse(at, CultureInfo.InvariantCulture);
            if (index >= one.Arguments.Count || !IPAddress.TryParse(one.Arguments[index], out var address) || address.AddressFamily != AddressFamily.InterNetworkV6)
            {
                return false;
            }
        }

        return Options(one, test["option"], (value, allowed) => !allowed.Any() || allowed.Any(a => NsConfiguration.Is((string)a!, value)), missing: false)
            && Options(one, test["optionNot"], (value, refused) => !refused.Any(r => NsConfiguration.Is((string)r!, value)), missing: true)
            && Options(one, test["optionAtLeast"], (value, least) => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= (double)least, missing: false);
    }

    private static bool Options(NsObject one, JToken? options, Func<string, JToken, bool> passes, bool missing) =>
        (options?.Children<JProperty>() ?? Enumerable.Empty<JProperty>()).All(o => one.Options.TryGetValue(o.Name, out var value) ? passes(value, o.Value) : missing);

    private static bool Holds(NsStatement statement, string text) =>
        statement.Arguments.Concat(statement.Options.Values).Any(v => v.IndexOf(text, StringComparison.OrdinalIgnoreCase) >= 0);

    // a feature counts as the last statement left it
    private static bool Features(NsConfiguration configuration, string feature) => LastSwitch(configuration, feature) == "enable";

    private bool FeatureOff(NsObject one)
    {
        var feature = one.Type.ToLowerInvariant() switch { "vpn vserver" => "SSLVPN", "lb vserver" => "LB", "cs vserver" => "CS", "authentication vserver" => "AAA", _ => null };
        return feature is not null && LastSwitch(_configuration!, feature) == "disable";
    }

    private static string? LastSwitch(NsConfiguration configuration, string feature) => configuration.Statements
        .LastOrDefault(s => NsConfiguration.Is(s.Type, "ns feature") && s.Arguments.Any(a => NsConfiguration.Is(a, feature)))?.Verb;

    private static void Name(NsStatement? statement, ICollection<string> lines)
    {
        if (statement is not null && lines.Count < LinesNamed)
        {
            lines.Add(Investigation.SafeText.FromText(statement.ToString(), 120));
        }
    }

    private static ConditionAnswer Any(IEnumerable<ConditionAnswer> answers)
    {
        var list = answers.ToList();
        return list.Contains(ConditionAnswer.True) ? ConditionAnswer.True : list.Contains(ConditionAnswer.Unknown) ? ConditionAnswer.Unknown : ConditionAnswer.False;
    }

    private static ConditionAnswer All(IEnumerable<ConditionAnswer> answers)
    {
        var list = answers.ToList();
        return list.Contains(ConditionAnswer.False) ? ConditionAnswer.False : list.Contains(ConditionAnswer.Unknown) ? ConditionAnswer.Unknown : ConditionAnswer.True;
    }

    private static ConditionAnswer Opposite(ConditionAnswer answer) => answer switch
    {
        ConditionAnswer.True => ConditionAnswer.False,
        ConditionAnswer.False => ConditionAnswer.True,
        _ => ConditionAnswer.Unknown,
    };
}
