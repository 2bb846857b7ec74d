using System;
using System.Collections.Generic;
using CitrixOps.Investigation.Hunting;
using CitrixOps.Polyfills;

namespace CitrixOps.Investigation.Tampering;

/// <summary>The numbers of the messages of a block.</summary>
internal sealed class NumberNotes : LineNotes
{
    // longer numbers are left to the observer
    private const int MostDigits = 18;
    private const int MostEngines = 255;

    private readonly MessageNumbers _observer;
    private readonly List<(byte[] Name, string Text)> _engines = new();
    private readonly List<(NotedPlace Place, int Engine, long Number)> _numbers = new();
    private int _told;

    public NumberNotes(MessageNumbers observer) => _observer = observer;

    public override void Clear()
    {
        _engines.Clear();
        _numbers.Clear();
        _told = 0;
    }

    public override bool TryNote(ReadOnlySpan<byte> line, in NotedPlace place, LineHeads heads)
    {
        if (line.IndexOf(JoinedRecords.Separator) >= 0)
        {
            return !_observer.Wants(line);
        }

        if (!heads.TryGet(line, out var head) || head.Engine.Length is 0 or >= MessageNumbers.LongestEngine || head.Number.Length == 0)
        {
            return true;
        }

        if (head.Number.Length > MostDigits || EngineOf(line.Slice(head.Engine.Start, head.Engine.Length)) is not (>= 0 and var engine))
        {
            return false;
        }

        var number = 0L;
        foreach (var digit in line.Slice(head.Number.Start, head.Number.Length))
        {
            number = (number * 10) + (digit - '0');
        }

        _numbers.Add((place, engine, number));
        return true;
    }

    public override void HandOver(int end, NotedLine lines)
    {
        for (; _told < _numbers.Count && _numbers[_told].Place.Lines < end; _told++)
        {
            var (place, engine, number) = _numbers[_told];
            _observer.Number(_engines[engine].Text, number, lines.Of(place));
        }
    }

    private int EngineOf(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < _engines.Count; i++)
        {
            if (name.SequenceEqual(_engines[i].Name))
            {
                return i;
            }
        }

        if (_engines.Count == MostEngines)
        {
            return -1;
        }

        _engines.Add((name.ToArray(), Latin1.Of(name)));
        return _engines.Count - 1;
    }
}
