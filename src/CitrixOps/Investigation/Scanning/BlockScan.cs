using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using CitrixOps.Indicators;
using CitrixOps.Investigation.Hunting;
using CitrixOps.Logs;
using CitrixOps.Logs.Reading;
using CitrixOps.Logs.Times;
using CitrixOps.Polyfills;

namespace CitrixOps.Investigation.Scanning;

/// <summary>
/// Scans a block of a log by itself: counts lines, reads times, parses and matches the few lines that can match. It knows nothing of
/// what came before the block and changes nothing but its result, so blocks are scanned in any order. One thread at a time.
/// </summary>
internal sealed class BlockScan
{
    private readonly ILogFormat _format;
    private readonly LogMatcher _matcher;
    private readonly ObserverSet _observers;
    private readonly SearchWindow _window;
    private readonly long _since;
    private readonly long _until;
    private readonly bool _matches;
    private readonly bool _ordered;
    private readonly long _silence;
    private readonly LineClock _clock;
    private readonly LineHeads _heads = new();
    private readonly List<LogRule> _hits = new();

    public BlockScan(ILogFormat format, LogMatcher matcher, ObserverSet observers, SearchWindow window)
    {
        _format = format;
        _matcher = matcher;
        _observers = observers;
        _window = window;
        (_since, _until) = (window.Since?.UtcTicks ?? long.MinValue, window.Until.UtcTicks);
        _ordered = Tampering.TimeOrder.IsKept(format.LogType);
        _matches = matcher.Rules.Count > 0;
        _silence = format.OrdinarySilence?.Ticks ?? long.MaxValue;
        _clock = new LineClock(format);
    }

    /// <summary>Scans a block.</summary>
    /// <param name="text">Its lines.</param>
    /// <param name="file">Resolves the times of the file.</param>
    /// <param name="order">The order of day and month that the lines before it told.</param>
    /// <param name="result">Where the result goes; emptied first.</param>
    public void Run(ReadOnlySpan<byte> text, TimeResolver file, DateOrder order, BlockLines result)
    {
        // no line outside the window can count: where the ends of a block lie there, only its times are read first
        if (!_matches || !EndsOutside(text, file.Fork(order)) || !TryPass(text, file.Fork(order), result, matches: false))
        {
            TryPass(text, file.Fork(order), result, _matches);
        }
    }

    private bool EndsOutside(ReadOnlySpan<byte> text, TimeResolver resolver)
    {
        _clock.Start(resolver);
        var end = text.Length > 0 && text[text.Length - 1] == '\n' ? text.Length - 1 : text.Length;
        return _clock.TryRead(LineAt(text), out var first, out _) && _clock.TryRead(LineAt(text.Slice(text.Slice(0, end).LastIndexOf((byte)'\n') + 1)), out var last, out _) && _window.Misses(first, last);
    }

    // without matching it ends where a line may count after all
    [MethodImpl(Jit.AtOnce)]
    private bool TryPass(ReadOnlySpan<byte> text, TimeResolver resolver, BlockLines result, bool matches)
    {
        result.Clear();
        result.Resolver = resolver;
        result.OrderGiven = resolver.Order;
        result.NotesFor(_observers);
        _clock.Start(resolver);
        var candidates = _matcher.Candidates(text);
        var next = matches ? candidates.Next(0) : -1;
        var observes = !_observers.IsEmpty;
        var (earliest, latest) = (long.MaxValue, long.MinValue);
        var (any, inside) = (false, true);
        var (lines, start) = (0, 0);
        while (start < text.Length)
        {
            var rest = text.Slice(start);
            var newline = rest.IndexOf((byte)'\n');
            var end = newline < 0 ? text.Length : start + newline;
            var marked = next >= 0 && next <= end;
            var line = Line(rest, newline);
            var hasTime = _clock.TryRead(line, out var ticks, out var trust);
            if (hasTime)
            {
                if (!any)
                {
                    any = true;
                    (result.LinesBeforeTime, result.First) = (lines, ticks);
                }
                else if (ticks - result.Last > _silence && result.Gaps.Count < Coverage.FileSpan.GapsKept)
                {
                    result.Gaps.Add((result.Last, ticks));
                }

                result.Last = ticks;
                earliest = Math.Min(earliest, ticks);
                latest = Math.Max(latest, ticks);
                inside = ticks >= _since && ticks < _until;
                result.Outside += inside ? 0 : 1;
            }

            // a line without a time has that of the line before it, which may stand in another block
            if (inside && !matches && _matches)
            {
                return false;
            }

            var candidate = marked && inside;
            if (hasTime)
            {
                var observers = observes ? _observers.Note(line, new NotedPlace(lines, start, ticks, trust), result.Notes, _heads) : 0;
                if (candidate || observers != 0)
                {
                    Keep(result, line, (lines, start), (true, ticks, trust), own: true, candidate, observers);
                }
            }
            else if (candidate)
            {
                Keep(result, line, (lines, start), (any, result.Last, TimeTrust.Neighbour), own: false, candidate, observers: 0);
            }

            if (_ordered)
            {
                result.SetTime(lines, hasTime ? ticks : BlockLines.NoTime);
            }

            lines++;
            start = end + 1;
            if (marked)
            {
                next = start < text.Length ? candidates.Next(start) : -1;
            }
        }

        result.Lines = lines;
        result.LinesBeforeTime = any ? result.LinesBeforeTime : lines;
        (result.Earliest, result.Latest) = (earliest, latest);
        return true;
    }

