using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CitrixOps.Appliances.Configuration;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Advisories;

/// <summary>
/// The elementary tests of conditions: is there an object of a type, with these words and options, switched on, its feature too? Where
/// the configuration of a partition is missing, what was not found is unknown, not absent.
/// </summary>
internal sealed class ConfigurationTests
{
    private readonly NsConfiguration _configuration;
    private readonly ILookup<string, NsObject> _byType;
    private readonly ConfigurationFeatures _features;
    private readonly ServiceBindings _bindings;
    private readonly bool _hasMissingPartitions;

    public ConfigurationTests(NsConfiguration configuration)
    {
        _configuration = configuration;
        _byType = configuration.Objects.ToLookup(o => o.Type, StringComparer.OrdinalIgnoreCase);
        _features = new ConfigurationFeatures(configuration);
        _bindings = new ServiceBindings(configuration);
        _hasMissingPartitions = configuration.MissingPartitions.Count > 0;
    }

    /// <summary>The answer, and what made it true.</summary>
    public (ConditionAnswer Answer, IEnumerable<string> Lines) Answer(JObject test)
    {
        if ((string?)test["feature"] is { } feature)
        {
            var on = _features.EnabledBy(feature);
            return (on is null ? ConditionAnswer.False : ConditionAnswer.True, on is null ? Enumerable.Empty<string>() : new[] { on.ToString() });
        }

        if ((string?)test["text"] is { } text)
        {
            var found = _configuration.Statements.Where(s => s.Verb != "rm" && Holds(s, text)).Take(2).ToList();
            return (Found(found.Count > 0), found.Select(s => s.ToString()));
        }

        return OfObjects(test, (string)test["object"]!);
    }

    private (ConditionAnswer Answer, IEnumerable<string> Lines) OfObjects(JObject test, string type)
    {
        var all = _byType[type].Where(o => !o.IsDisabled && !_features.IsOff(o.Type)).ToList();
        var matching = all.Where(o => Fits(o, test)).ToList();
        var lines = matching.SelectMany(o => test["boundTo"] is null ? new[] { Line(o, test) } : new[] { Line(o, test) }.Concat(_bindings.ToIpv6(o).Select(s => s.ToString())));
        if (test["everyPartition"] is not null)
        {
            var everywhere = _configuration.Partitions.Count > 0 && _configuration.Partitions.All(p => matching.Any(m => m.Partition == p));
            return (everywhere && _hasMissingPartitions ? ConditionAnswer.Unknown : everywhere ? ConditionAnswer.True : ConditionAnswer.False, lines);
        }

        if (test["everyObject"] is not null)
        {
            var every = all.Count > 0 && matching.Count == all.Count;
            return (every && _hasMissingPartitions ? ConditionAnswer.Unknown : every ? ConditionAnswer.True : ConditionAnswer.False, lines);
        }

        return (Found(matching.Count > 0), lines);
    }

    private ConditionAnswer Found(bool found) => found ? ConditionAnswer.True : _hasMissingPartitions ? ConditionAnswer.Unknown : ConditionAnswer.False;

    private bool Fits(NsObject one, JObject test)
    {
        foreach (var word in test["positional"]?.Children<JProperty>() ?? Enumerable.Empty<JProperty>())
        {
            var index = int.Parse(word.Name, CultureInfo.InvariantCulture);
            if (index >= one.Arguments.Count || !word.Value.Any(v => NsConfiguration.Is((string)v!, one.Arguments[index])))
            {
                return false;
            }
        }

        if (test["boundTo"] is not null && _bindings.ToIpv6(one).Count == 0)
        {
            return false;
        }

        return Options(one, test["option"], (value, allowed) => !allowed.Any() || allowed.Any(a => NsConfiguration.Is((string)a!, value)), missing: false)
            && Options(one, test["optionNot"], (value, refused) => !refused.Any(r => NsConfiguration.Is((string)r!, value)), missing: true)
            && Options(one, test["optionAtLeast"], (value, least) => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= (double)least, missing: false)
            && (test["usedBy"] is not JObject use || IsUsed(one, use));
    }

    // a profile counts where something names it; the appliance's default profiles serve whatever names none
    private bool IsUsed(NsObject profile, JObject use)
    {
        var option = (string)use["option"]!;
        return profile.Name.EndsWith("_default_profile", StringComparison.OrdinalIgnoreCase)
            || use["types"]!.SelectMany(t => _byType[(string)t!]).Any(o => !o.IsDisabled && o.Options.TryGetValue(option, out var name) && NsConfiguration.Is(name, profile.Name));
    }

    private static bool Options(NsObject one, JToken? options, Func<string, JToken, bool> passes, bool missing) =>
        (options?.Children<JProperty>() ?? Enumerable.Empty<JProperty>()).All(o => one.Options.TryGetValue(o.Name, out var value) ? passes(value, o.Value) : missing);

    // comments are not configuration
    private static bool Holds(NsStatement statement, string text) =>
        statement.Arguments.Concat(statement.Options.Where(o => !NsConfiguration.Is(o.Key, "-comment")).Select(o => o.Value)).Any(v => v.IndexOf(text, StringComparison.OrdinalIgnoreCase) >= 0);

    // the statement that decided: the last one that set the option asked for, else the one that made the object
    private static string Line(NsObject one, JObject test)
    {
        foreach (var name in new[] { test["option"], test["optionAtLeast"] }.SelectMany(o => o?.Children<JProperty>() ?? Enumerable.Empty<JProperty>()).Select(o => o.Name))
        {
            if (one.Statements.LastOrDefault(s => s.Options.ContainsKey(name)) is { } set)
            {
                return $"{set} {name} {set.Options[name]}".TrimEnd();
            }
        }

        return one.Statements[0].ToString();
    }
}
