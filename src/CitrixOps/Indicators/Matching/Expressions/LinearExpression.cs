using System;
using System.Collections.Generic;
using System.Threading;

namespace CitrixOps.Indicators.Matching.Expressions;

/// <summary>
/// A regular expression matched in time linear in the text, the same on every platform: all states of its automaton are followed at
/// once (Thompson's construction). Case is ignored in ASCII only. Safe for use from several threads.
/// </summary>
internal sealed class LinearExpression
{
    private const int MostStates = 20_000;

    private readonly List<State> _states = new();
    private readonly int _start;
    private Workspace? _idle;

    /// <summary>Compiles an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="ignoreCase">Whether ASCII case is ignored.</param>
    /// <param name="multiline">Whether <c>^</c> and <c>$</c> also stand at line ends.</param>
    /// <param name="singleline">Whether <c>.</c> matches a line feed.</param>
    /// <exception cref="FormatException">It cannot be used.</exception>
    public LinearExpression(string text, bool ignoreCase = false, bool multiline = false, bool singleline = false)
    {
        var root = ExpressionParser.Parse(text, ignoreCase, multiline, singleline);
        Witness = RequiredLiterals.Of(root);
        _start = Compile(root, Add(new State(Kind.Match)));
    }

    private enum Kind
    {
        Match,
        Characters,
        Split,
        Place,
    }

    /// <summary>Lower-case literals of which at least one stands in every text that matches; null when there are none.</summary>
    public IReadOnlyList<string>? Witness { get; }

    /// <summary>Whether it matches anywhere in a text of one character per byte.</summary>
    public bool IsMatch(string text)
    {
        var work = Interlocked.Exchange(ref _idle, null) ?? new Workspace(_states.Count);
        var result = Search(text, work);
        _idle = work;
        return result;
    }

    private bool Search(string text, Workspace work)
    {
        var count = 0;
        for (var at = 0; ; at++)
        {
            // an attempt begins at every place
            work.NextGeneration();
            var following = 0;
            for (var i = 0; i < count; i++)
            {
                if (Follow(work.Current[i], text, at, work, ref following))
                {
                    return true;
                }
            }

            if (Follow(_start, text, at, work, ref following))
            {
                return true;
            }

            if (at == text.Length)
            {
                return false;
            }

            count = 0;
            var c = text[at] & 0xff;
            for (var i = 0; i < following; i++)
            {
                var state = _states[work.Next[i]];
                if (state.Set![c])
                {
                    work.Current[count++] = state.First;
                }
            }
        }
    }

    // adds the states reachable without a character; true when the match is among them
    private bool Follow(int start, string text, int at, Workspace work, ref int count)
    {
        var pending = new PendingStates(start);
        while (pending.TryTake(out var index))
        {
            if (!work.Visit(index))
            {
                continue;
            }

            var state = _states[index];
            switch (state.Kind)
            {
                case Kind.Match:
                    return true;
                case Kind.Characters:
                    work.Next[count++] = index;
                    break;
                case Kind.Split:
                    pending.Add(state.Second);
                    pending.Add(state.First);
                    break;
                default:
                    if (Holds(state.Place, text, at))
                    {
                        pending.Add(state.First);
                    }

                    break;
            }
        }

        return false;
    }

    private static bool Holds(PlaceKind place, string text, int at)
    {
        var edge = (at > 0 && ExpressionParser.IsWord(text[at - 1])) != (at < text.Length && ExpressionParser.IsWord(text[at]));
        return place switch
        {
            PlaceKind.Start => at == 0,
            PlaceKind.LineStart => at == 0 || text[at - 1] == '\n',
            PlaceKind.End => at == text.Length || (at == text.Length - 1 && text[at] == '\n'),
            PlaceKind.LineEnd => at == text.Length || text[at] == '\n',
            PlaceKind.WordEdge => edge,
            _ => !edge,
        };
    }

    private int Compile(Node node, int next)
    {
        switch (node)
        {
            case Characters characters:
                return Add(new State(Kind.Characters) { Set = characters.Set, First = next });
            case Place place:
                return Add(new State(Kind.Place) { Place = place.Kind, First = next });
            case Sequence sequence:
                for (var i = sequence.Parts.Count - 1; i >= 0; i--)
                {
                    next = Compile(sequence.Parts[i], next);
                }

                return next;
            case Alternatives alternatives:
                var chosen = Compile(alternatives.Parts[alternatives.Parts.Count - 1], next);
                for (var i = alternatives.Parts.Count - 2; i >= 0; i--)
                {
                    chosen = Add(new State(Kind.Split) { First = Compile(alternatives.Parts[i], next), Second = chosen });
                }

                return chosen;
            default:
                return Repeat((Repeated)node, next);
        }
    }

    private int Repeat(Repeated repeated, int next)
    {
        if (repeated.Most < 0)
        {
            var loop = new State(Kind.Split) { Second = next };
            var at = Add(loop);
            loop.First = Compile(repeated.Part, at);
            next = at;
        }
        else
        {
            var end = next;
            for (var i = repeated.Least; i < repeated.Most; i++)
            {
                next = Add(new State(Kind.Split) { First = Compile(repeated.Part, next), Second = end });
            }
        }

        for (var i = 0; i < repeated.Least; i++)
        {
            next = Compile(repeated.Part, next);
        }

        return next;
    }

    private int Add(State state)
    {
        if (_states.Count >= MostStates)
        {
            throw new FormatException("it is too large: fewer or shorter repetitions are needed");
        }

        _states.Add(state);
        return _states.Count - 1;
    }

    // what one search needs; kept for the next
    private sealed class Workspace
    {
        private readonly int[] _visited;
        private int _generation;

        public Workspace(int states)
        {
            _visited = new int[states];
            Current = new int[states];
            Next = new int[states];
        }

        public int[] Current { get; }

        public int[] Next { get; }

        public void NextGeneration()
        {
            if (++_generation == int.MaxValue)
            {
                Array.Clear(_visited, 0, _visited.Length);
                _generation = 1;
            }
        }

        public bool Visit(int state)
        {
            var first = _visited[state] != _generation;
            _visited[state] = _generation;
            return first;
        }
    }

    private sealed class State
    {
        public State(Kind kind) => Kind = kind;

        public Kind Kind { get; }

        public bool[]? Set { get; init; }

        public PlaceKind Place { get; init; }

        public int First { get; set; }

        public int Second { get; init; }
    }
}
