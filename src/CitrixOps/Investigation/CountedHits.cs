using System;
using System.Collections.Generic;
using System.Text;
using CitrixOps.Indicators;
using CitrixOps.Logs;
using CitrixOps.Polyfills;

namespace CitrixOps.Investigation;

/// <summary>
/// Hits that correlations count. Most feed one that never holds: until somebody asks for its finding a hit is a few numbers and the bytes
/// of its record, without an object of its own.
/// </summary>
internal sealed class CountedHits
{
    private const int PieceLength = 64 * 1024;
    private static readonly Encoding Latin1Text = Encoding.GetEncoding(28591);

    private readonly Func<Indicator, string, Finding> _describe;
    private readonly Dictionary<int, Finding> _findings = new();
    private readonly Dictionary<int, string> _loggedTimes = new();
    private readonly List<(LineContext Context, string LogType)> _logs = new();
    private readonly List<LogRule> _rules = new();
    private readonly Stack<int> _free = new();
    private Hit[] _hits = new Hit[256];
    private int _count;
    private List<byte[]> _pieces = new();
    private int _used = PieceLength;

    /// <param name="describe">Starts a finding of an indicator on a node.</param>
    public CountedHits(Func<Indicator, string, Finding> describe) => _describe = describe;

    /// <summary>Adds a hit that is a finding already.</summary>
    /// <returns>What to ask for it by.</returns>
    public int Add(Finding finding)
    {
        var hit = New();
        _findings[hit] = finding;
        return hit;
    }

    /// <summary>Adds a hit.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="record">The record; not kept.</param>
    /// <param name="context">Where it stands.</param>
    /// <param name="earlier">How many identical records of its file came before it.</param>
    /// <returns>What to ask for it by.</returns>
    public int Add(LogRule rule, LogRecord record, in LineContext context, int earlier)
    {
        var at = New();
        ref var hit = ref _hits[at];
        (hit.Rule, hit.Log, hit.Earlier) = (Rule(rule), Log(record, context), earlier);
        (hit.Number, hit.Offset, hit.Ticks, hit.Trust) = (context.Number, context.Offset, context.Time?.UtcTicks ?? -1, context.TimeTrust);
        hit.StampInRecord = context.StampInRecord;
        if (context.LoggedTime is { } logged)
        {
            _loggedTimes[at] = logged;
        }

        var raw = record.Raw;
        (hit.Piece, hit.Start, hit.Length) = Room(raw.Length);
        Latin1Text.GetBytes(raw, 0, raw.Length, _pieces[hit.Piece], hit.Start);
        return at;
    }

    /// <summary>The finding of a hit, always the same one.</summary>
    public Finding Finding(int hit)
    {
        if (!_findings.TryGetValue(hit, out var finding))
        {
            _findings[hit] = finding = Make(hit);
        }

        return finding;
    }

    /// <summary>Forgets a hit.</summary>
    public void Remove(int hit)
    {
        _findings.Remove(hit);
        _loggedTimes.Remove(hit);
        _free.Push(hit);
    }

    /// <summary>Forgets all hits but some, and gives back their memory.</summary>
    public void KeepOnly(HashSet<int> hits)
    {
        _free.Clear();
        var pieces = _pieces;
        (_pieces, _used) = (new List<byte[]>(), PieceLength);
        for (var at = 0; at < _count; at++)
        {
            if (!hits.Contains(at))
            {
                Remove(at);
            }
            else if (!_findings.ContainsKey(at))
            {
                ref var hit = ref _hits[at];
                var (piece, start) = (hit.Piece, hit.Start);
                (hit.Piece, hit.Start, hit.Length) = Room(hit.Length);
                Buffer.BlockCopy(pieces[piece], start, _pieces[hit.Piece], hit.Start, hit.Length);
            }
        }
    }

    private Finding Make(int at)
    {
        var hit = _hits[at];
        var (context, logType) = _logs[hit.Log];
        var format = LogFormats.ByType(logType)!;
        var text = new ReadOnlySpan<byte>(_pieces[hit.Piece], hit.Start, hit.Length);
        var record = new LogRecord();
        record.Reset(logType, Latin1.Of(text));
        format.Parse(record);
        (context.Number, context.Offset, context.TimeTrust) = (hit.Number, hit.Offset, hit.Trust);
        context.Time = hit.Ticks < 0 ? null : new DateTimeOffset(hit.Ticks, TimeSpan.Zero);
        context.LoggedTime = hit.StampInRecord && format.TryReadStamp(text, out var stamp) ? record.Raw.Substring(stamp.Start, Math.Min(stamp.Length, record.Raw.Length - stamp.Start))
            : _loggedTimes.TryGetValue(at, out var logged) ? logged : null;
        var rule = _rules[hit.Rule];
        return LineFinding.Of(_describe(rule, context.Node), rule, record, context, hit.Earlier);
    }

    private int New()
    {
        if (_free.Count > 0)
        {
            return _free.Pop();
        }

        if (_count == _hits.Length)
        {
            Array.Resize(ref _hits, _count * 2);
        }

        return _count++;
    }

    private int Rule(LogRule rule)
    {
        var known = _rules.IndexOf(rule);
        if (known < 0)
        {
            known = _rules.Count;
            _rules.Add(rule);
        }

        return known;
    }

    // hits come log by log
    private int Log(LogRecord record, in LineContext context)
    {
        var last = _logs.Count - 1;
        if (last < 0 || !ReferenceEquals(_logs[last].Context.File, context.File) || _logs[last].LogType != record.LogType || _logs[last].Context.Node != context.Node || _logs[last].Context.Kind != context.Kind)
        {
            _logs.Add((context, record.LogType));
            last++;
        }

        return last;
    }

    private (int Piece, int Start, int Length) Room(int length)
    {
        if (length > PieceLength / 8)
        {
            // a piece of its own; the next text begins another
            _pieces.Add(new byte[length]);
            _used = PieceLength;
            return (_pieces.Count - 1, 0, length);
        }

        if (PieceLength - _used < length)
        {
            _pieces.Add(new byte[PieceLength]);
            _used = 0;
        }

        _used += length;
        return (_pieces.Count - 1, _used - length, length);
    }

    private struct Hit
    {
        public long Number;
        public long Offset;
        public long Ticks;
        public int Rule;
        public int Log;
        public int Earlier;
        public int Piece;
        public int Start;
        public int Length;
        public TimeTrust Trust;
        public bool StampInRecord;
    }
}