    /// <summary>The first line of a text.</summary>
    public static ReadOnlySpan<byte> LineAt(ReadOnlySpan<byte> text) => Line(text, text.IndexOf((byte)'\n'));

    // without its line end, and not longer than any line is looked at
    private static ReadOnlySpan<byte> Line(ReadOnlySpan<byte> rest, int newline)
    {
        var length = newline < 0 ? rest.Length : newline > 0 && rest[newline - 1] == '\r' ? newline - 1 : newline;
        return rest.Slice(0, Math.Min(length, LogLineReader.LongestLine));
    }

    private void Keep(BlockLines result, ReadOnlySpan<byte> line, (int Lines, int Bytes) before, (bool Has, long Ticks, TimeTrust Trust) time, bool own, bool candidate, uint observers)
    {
        var raw = Latin1.Of(line);
        var kept = new KeptLine { LinesBefore = before.Lines, BytesBefore = before.Bytes, HasTime = time.Has, Ticks = time.Ticks, Trust = time.Trust, Observers = observers, StampInRecord = own };
        _hits.Clear();
        Match(result, raw, line, kept, candidate);
        if (!candidate)
        {
            return;
        }

        // a relay may have joined records: each is looked at by itself as well
        var pieces = JoinedLines.Of(raw);
        if (pieces.Count > 0)
        {
            (kept.Observers, kept.LoggedTime, kept.StampInRecord) = (0, own ? Stamp(line, raw) : null, false);
        }

        foreach (var piece in pieces)
        {
            Match(result, piece, line, kept, candidate: true);
        }
    }

    // hits found before this piece are not repeated for it
    private void Match(BlockLines result, string raw, ReadOnlySpan<byte> line, KeptLine kept, bool candidate)
    {
        var (known, isWhole) = (_hits.Count, raw.Length == line.Length);
        kept.Record = result.NewRecord();
        kept.Record.Reset(_format.LogType, raw);
        _format.Parse(kept.Record);
        kept.FirstRule = result.Rules.Count;
        if (candidate)
        {
            _matcher.Match(kept.Record, isWhole ? line : default, _hits);
        }

        for (var i = known; i < _hits.Count; i++)
        {
            if (_hits.IndexOf(_hits[i]) == i)
            {
                result.Rules.Add(_hits[i]);
            }
        }

        kept.RuleCount = result.Rules.Count - kept.FirstRule;
        if (kept.RuleCount > 0 || kept.Observers != 0)
        {
            if (kept.StampInRecord && (kept.Observers != 0 || AnyShown(result.Rules, kept.FirstRule)))
            {
                (kept.LoggedTime, kept.StampInRecord) = (Stamp(line, raw), false);
            }

            result.Kept.Add(kept);
        }
        else
        {
            result.DropRecord();
        }
    }

    private static bool AnyShown(List<LogRule> rules, int from)
    {
        for (var i = from; i < rules.Count; i++)
        {
            if (rules[i].IsShown)
            {
                return true;
            }
        }

        return false;
    }

    // the time as written
    private string? Stamp(ReadOnlySpan<byte> line, string raw) =>
        _format.TryReadStamp(line, out var stamp) ? raw.Substring(stamp.Start, Math.Min(stamp.Length, raw.Length - stamp.Start)) : null;
}
