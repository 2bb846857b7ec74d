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
    private readonly bool[] _wanting;

    public ObserverSet(IEnumerable<LogObserver> observers, string logType)
    {
        _observers = observers.Where(o => o.Reads(logType)).ToArray();
        _wanting = new bool[_observers.Length];
    }

    public void StartFile(LogFile log, string node)
    {
        foreach (var observer in _observers)
        {
            observer.StartFile(log, node);
        }
    }

    /// <summary>Whether one of them wants the line. Holds until the next call.</summary>
    public bool Wants(ReadOnlySpan<byte> line)
    {
        var any = false;
        for (var i = 0; i < _observers.Length; i++)
        {
            any |= _wanting[i] = _observers[i].Wants(line);
        }

        return any;
    }

    /// <summary>Gives the line to those that wanted it.</summary>
    public void Observe(LogRecord record, in LineContext context)
    {
        for (var i = 0; i < _observers.Length; i++)
        {
            if (_wanting[i])
            {
                _observers[i].Observe(record, context);
            }
        }
    }
}
