using System;
using System.Collections.Generic;

namespace CitrixOps.Investigation.Coverage;

/// <summary>What one log file covers, gathered line by line in constant memory.</summary>
public sealed class FileSpan
{
    private const int GapsKept = 1000;

    private readonly TimeSpan? _silence;
    private readonly List<CoverageGap> _gaps = new();
    private DateTimeOffset? _previous;

    /// <summary>Starts a file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="rotation">Its place in the rotation; -1 for the live file.</param>
    /// <param name="silence">The longest ordinary silence, or null.</param>
    public FileSpan(string name, int rotation, TimeSpan? silence)
    {
        Name = name;
        Rotation = rotation;
        _silence = silence;
    }

    /// <summary>The file's name.</summary>
    public string Name { get; }

    /// <summary>Its place in the rotation.</summary>
    public int Rotation { get; }

    /// <summary>The earliest time.</summary>
    public DateTimeOffset? First { get; private set; }

    /// <summary>The latest time.</summary>
    public DateTimeOffset? Last { get; private set; }

    /// <summary>Lines read.</summary>
    public long Lines { get; private set; }

    /// <summary>Lines that have no time and no neighbour to take one from.</summary>
    public long LinesWithoutTime { get; private set; }

    /// <summary>Silences longer than ordinary.</summary>
    public IReadOnlyList<CoverageGap> Gaps => _gaps;

    /// <summary>Why the file could not be read to its end, or null.</summary>
    public string? Fault { get; set; }

    /// <summary>Adds a line.</summary>
    /// <param name="time">Its own time, or null.</param>
    public void Add(DateTimeOffset? time)
    {
        Lines++;
        if (time is not { } at)
        {
            LinesWithoutTime += _previous is null ? 1 : 0;
            return;
        }

        if (_previous is { } previous && _silence is { } silence && at - previous > silence && _gaps.Count < GapsKept)
        {
            _gaps.Add(new CoverageGap(previous, at, "no record for " + Words.Of(at - previous)));
        }

        _previous = at;
        First = First is { } first && first <= at ? first : at;
        Last = Last is { } last && last >= at ? last : at;
    }
}
