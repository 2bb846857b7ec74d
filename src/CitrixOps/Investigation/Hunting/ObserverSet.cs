using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Logs;
using CitrixOps.Logs.Reading;

namespace CitrixOps.Investigation.Hunting;

/// <summary>The observers of a log type, asked together.</summary>
internal sealed class ObserverSet
{
    private readonly LogObserver[] _observers;

    public ObserverSet(IEnumerable<LogObserver> observers, string logType)
    {
        _observers = observers.Where(o => o.Reads(logType)).ToArray();
    }

    public void StartFile(LogFile log, string node)
    {
        foreach (var observer in _observers)
        {
            observer.StartFile(log, node);
        }
    }

    /// <summary>True when no observer reads the log.</summary>
    public bool IsEmpty => _observers.Length == 0;

    /// <summary>Which of them want a line, a bit for each. Safe for use from several threads at once.</summary>
    public uint Wanting(ReadOnlySpan<byte> line)
    {
        var wanting = 0u;
        for (var i = 0; i < _observers.Length; i++)
        {
            wanting |= _observers[i].Wants(line) ? 1u << i : 0;
        }

        return wanting;
    }

    /// <summary>Notes for a block, one for each observer that takes them.</summary>
    public LineNotes?[] NewNotes() => Array.ConvertAll(_observers, o => o.NewNotes());

    /// <summary>Notes a line for those that take notes.</summary>
    /// <param name="line">The line.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="notes">The notes of its block.</param>
    /// <param name="heads">Reads its head.</param>
    /// <returns>Which of the observers must be given a record of it, a bit for each. Safe for use from several threads at once.</returns>
    public uint Note(ReadOnlySpan<byte> line, in NotedPlace place, LineNotes?[] notes, LineHeads heads)
    {
        heads.Next();
        var wanting = 0u;
        for (var i = 0; i < _observers.Length; i++)
        {
            var wants = notes[i] is { } own ? !own.TryNote(line, place, heads) : _observers[i].Wants(line);
            wanting |= wants ? 1u << i : 0;
        }

        return wanting;
    }

    /// <summary>Gives the line to those that want it.</summary>
    public void Observe(uint wanting, LogRecord record, in LineContext context)
    {
        for (var i = 0; i < _observers.Length; i++)
        {
            if ((wanting & (1u << i)) != 0)
            {
                _observers[i].Observe(record, context);
            }
        }
    }
}
