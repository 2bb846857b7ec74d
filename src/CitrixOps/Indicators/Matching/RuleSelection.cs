using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using CitrixOps.Indicators.Matching.Filtering;

namespace CitrixOps.Indicators.Matching;

/// <summary>
/// Which rules a line can match, by the literals that stand in it: a rule is chosen when of each of its sets of literals one was seen.
/// One per thread; what was compiled is shared.
/// </summary>
internal sealed class RuleSelection
{
    private static readonly Encoding Latin1 = Encoding.GetEncoding(28591);
    private readonly Plan _plan;
    private readonly int[] _sets;
    private readonly int[] _open;
    private readonly int[] _literals;
    private readonly List<int> _chosen = new();
    private readonly List<int> _touched = new();
    private byte[] _bytes = new byte[1024];
    private int _round;

    public RuleSelection(Plan plan)
    {
        _plan = plan;
        _sets = new int[plan.RuleOfSet.Length];
        _open = new int[plan.Rules];
        _literals = new int[plan.SetsOf.Length];
        _chosen.AddRange(plan.Always);
    }

    /// <summary>The rules that are chosen, in their order.</summary>
    public List<int> Chosen => _chosen;

    /// <summary>Chooses by the bytes of a line.</summary>
    public void Select(ReadOnlySpan<byte> line)
    {
        foreach (var rule in _touched)
        {
            _open[rule] = 0;
        }

        _touched.Clear();
        _chosen.Clear();
        _chosen.AddRange(_plan.Always);
        _round++;
        Add(line);
    }

    /// <summary>Goes on with other bytes of the same line.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        foreach (var scan in _plan.Scans)
        {
            scan.Mark(bytes, this);
        }
    }

    /// <summary>Chooses by the text of a line, one character per byte.</summary>
    public void Select(string line) => Select(Bytes(line));

    /// <summary>Goes on with another text of the same line.</summary>
    public void Add(string text) => Add(Bytes(text));

    /// <summary>A literal was seen.</summary>
    public void Literal(int literal)
    {
        if (_literals[literal] != _round)
        {
            _literals[literal] = _round;
            foreach (var set in _plan.SetsOf[literal])
            {
                Seen(set);
            }
        }
    }

    private ReadOnlySpan<byte> Bytes(string text)
    {
        if (_bytes.Length < text.Length)
        {
            _bytes = new byte[Math.Max(text.Length, 2 * _bytes.Length)];
        }

        return _bytes.AsSpan(0, Latin1.GetBytes(text, 0, text.Length, _bytes, 0));
    }

    private void Seen(int set)
    {
        if (_sets[set] == _round)
        {
            return;
        }

        _sets[set] = _round;
        var rule = _plan.RuleOfSet[set];
        if (_open[rule] == 0)
        {
            _open[rule] = _plan.SetsOfRule[rule];
            _touched.Add(rule);
        }

        if (--_open[rule] == 0)
        {
            // stays away from 0, that no later set begins anew
            _open[rule] = -1;
            _chosen.Insert(~_chosen.BinarySearch(rule), rule);
        }
    }

    /// <summary>The sets of literals of all rules, compiled.</summary>
    internal sealed class Plan
    {
        /// <param name="rules">For each rule its sets; none means that it is always chosen.</param>
        /// <param name="width">The width of vectors to use in bits, or 0.</param>
        public Plan(IReadOnlyList<IReadOnlyList<LiteralSet>> rules, int width)
        {
            Rules = rules.Count;
            SetsOfRule = rules.Select(r => r.Count).ToArray();
            Always = Enumerable.Range(0, rules.Count).Where(r => rules[r].Count == 0).ToArray();
            var literals = rules.SelectMany(r => r).SelectMany(s => s.Literals.Select(text => (Text: text, s.IsNumber))).GroupBy(l => l.Text, StringComparer.Ordinal)
                .Select((l, i) => new Literal(l.Key, Array.Empty<LineTest>(), l.All(t => t.IsNumber), i)).ToArray();
            Scans = BlockFilter.Scans(literals, width);
            var index = literals.ToDictionary(l => l.Text, l => l.Index, StringComparer.Ordinal);
            var sets = new List<int>();
            var setsOf = literals.Select(_ => new List<int>()).ToArray();
            for (var rule = 0; rule < rules.Count; rule++)
            {
                foreach (var set in rules[rule])
                {
                    foreach (var literal in set.Literals)
                    {
                        setsOf[index[literal]].Add(sets.Count);
                    }

                    sets.Add(rule);
                }
            }

            RuleOfSet = sets.ToArray();
            SetsOf = setsOf.Select(s => s.ToArray()).ToArray();
        }

        public int Rules { get; }

        /// <summary>What finds the literals.</summary>
        public IScan[] Scans { get; }

        public int[] RuleOfSet { get; }

        public int[] SetsOfRule { get; }

        public int[][] SetsOf { get; }

        /// <summary>The rules without a set.</summary>
        public int[] Always { get; }
    }
}
