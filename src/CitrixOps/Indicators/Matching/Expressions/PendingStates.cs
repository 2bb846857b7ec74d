using System.Collections.Generic;

namespace CitrixOps.Indicators.Matching.Expressions;

/// <summary>A stack of states that allocates only when there are several.</summary>
internal struct PendingStates
{
    private int _single;
    private Stack<int>? _more;

    /// <summary>Starts with one.</summary>
    public PendingStates(int first)
    {
        _single = first;
        _more = null;
    }

    /// <summary>Adds one.</summary>
    public void Add(int state)
    {
        if (_single < 0)
        {
            _single = state;
            return;
        }

        (_more ??= new Stack<int>()).Push(_single);
        _single = state;
    }

    /// <summary>Takes the last one added.</summary>
    public bool TryTake(out int state)
    {
        state = _single;
        if (state < 0)
        {
            return false;
        }

        _single = _more is { Count: > 0 } ? _more.Pop() : -1;
        return true;
    }
}
