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

    /// <summary>The least count, for counts.</summary>
    public long AtLeast { get; set; } = 1;

    /// <summary>The field whose values are counted, for value counts.</summary>
    public string? Field { get; set; }
}
