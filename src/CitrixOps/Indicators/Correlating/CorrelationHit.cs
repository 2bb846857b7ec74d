using System;
using System.Collections.Generic;

namespace CitrixOps.Indicators.Correlating;

/// <summary>A hit that a correlation looks at: a record that a rule matched, or what another correlation found.</summary>
/// <param name="Names">The names of the rule or correlation.</param>
/// <param name="Time">When, UTC.</param>
/// <param name="Origin">The log it stands in: the order of lines is known within one only.</param>
/// <param name="Order">Its place among all hits of the correlation, as they came.</param>
/// <param name="Values">The values of the fields that are counted or added; null where one is absent.</param>
/// <param name="Fields">The values that correlations over this one ask for.</param>
/// <param name="Reference">What to hand back, when it is one thing.</param>
/// <param name="Several">What to hand back, when it is several.</param>
/// <typeparam name="T">What the caller wants back.</typeparam>
internal sealed record CorrelationHit<T>(
    IReadOnlyList<string> Names, DateTimeOffset Time, string Origin, int Order, string? Values, IReadOnlyDictionary<string, string?> Fields, T? Reference, IReadOnlyList<T>? Several)
{
    /// <summary>What to hand back.</summary>
    public IReadOnlyList<T> References => Several ?? new[] { Reference! };

    public bool Is(string name)
    {
        for (var i = 0; i < Names.Count; i++)
        {
            if (string.Equals(Names[i], name, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
