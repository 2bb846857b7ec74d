using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using CitrixOps.Appliances;
using CitrixOps.Appliances.Sources;
using CitrixOps.Indicators;
using CitrixOps.Investigation.Coverage;
using CitrixOps.Investigation.Hunting;
using CitrixOps.Logs;
using CitrixOps.Logs.Reading;
using CitrixOps.Logs.Times;
using CitrixOps.Polyfills;

namespace CitrixOps.Investigation.Scanning;

/// <summary>
/// Searches one log line by line, every time read in full, as simply as can be. Slow: it says what the search by blocks must come to.
/// </summary>
internal sealed class LineByLineScan
{
    private readonly FindingCollector _collector;
    private readonly NodeCoverage _node;
    private readonly LogRecord _record = new();
    private readonly List<LogRule> _hits = new();
    private readonly WaitingLines _waiting = new();
    private ILogFormat _format = LogFormats.All[0];
    private LogMatcher _matcher = null!;
    private ObserverSet _observers = null!;
    private FileSpan _span = null!;
    private LineContext _context;

    public LineByLineScan(FindingCollector collector, NodeCoverage node)
    {
        _collector = collector;
        _node = node;
    }

    /// <summary>Searches a file that may be a log.</summary>
    /// <param name="file">The file; what is to be reported is added to it.</param>
    /// <param name="plan">How the source is searched.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Bytes read.</returns>
    public long Search(FileRun file, ISourcePlan plan, CancellationToken cancellationToken)
    {
        var log = file.Log;
        Stream stream;
        try
        {
            stream = file.File!.OpenRead();
        }
        catch (Exception e) when (ReadFailures.Concerns(e))
        {
            file.Problems.Add(ReadFailures.Of(e, file.File!.ToString(), archive: false));
            if (log is not null)
            {
                Start(log, file.File);
                _span.Fault = file.Problems[0].Message;
            }

            return 0;
        }

        using var reader = new LogLineReader(stream, file.File.ToString());
        var head = reader.Peek(FileRun.HeadForKind);
        log ??= LogFile.FromContent(file.File, head);
        if (log is null)
        {
            file.Problems.AddRange(NoLog.Problems(file.File, head, reader.Fault));
            return 0;
        }

        var kit = plan.Kit(log.Format);
        (_format, _matcher, _observers) = (log.Format, kit.Matcher, kit.Observers);
        var tally = Start(log, file.File);
        _observers.StartFile(log, _node.Node);
        _collector.StartFile();
        Run(reader, plan.Resolver(file.File, log), tally, cancellationToken);
        if (reader.Fault is { } fault)
        {
            file.Problems.Add(fault);
        }

        return reader.BytesRead;
    }

    private LogTally Start(LogFile log, ApplianceFile file)
    {
        var tally = _node.Log(log.Format, log.Kind);
        _span = tally.StartFile(file, log.Rotation, log.Format);
        _context = new LineContext { File = file, Kind = log.Kind, Node = _node.Node, ShowSecret = _collector.ShowSecret, TimeTrust = TimeTrust.None };
        return tally;
    }

    private void Run(LogLineReader reader, TimeResolver resolver, LogTally tally, CancellationToken cancellationToken)
    {
        DateOrders.Learn(reader.Peek(DateOrders.HeadLength), _format, resolver);
        var before = _context.File.StartsAt;
        while (reader.Next())
        {
            cancellationToken.ThrowIfCancellationRequested();
            Line(reader.Line, reader.Number + before.Lines, reader.Offset + before.Bytes, resolver);
        }

        Release();
        _span.Fault = reader.Fault?.Message;
        LogNotes.Add(tally, resolver);
    }

    private void Line(ReadOnlySpan<byte> line, long number, long offset, TimeResolver resolver)
    {
        DateTimeOffset time = default;
        var trust = TimeTrust.None;
        var hasTime = _format.TryReadStamp(line, out var stamp) && resolver.TryResolve(stamp, out time, out trust);
        _span.Add(hasTime ? time : null);
        if (hasTime)
        {
            (_context.Time, _context.TimeTrust, _context.LoggedTime) = (time, TimeTrust.Neighbour, null);
            Release();
        }

        if (hasTime && !_collector.Window.Contains(time))
        {
            _collector.Outside(1);
        }

        var candidate = _collector.Window.Contains(_context.Time) && _matcher.IsCandidate(line);
        var observers = hasTime ? _observers.Wanting(line) : 0;
        if (!candidate && observers == 0)
        {
            return;
        }

        var raw = Latin1.Of(line);
        var context = _context;
        (context.Number, context.Offset) = (number, offset);
        if (hasTime)
        {
            context.TimeTrust = trust;
            context.LoggedTime = raw.Substring(stamp.Start, Math.Min(stamp.Length, raw.Length - stamp.Start));
        }

        _hits.Clear();
        Match(raw, context, candidate, observers);
        foreach (var piece in candidate ? JoinedLines.Of(raw) : Array.Empty<string>())
        {
            Match(piece, context, candidate: true, observers: 0);
        }
    }

    // hits found before this piece are not repeated for it
    private void Match(string raw, in LineContext context, bool candidate, uint observers)
    {
        var known = _hits.Count;
        _record.Reset(_format.LogType, raw);
        _format.Parse(_record);
        _observers.Observe(observers, _record, context);
        if (candidate)
        {
            _matcher.Match(_record, _hits);
        }

        var rules = new List<LogRule>();
        for (var i = known; i < _hits.Count; i++)
        {
            if (_hits.IndexOf(_hits[i]) == i)
            {
                rules.Add(_hits[i]);
            }
        }

        if (context.Time is not null || rules.Count == 0 || !_waiting.TryAdd(context, _record, rules.ToArray()))
        {
            foreach (var rule in rules)
            {
                _collector.Line(rule, _record, context);
            }
        }
    }

    private void Release()
    {
        foreach (var (waiting, record, rules) in _waiting.Lines)
        {
            var context = waiting;
            (context.Time, context.TimeTrust) = (_context.Time, _context.TimeTrust);
            foreach (var rule in rules)
            {
                _collector.Line(rule, record, context);
            }
        }

        _waiting.Clear();
    }
}
