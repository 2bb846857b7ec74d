using System;
using System.Collections.Generic;
using CitrixOps.Appliances;
using CitrixOps.Investigation.Tampering;

namespace CitrixOps.Investigation.Coverage;

/// <summary>What one log file covers, gathered line by line in constant memory.</summary>
public sealed class FileSpan
{
    /// <summary>The most silences that are kept.</summary>
    internal const int GapsKept = 1000;

    private readonly TimeSpan? _silence;
    private readonly TimeOrder? _order;
    private readonly List<CoverageGap> _gaps = new();
    private DateTimeOffset? _previous;

    /// <summary>Starts a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="rotation">Its place in the rotation; -1 for the live file.</param>
    /// <param name="silence">The longest ordinary silence, or null.</param>
    /// <param name="order">Follows the order of its times, or null where an order means nothing.</param>
    internal FileSpan(ApplianceFile file, int rotation, TimeSpan? silence, TimeOrder? order)
    {
        File = file;
        Rotation = rotation;
        _silence = silence;
        _order = order;
    }

    /// <summary>The file.</summary>
    public ApplianceFile File { get; }

    /// <summary>The file's name.</summary>
    public string Name => File.Name;

    internal TimeOrder? Order => _order;

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

        Silence(at);
        _order?.Add(at.UtcTicks, Lines);
        _previous = at;
        First = First is { } first && first <= at ? first : at;
        Last = Last is { } last && last >= at ? last : at;
    }

    /// <summary>Adds the lines of a block.</summary>
    internal void Add(Scanning.BlockLines block)
    {
        for (var i = 0; _order is not null && i < block.Lines; i++)
        {
            if (block.Times[i] != Scanning.BlockLines.NoTime)
            {
                _order.Add(block.Times[i], Lines + i + 1);
            }
        }

        Lines += block.Lines;
        LinesWithoutTime += _previous is null ? block.LinesBeforeTime : 0;
        if (!block.HasTime)
        {
            return;
        }

        Silence(At(block.First));
        foreach (var (from, to) in block.Gaps)
        {
            Gap(At(from), At(to));
        }

        _previous = At(block.Last);
        First = First is { } first && first <= At(block.Earliest) ? first : At(block.Earliest);
        Last = Last is { } last && last >= At(block.Latest) ? last : At(block.Latest);
    }

    private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);

    private void Silence(DateTimeOffset at)
    {
        if (_previous is { } previous && _silence is { } silence && at - previous > silence)
        {
            Gap(previous, at);
        }
    }

    private void Gap(DateTimeOffset from, DateTimeOffset to)
    {
        if (_gaps.Count < GapsKept)
        {
            _gaps.Add(new CoverageGap(from, to, "no record for " + Words.Of(to - from)));
        }
    }
}
