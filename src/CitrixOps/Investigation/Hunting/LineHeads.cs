using System;
using CitrixOps.Logs.Formats;

namespace CitrixOps.Investigation.Hunting;

/// <summary>Reads the head of a line of ns.log when it is first asked for, and remembers it for the other observers.</summary>
internal sealed class LineHeads
{
    private NsLogHead _head;
    private bool _read;
    private bool _any;

    /// <summary>Another line comes.</summary>
    public void Next() => _read = false;

    /// <summary>The head of the line.</summary>
    /// <returns>False when it has none.</returns>
    public bool TryGet(ReadOnlySpan<byte> line, out NsLogHead head)
    {
        if (!_read)
        {
            (_read, _any) = (true, NsLogHead.TryRead(line, out _head));
        }

        head = _head;
        return _any;
    }
}
