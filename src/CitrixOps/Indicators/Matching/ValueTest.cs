using System.Collections.Generic;

namespace CitrixOps.Indicators.Matching;

/// <summary>A test of one value.</summary>
internal abstract class ValueTest
{
    /// <summary>Whether the value passes; null means that the field is absent.</summary>
    public abstract bool Passes(string? value, IFieldSource source);

    /// <summary>Lower-case literals of which at least one stands in every value that passes; null when there are none.</summary>
    public virtual IReadOnlyList<string>? Witness => null;
}
