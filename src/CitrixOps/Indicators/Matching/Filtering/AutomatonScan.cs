using System;
using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.Indicators.Matching.Filtering;

/// <summary>Finds literals with the automaton, byte by byte: for machines without vectors.</summary>
internal sealed class AutomatonScan : IScan
{
    private readonly LiteralFilter _filter;
    private readonly Literal[] _literals;

    /// <param name="literals">The literals.</param>
    public AutomatonScan(IReadOnlyList<Literal> literals)
    {
        _filter = new LiteralFilter(literals.Select(l => l.Text));
        _literals = _filter.Literals.Select(t => literals.First(l => l.Text == t)).ToArray();
    }

    public int Next(ReadOnlySpan<byte> data, int from)
    {
        var state = 0;
        for (var i = from; i < data.Length; i++)
        {
            foreach (var literal in _filter.Step(ref state, data[i]))
            {
                var at = i + 1 - _literals[literal].Length;
                if (_literals[literal].IsFoundAt(data, at))
                {
                    return at;
                }
            }
        }

        return -1;
    }

    public void Mark(ReadOnlySpan<byte> data, RuleSelection found)
    {
        var state = 0;
        foreach (var value in data)
        {
            foreach (var literal in _filter.Step(ref state, value))
            {
                found.Literal(_literals[literal].Index);
            }
        }
    }
}
