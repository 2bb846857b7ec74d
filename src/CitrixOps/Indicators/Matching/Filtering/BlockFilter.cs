using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Indicators.Matching.Filtering.Vectors;

namespace CitrixOps.Indicators.Matching.Filtering;

/// <summary>Looks through a block of lines for literals and encoded requests, each kind with the scan that is fastest for it. Holds no state.</summary>
internal sealed class BlockFilter
{
    private readonly IScan[] _scans;

    /// <param name="rules">For each rule sets of literals: a line must have one of each set. The first set is the one looked for.</param>
    /// <param name="encoded">Whether these are lines of an access log: encoded requests are looked for as well.</param>
    /// <param name="width">The width of vectors to use in bits: 512, 256, 128, or 0 for none.</param>
    public BlockFilter(IEnumerable<IReadOnlyList<LiteralSet>> rules, bool encoded, int width)
    {
        var zone = new LineTest(inRequest: true, Array.Empty<(IScan[], bool)>());
        LineTest? Test(IReadOnlyList<LiteralSet> sets) => sets.Count > 1
            ? new LineTest(encoded && sets[0].InRequest, sets.Skip(1).Select(s => (Scans(s.Literals.Select(l => new Literal(l, Array.Empty<LineTest>(), s.IsNumber)), width), encoded && s.InRequest)))
            : encoded && sets[0].InRequest ? zone : null;
        var literals = rules.Where(r => r.Count > 0).Select(r => (Set: r[0], Test: Test(r)))
            .SelectMany(r => r.Set.Literals.Select(text => (Text: text, r.Set.IsNumber, r.Test))).GroupBy(l => l.Text, StringComparer.Ordinal)
            .Select(l => new Literal(l.Key, l.Any(t => t.Test is null) ? Array.Empty<LineTest>() : l.Select(t => t.Test!).Distinct(), l.All(t => t.IsNumber)));
        _scans = (encoded ? new[] { VectorScans.Encoded(width) } : Array.Empty<IScan>()).Concat(Scans(literals, width)).ToArray();
    }

    /// <summary>The scans that find some literals.</summary>
    internal static IScan[] Scans(IEnumerable<Literal> literals, int width)
    {
        var scans = new List<IScan>(2);
        var all = literals.ToArray();
        if (all.Where(l => l.Length < GramScan.Shortest).ToArray() is { Length: > 0 } few)
        {
            scans.Add(VectorScans.Short(few, width));
        }

        if (all.Where(l => l.Length >= GramScan.Shortest).ToArray() is { Length: > 0 } many)
        {
            scans.Add(new GramScan(many));
        }

        return scans.ToArray();
    }

    /// <summary>Starts to look through a block.</summary>
    public Places In(ReadOnlySpan<byte> block) => new(_scans, block);

    /// <summary>The places of a block, found as they are asked for.</summary>
    public ref struct Places
    {
        private readonly IScan[] _scans;
        private readonly ReadOnlySpan<byte> _block;
        private int _first;
        private int _second;
        private int _third;

        public Places(IScan[] scans, ReadOnlySpan<byte> block)
        {
            _scans = scans;
            _block = block;
            _first = _second = _third = -1;
        }

        /// <summary>The first place at or after a position, which must not go back; the block's length when there is none.</summary>
        public int Next(int from)
        {
            if (_scans.Length > 0 && _first < from)
            {
                _first = Look(0, from);
            }

            if (_scans.Length > 1 && _second < from)
            {
                _second = Look(1, from);
            }

            if (_scans.Length > 2 && _third < from)
            {
                _third = Look(2, from);
            }

            var least = _scans.Length > 0 ? _first : _block.Length;
            least = _scans.Length > 1 && _second < least ? _second : least;
            return _scans.Length > 2 && _third < least ? _third : least;
        }

        private readonly int Look(int scan, int from)
        {
            var found = _scans[scan].Next(_block, from);
            return found < 0 ? _block.Length : found;
        }
    }
}
