using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Indicators.Matching.Filtering.Vectors;

namespace CitrixOps.Indicators.Matching.Filtering;

/// <summary>Looks through a block of lines for literals and encoded requests, each kind with the scan that is fastest for it. Holds no state.</summary>
internal sealed class BlockFilter
{
    // so many literals of any length are told apart by four of their bytes
    private const int FewLiterals = 160;

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
        _scans = Scans(literals, width, encoded);
    }

    /// <summary>The scans that find some literals.</summary>
    /// <param name="literals">The literals.</param>
    /// <param name="width">The width of vectors to use in bits, or 0.</param>
    /// <param name="encoded">Whether encoded requests are found as well.</param>
    internal static IScan[] Scans(IEnumerable<Literal> literals, int width, bool encoded = false)
    {
        var scans = new List<IScan>(Places.Most);
        var all = literals.ToList();
        if (VectorScans.Addresses(all, width) is { } addresses)
        {
            scans.Add(addresses);
        }

        var together = all.Count <= FewLiterals && VectorScans.HasBoth(width);
        var few = all.Where(l => together || l.Length < GramScan.Shortest).ToArray();
        if ((encoded || few.Length > 0) && VectorScans.Both(few, encoded, width) is { } both)
        {
            scans.Add(both);
        }
        else
        {
            if (encoded)
            {
                scans.Add(VectorScans.Encoded(width));
            }

            if (few.Length > 0)
            {
                scans.Add(VectorScans.Short(few, width));
            }
        }

        if (all.Except(few).ToArray() is { Length: > 0 } many)
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
        /// <summary>The most scans there can be.</summary>
        public const int Most = 4;

        private readonly IScan[] _scans;
        private readonly ReadOnlySpan<byte> _block;
        private int _first;
        private int _second;
        private int _third;
        private int _fourth;

        public Places(IScan[] scans, ReadOnlySpan<byte> block)
        {
            _scans = scans;
            _block = block;
            _first = scans.Length > 0 ? -1 : block.Length;
            _second = scans.Length > 1 ? -1 : block.Length;
            _third = scans.Length > 2 ? -1 : block.Length;
            _fourth = scans.Length > 3 ? -1 : block.Length;
        }

        /// <summary>The first place at or after a position, which must not go back; the block's length when there is none.</summary>
        public int Next(int from)
        {
            _first = _first < from ? Look(0, from) : _first;
            _second = _second < from ? Look(1, from) : _second;
            _third = _third < from ? Look(2, from) : _third;
            _fourth = _fourth < from ? Look(3, from) : _fourth;
            return Math.Min(Math.Min(_first, _second), Math.Min(_third, _fourth));
        }

        private readonly int Look(int scan, int from)
        {
            var found = from < _block.Length ? _scans[scan].Next(_block, from) : -1;
            return found < 0 ? _block.Length : found;
        }
    }
}
