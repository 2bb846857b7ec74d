using System;
using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.Indicators.Matching.Filtering;

/// <summary>Finds literals with the automaton, byte by byte: for machines without vectors.</summary>
internal sealed class AutomatonScan : IScan
{
    private readonly LiteralFilter _filter;

    /// <param name="literals">The literals.</param>
    public AutomatonScan(IEnumerable<Literal> literals) => _filter = new LiteralFilter(literals.Select(l => l.Text));

    public int Next(ReadOnlySpan<byte> data, int from)
    {
        var end = _filter.EndOfFirst(data.Slice(from));
        return end < 0 ? -1 : from + end - 1;
    }
}
