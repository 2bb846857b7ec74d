using System;
using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.Indicators.Matching.Filtering;

/// <summary>What a rule asks for besides the literal that was found: where it stands, and one literal of each of some sets in its line.</summary>
internal sealed class LineTest
{
    private readonly bool _inRequest;
    private readonly (IScan[] Scans, bool InRequest)[] _sets;

    /// <param name="inRequest">Whether the literal that was found must stand in the request.</param>
    /// <param name="sets">For each set the scans of which one must find something, and whether it must in the request.</param>
    public LineTest(bool inRequest, IEnumerable<(IScan[] Scans, bool InRequest)> sets)
    {
        _inRequest = inRequest;
        _sets = sets.ToArray();
        AsksForRequest = inRequest || _sets.Any(s => s.InRequest);
    }

    /// <summary>Whether the end of the request is needed.</summary>
    public bool AsksForRequest { get; }

    /// <summary>Whether the line has it.</summary>
    /// <param name="line">The line.</param>
    /// <param name="foundBefore">The position after the literal that was found.</param>
    /// <param name="requestEnd">The end of the request, when it is asked for.</param>
    public bool Holds(ReadOnlySpan<byte> line, int foundBefore, int requestEnd)
    {
        if (_inRequest && foundBefore > requestEnd)
        {
            return false;
        }

        foreach (var (scans, inRequest) in _sets)
        {
            if (!Any(scans, inRequest ? line.Slice(0, requestEnd) : line))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Any(IScan[] scans, ReadOnlySpan<byte> line)
    {
        foreach (var scan in scans)
        {
            if (scan.Next(line, 0) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
