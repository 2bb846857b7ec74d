using System;
using System.Collections.Generic;

namespace CitrixOps.Indicators;

/// <summary>A Sigma correlation over the hits of log rules.</summary>
public sealed class CorrelationRule : Indicator
{
    /// <summary>The kinds of correlation.</summary>
    public enum Kind
    {
        /// <summary>At least so many hits.</summary>
        EventCount,

        /// <summary>So many different values of a field.</summary>
        ValueCount,

        /// <summary>Every rule hits, in any order.</summary>
        Temporal,

        /// <summary>Every rule hits, in the order listed.</summary>
        TemporalOrdered,
    }

    /// <summary>What is correlated.</summary>
    public Kind Type { get; set; }

    /// <summary>The rules, by id.</summary>
    public IReadOnlyList<string> Rules { get; set; } = Array.Empty<string>();

    /// <summary>The fields whose values the hits must share.</summary>
    public IReadOnlyList<string> GroupBy { get; set; } = Array.Empty<string>();

    /// <summary>The window all hits must lie in.</summary>
    public TimeSpan Timespan { get; set; }

    /// <summary>The least count that fulfils it, for counts.</summary>
    public long AtLeast { get; set; } = 1;

    /// <summary>The highest count that fulfils it, for counts.</summary>
    public long AtMost { get; set; } = long.MaxValue;

    /// <summary>A count that does not fulfil it, or null.</summary>
    public long? Not { get; set; }

    /// <summary>What a field of <see cref="GroupBy"/> is called in each rule, where it is called otherwise: alias, rule, field.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Aliases { get; set; } = new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>Whether the rules it correlates make findings of their own: true or false as the correlation says, null where it says nothing (then each rule's own word counts).</summary>
    public bool? Generate { get; set; }

    /// <summary>Whether a count fulfils it.</summary>
    /// <param name="count">The count.</param>
    public bool IsFulfilledBy(long count) => count >= AtLeast && count <= AtMost && count != Not;

    /// <summary>The field whose values are counted, for value counts.</summary>
    public string? Field { get; set; }
}
