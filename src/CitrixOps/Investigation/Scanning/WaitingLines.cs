using System.Collections.Generic;
using CitrixOps.Indicators;
using CitrixOps.Logs;

namespace CitrixOps.Investigation.Scanning;

/// <summary>Matches before the first line with a time: they wait for it, as long as they are few.</summary>
internal sealed class WaitingLines
{
    private const int Most = 1000;
    private const int MostCharacters = 4 << 20;

    private readonly List<(LineContext Context, LogRecord Record, LogRule[] Rules)> _lines = new();
    private int _characters;

    /// <summary>The lines.</summary>
    public IReadOnlyList<(LineContext Context, LogRecord Record, LogRule[] Rules)> Lines => _lines;

    /// <summary>Lets a record wait.</summary>
    /// <returns>False when it cannot: too many do.</returns>
    public bool TryAdd(in LineContext context, LogRecord record, LogRule[] rules)
    {
        if (_lines.Count >= Most || _characters + record.Raw.Length > MostCharacters)
        {
            return false;
        }

        _characters += record.Raw.Length;
        _lines.Add((context, record.Copy(), rules));
        return true;
    }

    /// <summary>Nothing waits any longer.</summary>
    public void Clear() => _lines.Clear();
}
