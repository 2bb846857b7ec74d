using System;
using System.Collections.Generic;
using System.Linq;
#if NET
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
#endif

namespace CitrixOps.Indicators.Matching.Filtering;

/// <summary>Looks through a block of lines for literals and encoded requests, each kind with the scan that is fastest for it. Holds no state.</summary>
internal sealed class BlockFilter
{
    private readonly IScan[] _scans;
    private readonly bool _encoded;

    /// <param name="literals">The literals, lower case, of any length but 0.</param>
    /// <param name="encoded">Whether encoded requests are looked for as well.</param>
    /// <param name="width">The width of vectors to use in bits: 512, 256, 128, or 0 for none.</param>
    public BlockFilter(IEnumerable<string> literals, bool encoded, int width)
    {
        var all = literals.Distinct(StringComparer.Ordinal).Select(l => new Literal(l)).ToArray();
        var scans = new List<IScan>();
        _encoded = encoded;
        if (encoded)
        {
            scans.Add(Encoded(width));
        }

        if (all.Where(l => l.Length < GramScan.Shortest).ToArray() is { Length: > 0 } few)
        {
            scans.Add(Short(few, width));
        }

        if (all.Where(l => l.Length >= GramScan.Shortest).ToArray() is { Length: > 0 } many)
        {
            scans.Add(new GramScan(many));
        }

        _scans = scans.ToArray();
    }

    /// <summary>The widest vectors that this machine has, in bits; 0 when it has none.</summary>
#if NET
    public static int Widest => Avx512BW.IsSupported && Vector512.IsHardwareAccelerated ? 512 : Avx2.IsSupported ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;
#else
    public static int Widest => 0;
#endif

    /// <summary>Starts to look through a block.</summary>
    public Places In(ReadOnlySpan<byte> block) => new(_scans, _encoded, block);

#if NET
    private static IScan Encoded(int width) => width > 0 ? new EncodedScan() : new EncodedBytes();

    private static IScan Short(Literal[] literals, int width) => width > 0 ? new ShortScan(literals, width) : new AutomatonScan(literals);
#else
    private static IScan Encoded(int width) => new EncodedBytes();

    private static IScan Short(Literal[] literals, int width) => new AutomatonScan(literals);
#endif

    /// <summary>The places of a block, found as they are asked for.</summary>
    public ref struct Places
    {
        private readonly IScan[] _scans;
        private readonly bool _encoded;
        private readonly ReadOnlySpan<byte> _block;
        private int _first;
        private int _second;
        private int _third;

        public Places(IScan[] scans, bool encoded, ReadOnlySpan<byte> block)
        {
            _scans = scans;
            _encoded = encoded;
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

        /// <summary>Whether the next encoded request, from the last position asked for on, stands before a position.</summary>
        public readonly bool EncodedBefore(int end) => _encoded && _first < end;

        private readonly int Look(int scan, int from)
        {
            var found = _scans[scan].Next(_block, from);
            return found < 0 ? _block.Length : found;
        }
    }
}
