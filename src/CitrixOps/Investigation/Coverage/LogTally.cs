using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CitrixOps.Appliances;
using CitrixOps.Investigation.Tampering;
using CitrixOps.Logs;

namespace CitrixOps.Investigation.Coverage;

/// <summary>Gathers the files of one log of one node and says what they cover together.</summary>
public sealed class LogTally
{
    private readonly List<FileSpan> _files = new();
    private readonly SortedSet<string> _notes = new(StringComparer.Ordinal);
    private readonly string _kind;
    private readonly string _logType;
    private readonly TimeSpan? _silence;

    /// <summary>Starts a log.</summary>
    /// <param name="kind">The live file's name.</param>
    /// <param name="logType">The log type.</param>
    /// <param name="silence">The longest ordinary silence, or null.</param>
    public LogTally(string kind, string logType, TimeSpan? silence)
    {
        _kind = kind;
        _logType = logType;
        _silence = silence;
    }

    /// <summary>The log type.</summary>
    public string LogType => _logType;

    /// <summary>The live file's name.</summary>
    public string Kind => _kind;

    /// <summary>The files, in the order they were read.</summary>
    public IReadOnlyList<FileSpan> Files => _files;

    /// <summary>Starts a file of the log.</summary>
    /// <param name="file">The file.</param>
    /// <param name="rotation">Its place in the rotation.</param>
    /// <param name="format">Its format.</param>
    public FileSpan StartFile(ApplianceFile file, int rotation, ILogFormat format)
    {
        var span = new FileSpan(file, rotation, format.OrdinarySilence, TimeOrder.For(format.LogType));
        _files.Add(span);
        return span;
    }

    /// <summary>Adds a remark on how times were resolved.</summary>
    public void Note(string note) => _notes.Add(note);

    /// <summary>What the log covers.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="node">The node.</param>
    /// <param name="since">Start of the window, UTC, or null.</param>
    /// <param name="until">End of the window, UTC, exclusive, or null.</param>
    /// <param name="collectedAt">When the log was collected, or null.</param>
    public LogCoverage Build(string gateway, string node, DateTimeOffset? since, DateTimeOffset? until, DateTimeOffset? collectedAt)
    {
        var ordered = _files.OrderByDescending(f => f.Rotation).ThenBy(f => f.First ?? DateTimeOffset.MaxValue).ThenBy(f => f.Name, StringComparer.Ordinal).ToList();
        var missing = Missing();
        var gaps = ordered.SelectMany(f => f.Gaps).Concat(GapsBetween(ordered, missing)).OrderBy(g => g.From).ToList();
        var coverage = new LogCoverage
        {
            Gateway = gateway,
            Node = node,
            Kind = _kind,
            LogType = _logType,
            First = ordered.Min(f => f.First),
            Last = ordered.Max(f => f.Last),
            CollectedAt = collectedAt,
            Lines = ordered.Sum(f => f.Lines),
            LinesWithoutTime = ordered.Sum(f => f.LinesWithoutTime),
            Files = ordered.Select(f => f.Name).ToArray(),
            Gaps = gaps,
            Missing = missing,
            Unreadable = ordered.Where(f => f.Fault is not null).Select(f => f.Name + ": " + f.Fault).ToArray(),
            TimeNotes = _notes.ToArray(),
        };
        (coverage.Covers, coverage.CoversReason) = CoverageRules.Judge(coverage, _silence, since, until);
        return coverage;
    }

    /// <summary>The files that a rotation without holes would have.</summary>
    public IReadOnlyList<string> Missing()
    {
        var present = new HashSet<int>(_files.Select(f => f.Rotation));
        var highest = present.Count == 0 ? -1 : present.Max();
        return Enumerable.Range(-1, Math.Max(0, highest + 1))
            .Where(i => !present.Contains(i))
            .Select(i => i < 0 ? _kind : _kind + "." + i.ToString(CultureInfo.InvariantCulture))
            .ToArray();
    }

    private List<CoverageGap> GapsBetween(List<FileSpan> ordered, IReadOnlyList<string> missing)
    {
        var gaps = new List<CoverageGap>();
        FileSpan? before = null;
        var broken = "";
        foreach (var file in ordered)
        {
            if (before?.Last is { } last && file.First is { } first && first > last)
            {
                var skipped = before.Rotation - file.Rotation > 1 && missing.Count > 0;
                var reason = skipped ? "a rotation file is missing" : before.Fault is not null ? before.Name + " ends early" : broken;
                if (reason.Length > 0)
                {
                    gaps.Add(new CoverageGap(last, first, reason));
                }
                else if (_silence is { } silence && first - last > silence)
                {
                    gaps.Add(new CoverageGap(last, first, "no record for " + Words.Of(first - last)));
                }
            }

            if (file.First is null)
            {
                broken = file.Fault is null ? broken : file.Name + " could not be read";
                continue;
            }

            broken = "";
            before = file;
        }

        return gaps;
    }
}
