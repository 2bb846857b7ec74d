using System;
using CitrixOps.Appliances;
using CitrixOps.Investigation.Coverage;
using CitrixOps.Investigation.Hunting;
using CitrixOps.Logs;
using CitrixOps.Logs.Reading;
using CitrixOps.Logs.Times;

namespace CitrixOps.Investigation.Scanning;

/// <summary>
/// Puts the blocks of one log together in their order: coverage across their borders, times lent by the line before, matches that wait
/// for the first time, observers, findings.
/// </summary>
internal sealed class LogMerge
{
    private readonly FindingCollector _collector;
    private readonly ObserverSet _observers;
    private readonly LogTally _tally;
    private readonly FileSpan _span;
    private readonly TimeResolver _resolver;
    private readonly WaitingLines _waiting = new();
    private readonly NotedLine _noted;
    private LineContext _context;
    private DateTimeOffset? _time;
    private long _lines;

    public LogMerge(LogFile log, ApplianceFile file, FindingCollector collector, NodeCoverage node, ObserverSet observers, TimeResolver resolver)
    {
        _collector = collector;
        _observers = observers;
        _resolver = resolver;
        _tally = node.Log(log.Format, log.Kind);
        _span = _tally.StartFile(file, log.Rotation, log.Format);
        _context = new LineContext { File = file, Kind = log.Kind, Node = node.Node, ShowSecret = collector.ShowSecret };
        _noted = new NotedLine(log.Format, _context);
        observers.StartFile(log, node.Node);
        collector.StartFile();
    }

    /// <summary>The order of day and month as told by what was added.</summary>
    public DateOrder Order => _resolver.Order;

    /// <summary>Whether a block was scanned under the order that turned out; otherwise it must be scanned again.</summary>
    public bool IsRight(BlockLines block) =>
        !block.Resolver.UsedOrderGiven || (block.OrderGiven == DateOrder.DayFirst) == (_resolver.Order == DateOrder.DayFirst);

    /// <summary>Adds the next block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="lines">What it holds.</param>
    public void Add(Block block, BlockLines lines)
    {
        _resolver.Continue(lines.Resolver);
        _span.Add(lines);
        _collector.Outside(lines.Outside);
        _noted.Start(block, _lines);
        var released = false;
        foreach (var kept in lines.Kept)
        {
            HandOver(lines, kept.Observers, kept.LinesBefore);
            if (kept.HasTime && !released)
            {
                released = true;
                Release(lines.First);
            }

            Line(kept, lines, block.Offset + kept.BytesBefore);
        }

        HandOver(lines, uint.MaxValue, int.MaxValue);
        if (lines.HasTime)
        {
            if (!released)
            {
                Release(lines.First);
            }

            _time = new DateTimeOffset(lines.Last, TimeSpan.Zero);
        }

        _lines += lines.Lines;
    }

    /// <summary>Ends the file.</summary>
    /// <param name="fault">Why it could not be read to its end, or null.</param>
    public void Finish(string? fault)
    {
        Release(null);
        _span.Fault = fault;
        LogNotes.Add(_tally, _resolver);
    }

    // observers learn of lines in their order
    private void HandOver(BlockLines lines, uint observers, int end)
    {
        for (var i = 0; observers != 0 && i < lines.Notes.Length; i++)
        {
            if ((observers & (1u << i)) != 0)
            {
                lines.Notes[i]?.HandOver(end, _noted);
            }
        }
    }

    private void Line(in KeptLine kept, BlockLines lines, long offset)
    {
        var before = _context.File.StartsAt;
        _context.Number = _lines + kept.LinesBefore + 1 + before.Lines;
        _context.Offset = offset + before.Bytes;
        _context.Time = kept.HasTime ? new DateTimeOffset(kept.Ticks, TimeSpan.Zero) : _time;
        _context.TimeTrust = kept.HasTime ? kept.Trust : _time is null ? TimeTrust.None : TimeTrust.Neighbour;
        (_context.LoggedTime, _context.StampInRecord) = (kept.LoggedTime, kept.StampInRecord);
        if (kept.Observers != 0)
        {
            _observers.Observe(kept.Observers, kept.Record, _context);
        }

        if (_context.Time is null && kept.RuleCount > 0 && _waiting.TryAdd(_context, kept.Record, lines.Rules.GetRange(kept.FirstRule, kept.RuleCount).ToArray()))
        {
            return;
        }

        for (var i = kept.FirstRule; i < kept.FirstRule + kept.RuleCount; i++)
        {
            _collector.Line(lines.Rules[i], kept.Record, _context);
        }
    }

    // what waited takes the first time there is
    private void Release(long? ticks)
    {
        foreach (var (waiting, record, rules) in _waiting.Lines)
        {
            var context = waiting;
            if (ticks is { } at)
            {
                (context.Time, context.TimeTrust) = (new DateTimeOffset(at, TimeSpan.Zero), TimeTrust.Neighbour);
            }

            foreach (var rule in rules)
            {
                _collector.Line(rule, record, context);
            }
        }

        _waiting.Clear();
    }
}
