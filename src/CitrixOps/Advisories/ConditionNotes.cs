using System;
using System.Collections.Generic;
using System.Linq;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Advisories;

/// <summary>What a configuration does not tell about a condition: what a person has to look at, and where the test is wider than the bulletin.</summary>
internal static class ConditionNotes
{
    private const int Deepest = 8;

    /// <summary>The remarks, or null where the configuration tells all.</summary>
    public static string? Of(JToken? condition, AdvisoryCatalogue catalogue)
    {
        var notes = In(condition, catalogue, 0).Distinct(StringComparer.Ordinal).ToArray();
        return notes.Length == 0 ? null : string.Join("; ", notes);
    }

    private static IEnumerable<string> In(JToken? condition, AdvisoryCatalogue catalogue, int depth)
    {
        if (depth > Deepest)
        {
            return Enumerable.Empty<string>();
        }

        return condition switch
        {
            JValue { Type: JTokenType.String } name => OfName((string)name!, catalogue, depth),
            JObject o when (string?)o["manual"] is { } text => new[] { "a configuration does not tell: " + text },
            JObject o when (o["any"] ?? o["all"]) is JArray parts => parts.SelectMany(p => In(p, catalogue, depth + 1)),
            JObject o when o["not"] is { } not => In(not, catalogue, depth + 1),
            JObject o when o["versioned"] is JArray versions => versions.SelectMany(v => In(v["cond"] ?? v["else"], catalogue, depth + 1)),
            _ => Enumerable.Empty<string>(),
        };
    }

    private static IEnumerable<string> OfName(string name, AdvisoryCatalogue catalogue, int depth)
    {
        var own = catalogue.ConditionLimits.TryGetValue(name, out var limits) ? new[] { limits } : Enumerable.Empty<string>();
        return catalogue.Conditions.TryGetValue(name, out var test) ? own.Concat(In(test, catalogue, depth + 1)) : own;
    }
}
