using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using CitrixOps.Appliances;
using CitrixOps.Indicators;
using CitrixOps.Investigation.Coverage;
using CitrixOps.Investigation.Hunting;
using CitrixOps.Logs;
using CitrixOps.Logs.Reading;
using CitrixOps.Logs.Times;

namespace CitrixOps.Investigation;

/// <summary>Searches one log file: the time of each line for the coverage, and the rules on the few lines that can match.</summary>
internal sealed class LogScan
{
    private const int LinesBetweenSigns = 8192;
    private const int WaitingMost = 1000;
    private const int HeadLength = 1 << 20;
    private static readonly Encoding Latin1 = Encoding.GetEncoding(28591);

    private readonly ILogFormat _format;
    private readonly FindingCollector _collector;
    private readonly LogMatcher _matcher;
    private readonly ObserverSet _observers;
    private readonly LogTally _tally;
    private readonly FileSpan _span;
    private readonly LogRecord _record = new();
    private readonly List<LogRule> _hits = new();

    // hits before the first line with a time wait for it
    private readonly List<(LineContext Context, string Raw)> _waiting = new();
    private LineContext _context;

    public LogScan(LogFile log, ApplianceFile file, FindingCollector collector, NodeCoverage node, ApplianceFacts facts, LogMatcher matcher, ObserverSet observers)
    {
        _format = log.Format;
        _collector = collector;
        _matcher = matcher;
        _observers = observers;
        _tally = node.Log(log.Format, log.Kind);
        _span = _tally.StartFile(file, log.Rotation);
        _context = new LineContext { File = file, Kind = log.Kind, Node = facts.Node, ShowSecret = collector.ShowSecret };
        observers.StartFile(log, facts.Node);
    }

    public void Run(LogLineReader reader, TimeResolver resolver, Action alive, CancellationToken cancellationToken)
    {
        _collector.StartFile();
        LearnDateOrder(reader, resolver);
        var sign = 0;
        var before = _context.File.StartsAt;
        while (reader.Next())
        {
            if (++sign == LinesBetweenSigns)
            {
                sign = 0;
                cancellationToken.ThrowIfCancellationRequested();
                alive();
            }

            Line(reader.Line, reader.Number + before.Lines, reader.Offset + before.Bytes, resolver);
        }

        foreach (var (context, raw) in _waiting)
        {
            _context = context;
            Evaluate(raw);
        }

        Finish(reader, resolver);
    }

    private void Line(ReadOnlySpan<byte> line, long number, long offset, TimeResolver resolver)
    {
        var hasTime = _format.TryReadStamp(line, out var stamp) && Resolve(stamp, resolver);
        _span.Add(hasTime ? _context.Time : null);
        if (!hasTime && _context.Time is not null)
        {
            _context.TimeTrust = TimeTrust.Neighbour;
        }

        if (hasTime && _waiting.Count > 0)
        {
            Release();
        }

        var candidate = _matcher.IsCandidate(line);
        var observed = hasTime && _observers.Wants(line);
        if (!candidate && !observed)
        {
            return;
        }

        _context.Number = number;
        _context.Offset = offset;
        var raw = Latin1.GetString(line.ToArray());
        if (_context.Time is null && _waiting.Count < WaitingMost)
        {
            _waiting.Add((_context, raw));
            return;
        }

        _context.LoggedTime = hasTime ? raw.Substring(stamp.Start, Math.Min(stamp.Length, raw.Length - stamp.Start)) : null;

        Evaluate(raw, candidate, observed);
    }

    // numeric dates of the file's first lines tell the order of day and month where a line of its own does not
    private void LearnDateOrder(LogLineReader reader, TimeResolver resolver)
    {
        var head = reader.Peek(HeadLength);
        for (var end = head.IndexOf((byte)'\n'); end >= 0; end = head.IndexOf((byte)'\n'))
        {
            if (_format.TryReadStamp(head.Slice(0, end), out var stamp))
            {
                resolver.Learn(stamp);
            }

            head = head.Slice(end + 1);
        }
    }

    private bool Resolve(in LogStamp stamp, TimeResolver resolver)
    {
        if (!resolver.TryResolve(stamp, out var time, out var trust))
        {
            return false;
        }

        _context.Time = time;
        _context.TimeTrust = trust;
        _context.LoggedTime = null;
        return true;
    }

    private void Evaluate(string raw, bool candidate = true, bool observed = false)
    {
        _hits.Clear();
        Match(raw, 0, candidate, observed);

        // a relay may have joined records: each is looked at by itself as well
        var joined = candidate && raw.IndexOf(JoinedLines.Separator, StringComparison.Ordinal) > 0 ? JoinedLines.Split(raw) : Array.Empty<string>();
        foreach (var piece in joined)
        {
            Match(piece, _hits.Count, candidate, observed: false);
        }
    }

    // hits found before this piece are not repeated for it
    private void Match(string raw, int known, bool candidate, bool observed)
    {
        _record.Reset(_format.LogType, raw);
        _format.Parse(_record);
        if (observed)
        {
            _observers.Observe(_record, _context);
        }

        if (!candidate)
        {
            return;
        }

        _matcher.Match(_record, _hits);
        for (var i = known; i < _hits.Count; i++)
        {
            if (_hits.IndexOf(_hits[i]) == i)
            {
                _collector.Line(_hits[i], _record, _context);
            }
        }
    }

    private void Release()
    {
        var (time, logged) = (_context.Time, _context.LoggedTime);
        var trust = _context.TimeTrust;
        foreach (var (context, raw) in _waiting)
        {
            _context.Number = context.Number;
            _context.Offset = context.Offset;
            _context.TimeTrust = TimeTrust.Neighbour;
            Evaluate(raw);
        }

        _waiting.Clear();
        (_context.Time, _context.LoggedTime, _context.TimeTrust) = (time, logged, trust);
    }

    private void Finish(LogLineReader reader, TimeResolver resolver)
    {
        _span.Fault = reader.Fault?.Message;
        if (resolver.InferredYear)
        {
            _tally.Note("lines state no year: taken from when the file was written");
        }

        if (resolver.AssumedUtc)
        {
            _tally.Note("nothing names the zone: UTC assumed, give -TimeZone");
        }

        if (resolver.AtClockChange > 0)
        {
            _tally.Note(FormattableString.Invariant($"{resolver.AtClockChange} lines fall into a change of the clock and may be an hour off"));
        }
    }
}
