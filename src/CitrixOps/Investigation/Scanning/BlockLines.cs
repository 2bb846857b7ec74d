using System;
using System.Collections.Generic;
using CitrixOps.Indicators;
using CitrixOps.Investigation.Hunting;
using CitrixOps.Logs;
using CitrixOps.Logs.Times;

namespace CitrixOps.Investigation.Scanning;

/// <summary>What a block of lines holds, as far as the block alone tells. Used again and again.</summary>
internal sealed class BlockLines
{
    /// <summary>Stands for no time.</summary>
    public const long NoTime = -1;

    private readonly List<LogRecord> _records = new();
    private ObserverSet? _observers;
    private int _used;

    /// <summary>Lines.</summary>
    public int Lines { get; set; }

    /// <summary>Lines before the first with a time.</summary>
    public int LinesBeforeTime { get; set; }

    /// <summary>Whether any line has a time.</summary>
    public bool HasTime => LinesBeforeTime < Lines;

    /// <summary>The time of the first line with one, UTC ticks.</summary>
    public long First { get; set; }

    /// <summary>The time of the last line with one.</summary>
    public long Last { get; set; }

    /// <summary>The earliest time.</summary>
    public long Earliest { get; set; }

    /// <summary>The latest time.</summary>
    public long Latest { get; set; }

    /// <summary>Lines whose time lies outside the window.</summary>
    public int Outside { get; set; }

    /// <summary>Silences between its lines that are longer than ordinary.</summary>
    public List<(long From, long To)> Gaps { get; } = new();

    /// <summary>What resolved the times, with what it noted.</summary>
    public TimeResolver Resolver { get; set; } = new(null, null);

    /// <summary>The order of day and month that was taken to be known before it.</summary>
    public DateOrder OrderGiven { get; set; }

    /// <summary>The time of each line, or <see cref="NoTime"/>; only of logs that are written in the order of their times.</summary>
    public long[] Times { get; private set; } = new long[256];

    /// <summary>Lines that were kept, in their order.</summary>
    public List<KeptLine> Kept { get; } = new();

    /// <summary>The rules that match them.</summary>
    public List<LogRule> Rules { get; } = new();

    /// <summary>What observers noted of the lines, one for each observer that takes notes.</summary>
    public LineNotes?[] Notes { get; private set; } = Array.Empty<LineNotes?>();

    /// <summary>Makes notes for observers, or takes those that are there.</summary>
    public void NotesFor(ObserverSet observers)
    {
        if (!ReferenceEquals(_observers, observers))
        {
            _observers = observers;
            Notes = observers.NewNotes();
        }
    }

    /// <summary>Adds the time of a line.</summary>
    public void SetTime(int line, long ticks)
    {
        if (line == Times.Length)
        {
            var longer = new long[line * 2];
            Times.CopyTo(longer, 0);
            Times = longer;
        }

        Times[line] = ticks;
    }

    /// <summary>A record for a line that may be kept.</summary>
    public LogRecord NewRecord()
    {
        if (_used == _records.Count)
        {
            _records.Add(new LogRecord());
        }

        return _records[_used++];
    }

    /// <summary>Takes the last record back.</summary>
    public void DropRecord() => _used--;

    /// <summary>Empties it, texts included.</summary>
    public void Clear()
    {
        for (var i = 0; i < _used; i++)
        {
            _records[i].Reset("", "");
        }

        // an unusual block does not keep its memory for ever
        if (_records.Count > 4096)
        {
            _records.RemoveRange(4096, _records.Count - 4096);
        }

        (_used, Lines, LinesBeforeTime, First, Last, Earliest, Latest, Outside) = (0, 0, 0, 0, 0, 0, 0, 0);
        Gaps.Clear();
        Kept.Clear();
        Rules.Clear();
        foreach (var notes in Notes)
        {
            notes?.Clear();
        }
    }
}
