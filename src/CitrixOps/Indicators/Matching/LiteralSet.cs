using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.Indicators.Matching;

/// <summary>Lower-case literals of which at least one stands in every line that fulfils a condition, as it is logged.</summary>
internal sealed class LiteralSet
{
    /// <param name="literals">The literals.</param>
    /// <param name="inRequest">Whether they stand in the request of an access log's line.</param>
    /// <param name="isNumber">Whether no digit follows on them.</param>
    public LiteralSet(IEnumerable<string> literals, bool inRequest, bool isNumber = false)
    {
        Literals = literals.Select(AsciiText.Lower).Distinct().ToArray();
        InRequest = inRequest;
        IsNumber = isNumber;
        Cost = OrdinaryText.PerThousand(Literals);
    }

    public IReadOnlyList<string> Literals { get; }

    /// <summary>True when the literal stands in the request itself, not in what the line says besides.</summary>
    public bool InRequest { get; }

    /// <summary>True when no digit follows: a status of 404 is no size of 40412.</summary>
    public bool IsNumber { get; }

    /// <summary>About how many of a thousand ordinary lines hold one of them.</summary>
    public double Cost { get; }
}
