using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Appliances.Configuration;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Advisories;

/// <summary>Evaluates the catalogue's conditions on a parsed configuration and names the lines that made them true.</summary>
internal sealed class ConditionEvaluator
{
    private const int LinesNamed = 5;
    private readonly IReadOnlyDictionary<string, JToken> _named;
    private readonly ConfigurationTests? _tests;
    private readonly GatewayVersion? _version;
    private readonly Dictionary<string, (ConditionAnswer Answer, List<string> Lines)> _known = new(StringComparer.Ordinal);

    public ConditionEvaluator(IReadOnlyDictionary<string, JToken> named, NsConfiguration? configuration, GatewayVersion? version)
    {
        _named = named;
        _tests = configuration is null ? null : new ConfigurationTests(configuration);
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
    /// <param name="condition">The condition.</param>
    /// <param name="lines">Gets the lines that made it true; none otherwise.</param>
    public ConditionAnswer Evaluate(JToken? condition, ICollection<string> lines)
    {
        switch (condition)
        {
            case JValue { Type: JTokenType.String } name:
                return Named((string)name!, lines);
            case JObject o when o["always"] is not null:
                return ConditionAnswer.True;
            case JObject o when o["manual"] is not null:
                return ConditionAnswer.Unknown;
            case JObject o when o["any"] is JArray any:
                return Any(any, lines);
            case JObject o when o["all"] is JArray all:
                return All(all, lines);
            case JObject o when o["not"] is { } not:
                return Opposite(Evaluate(not, new List<string>()));
            case JObject o when o["versioned"] is JArray versions:
                return Versioned(versions, lines);
            case JObject o when _tests is not null:
                return Test(o, lines);
            default:
                return ConditionAnswer.Unknown;
        }
    }

    private ConditionAnswer Named(string name, ICollection<string> lines)
    {
        if (!_known.TryGetValue(name, out var known))
        {
            var own = new List<string>();
            known = (_named.TryGetValue(name, out var test) ? Evaluate(test, own) : ConditionAnswer.Unknown, own);
            _known[name] = known;
        }

        Add(known.Answer, known.Lines, lines);
        return known.Answer;
    }

    private ConditionAnswer Test(JObject test, ICollection<string> lines)
    {
        var (answer, statements) = _tests!.Answer(test);
        Add(answer, statements.Select(s => Investigation.SafeText.FromText(s, 160)), lines);
        return answer;
    }

    private ConditionAnswer Any(JArray parts, ICollection<string> lines)
    {
        var answers = new List<ConditionAnswer>();
        foreach (var part in parts)
        {
            var own = new List<string>();
            answers.Add(Evaluate(part, own));
            Add(answers[answers.Count - 1], own, lines);
        }

        return answers.Contains(ConditionAnswer.True) ? ConditionAnswer.True : answers.Contains(ConditionAnswer.Unknown) ? ConditionAnswer.Unknown : ConditionAnswer.False;
    }

    private ConditionAnswer All(JArray parts, ICollection<string> lines)
    {
        var own = new List<string>();
        var answers = parts.Select(p => Evaluate(p, own)).ToList();
        var answer = answers.Contains(ConditionAnswer.False) ? ConditionAnswer.False : answers.Contains(ConditionAnswer.Unknown) ? ConditionAnswer.Unknown : ConditionAnswer.True;
        Add(answer, own, lines);
        return answer;
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
                && VersionParser.TryParse((string)item["build_ge"]!, out var from, out _) && _version.CompareBuild(from!) >= 0)
            {
                return Evaluate(item["cond"], lines);
            }
        }

        return ConditionAnswer.Unknown;
    }

    // only what made it true is worth naming
    private static void Add(ConditionAnswer answer, IEnumerable<string> found, ICollection<string> lines)
    {
        if (answer != ConditionAnswer.True)
        {
            return;
        }

        foreach (var line in found.Where(f => !lines.Contains(f)).Take(Math.Max(0, LinesNamed - lines.Count)).ToArray())
        {
            lines.Add(line);
        }
    }

    private static ConditionAnswer Opposite(ConditionAnswer answer) => answer switch
    {
        ConditionAnswer.True => ConditionAnswer.False,
        ConditionAnswer.False => ConditionAnswer.True,
        _ => ConditionAnswer.Unknown,
    };
}
