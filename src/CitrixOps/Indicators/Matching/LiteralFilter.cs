using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace CitrixOps.Indicators.Matching;

/// <summary>
/// Finds out in one pass over the bytes whether any of many literals stands in them, ASCII case ignored: an Aho-Corasick automaton
/// over byte classes. Its cost does not depend on the number of literals.
/// </summary>
public sealed class LiteralFilter
{
    private readonly byte[] _classOf = new byte[256];
    private readonly int[] _next;
    private readonly int _classes;

    /// <summary>Compiles the literals.</summary>
    /// <param name="literals">The literals, Latin-1, at least one character each.</param>
    public LiteralFilter(IEnumerable<string> literals)
    {
        Literals = literals.Select(AsciiText.Lower).Where(l => l.Length > 0).Distinct().OrderBy(l => l, StringComparer.Ordinal).ToArray();
        _classes = Classify();
        _next = Build(out var outputs);
        Outputs = outputs;
    }

    /// <summary>The literals, lower case, in ordinal order.</summary>
    public IReadOnlyList<string> Literals { get; }

    // per state: the literals that end there
    private int[][] Outputs { get; }

    /// <summary>Goes on by one byte.</summary>
    /// <param name="state">The state; 0 at the start.</param>
    /// <param name="value">The byte.</param>
    /// <returns>The indices of the literals that end with it.</returns>
    internal int[] Step(ref int state, byte value)
    {
        state = _next[state + _classOf[value]];
        if (state >= 0)
        {
            return Array.Empty<int>();
        }

        state = ~state;
        return Outputs[state / _classes];
    }

    /// <summary>Runs over a piece of a longer content and reports each literal that ends in it.</summary>
    /// <param name="data">The piece.</param>
    /// <param name="state">The state after the piece before; 0 at the start.</param>
    /// <param name="found">Called with the index of a literal and the position after it in the piece.</param>
    /// <returns>The state to go on with.</returns>
    public int Scan(ReadOnlySpan<byte> data, int state, Action<int, int> found)
    {
        for (var i = 0; i < data.Length; i++)
        {
            state = _next[state + _classOf[data[i]]];
            if (state < 0)
            {
                state = ~state;
                foreach (var literal in Outputs[state / _classes])
                {
                    found(literal, i + 1);
                }
            }
        }

        return state;
    }

    private int Classify()
    {
        var classes = 1;
        foreach (var b in Literals.SelectMany(l => Encoding.GetEncoding(28591).GetBytes(l)))
        {
            if (_classOf[b] == 0)
            {
                _classOf[b] = (byte)classes++;
                if (b is >= (byte)'a' and <= (byte)'z')
                {
                    _classOf[b - 32] = _classOf[b];
                }
            }
        }

        return classes;
    }

    // rows as offsets; a negative entry is the complement of a row in which a literal ends
    private int[] Build(out int[][] outputs)
    {
        var rows = new List<int[]> { NewRow() };
        var ends = new List<List<int>> { new() };
        for (var index = 0; index < Literals.Count; index++)
        {
            var state = 0;
            foreach (var c in Literals[index])
            {
                var k = _classOf[(byte)c];
                if (rows[state][k] < 0)
                {
                    rows[state][k] = rows.Count;
                    rows.Add(NewRow());
                    ends.Add(new List<int>());
                }

                state = rows[state][k];
            }

            ends[state].Add(index);
        }

        Link(rows, ends);
        var table = new int[rows.Count * _classes];
        for (var state = 0; state < rows.Count; state++)
        {
            for (var k = 0; k < _classes; k++)
            {
                var target = rows[state][k];
                table[(state * _classes) + k] = ends[target].Count > 0 ? ~(target * _classes) : target * _classes;
            }
        }

        outputs = ends.Select(e => e.ToArray()).ToArray();
        return table;
    }

    private void Link(List<int[]> rows, List<List<int>> ends)
    {
        var failure = new int[rows.Count];
        var queue = new Queue<int>();
        for (var k = 0; k < _classes; k++)
        {
            if (rows[0][k] < 0)
            {
                rows[0][k] = 0;
            }
            else
            {
                queue.Enqueue(rows[0][k]);
            }
        }

        while (queue.Count > 0)
        {
            var state = queue.Dequeue();
            ends[state].AddRange(ends[failure[state]]);
            for (var k = 0; k < _classes; k++)
            {
                var target = rows[state][k];
                if (target < 0)
                {
                    rows[state][k] = rows[failure[state]][k];
                }
                else
                {
                    failure[target] = rows[failure[state]][k];
                    queue.Enqueue(target);
                }
            }
        }
    }

    private int[] NewRow()
    {
        var row = new int[_classes];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = -1;
        }

        return row;
    }
}
