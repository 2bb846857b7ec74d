using System;
using System.Collections.Generic;
using CitrixOps.Indicators.Matching;
using CitrixOps.Indicators.Sigma;

namespace CitrixOps.Indicators;

/// <summary>A Sigma correlation over the hits of log rules, or over what other correlations make of them.</summary>
public sealed class CorrelationRule : Indicator
{
    /// <summary>The kinds of correlation.</summary>
    public enum Kind
    {
        /// <summary>So many hits.</summary>
        EventCount,

        /// <summary>So many different values of a field, or of several together.</summary>
        ValueCount,

        /// <summary>Every rule hits, in any order; or so many of them, or those that a condition names.</summary>
        Temporal,

        /// <summary>Every rule hits, in the order listed.</summary>
        TemporalOrdered,

        /// <summary>The numbers in a field add up to so much.</summary>
        ValueSum,

        /// <summary>The numbers in a field are so much on average.</summary>
        ValueAverage,

        /// <summary>The number below which so many per cent of the numbers in a field lie is so much.</summary>
        ValuePercentile,
    }

    /// <summary>What is correlated.</summary>
    public Kind Type { get; set; }

    /// <summary>The rules, by id or name.</summary>
    public IReadOnlyList<string> Rules { get; set; } = Array.Empty<string>();

    /// <summary>The fields whose values the hits must share, ASCII case ignored.</summary>
    public IReadOnlyList<string> GroupBy { get; set; } = Array.Empty<string>();

    /// <summary>The window all hits must lie in.</summary>
    public TimeSpan Timespan { get; set; }

    /// <summary>The fields whose values are counted or added.</summary>
    public IReadOnlyList<string> Fields { get; set; } = Array.Empty<string>();

    /// <summary>The percentile, 1 to 100.</summary>
    public int Percentile { get; set; }

    /// <summary>What a field of <see cref="GroupBy"/> is called in each rule, where it is called otherwise: alias, rule, field.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Aliases { get; set; } = new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>Whether the rules it correlates make findings of their own: true or false as the correlation says, null where it says nothing (then each rule's own word counts).</summary>
    public bool? Generate { get; set; }

    /// <summary>False when it only feeds another correlation and makes no finding of its own.</summary>
    public bool Reports { get; set; } = true;

    /// <summary>The name by which correlations refer to it, or its UUID.</summary>
    public IReadOnlyList<string> Names { get; set; } = Array.Empty<string>();

    /// <summary>What the count, sum, average or percentile must be; all must hold.</summary>
    internal IReadOnlyList<(string Operator, decimal Number)> Limits { get; set; } = Array.Empty<(string, decimal)>();

    /// <summary>Which rules must hit, where not all must: each rule is a field that is there or not.</summary>
    internal Condition? Combination { get; set; }

    /// <summary>Where its rules are named, for complaints.</summary>
    internal YamlNode? Place { get; set; }

    /// <summary>Whether a count, sum, average or percentile fulfils it.</summary>
    /// <param name="number">The number.</param>
    public bool IsFulfilledBy(decimal number)
    {
        foreach (var (@operator, limit) in Limits)
        {
            var holds = @operator switch
            {
                "gt" => number > limit,
                "gte" => number >= limit,
                "lt" => number < limit,
                "lte" => number <= limit,
                "eq" => number == limit,
                _ => number != limit,
            };
            if (!holds)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The same correlation without findings of its own.</summary>
    internal CorrelationRule Silent()
    {
        var copy = (CorrelationRule)MemberwiseClone();
        copy.Reports = false;
        return copy;
    }

    /// <summary>What a field is called in a rule that has these names.</summary>
    internal string NameIn(string field, IReadOnlyList<string> rule)
    {
        if (Aliases.TryGetValue(field, out var names))
        {
            foreach (var name in rule)
            {
                if (names.TryGetValue(name, out var other))
                {
                    return other;
                }
            }
        }

        return field;
    }
}
