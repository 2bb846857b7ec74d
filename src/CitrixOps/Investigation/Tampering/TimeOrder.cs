using System;
using System.Collections.Generic;
using CitrixOps.Logs;

namespace CitrixOps.Investigation.Tampering;

/// <summary>
/// Follows the times of one file line by line, in constant memory. Syslog appends: a few lines whose time lies elsewhere than that of
/// their neighbours on both sides were put there. A time that falls back and stays is a clock that was set, or files that were joined.
/// </summary>
internal sealed class TimeOrder
{
    /// <summary>More misplaced stretches than this are a merged stream, and nobody's forgery.</summary>
    public const int MostStretches = 20;

    // seconds of disorder are ordinary: several processes, relays
    private const long Tolerance = 5 * TimeSpan.TicksPerMinute;
    private const int LongestBehind = 20;
    private const int LongestAhead = 5;

    private readonly List<Stretch> _stretches = new();
    private long _level;
    private long _first;
    private (long Line, long At, long Level) _behind;
    private (long Line, long At, long Level) _leap;
    private (int Count, long Last, long LongestStep) _within;

    /// <summary>The order of a log, or null where a file is not written in the order of its times: httpd writes when a request ends
    /// the time it began, and a firewall's log comes over relays.</summary>
    public static TimeOrder? For(string logType) => IsKept(logType) ? new TimeOrder() : null;

    /// <summary>Whether a log is written in the order of its times.</summary>
    public static bool IsKept(string logType) => logType != LogTypes.HttpAccess && !LogTypes.IsFirewall(logType);

    /// <summary>Stretches of lines that do not belong where they stand; the first of them.</summary>
    public IReadOnlyList<Stretch> Stretches => _stretches;

    /// <summary>How many stretches there are.</summary>
    public long StretchCount { get; private set; }

    /// <summary>Times that fell back and stayed, without those of files that were joined.</summary>
    public int Setbacks { get; private set; }

    /// <summary>The first of them: line, and the times before and from it.</summary>
    public (long Line, DateTimeOffset Before, DateTimeOffset After) Setback { get; private set; }

    /// <summary>Times that fell back before the first of the file: newer files stand before older ones.</summary>
    public int Joined { get; private set; }

    /// <summary>A line with a time.</summary>
    /// <param name="at">The time, UTC ticks.</param>
    /// <param name="line">Its number in the file.</param>
    public void Add(long at, long line)
    {
        if (_first == 0)
        {
            (_first, _level) = (at, at);
        }
        else if (_behind.Line > 0)
        {
            Behind(at, line);
        }
        else if (at < _level - Tolerance)
        {
            FallBack(at, line);
        }
        else
        {
            Forward(at, line);
        }
    }

    private void Forward(long at, long line)
    {
        _leap = at > _level + Tolerance ? (line, at, _level) : _leap;
        _level = Math.Max(_level, at);
    }

    // back to where it was before a leap a few lines ago, or the start of a stretch
    private void FallBack(long at, long line)
    {
        if (_leap.Line > 0 && at >= _leap.Level - Tolerance && line - _leap.Line <= LongestAhead)
        {
            Keep(new Stretch(_leap.Line, line - _leap.Line, Time(_leap.At), Time(_leap.Level)));
            (_level, _leap) = (at, default);
            return;
        }

        (_behind, _within) = ((line, at, _level), (1, at, 0));
    }

    private void Behind(long at, long line)
    {
        // a stretch ends with a leap back to where the log was; a clock that was set back walks there
        var step = at - _within.Last;
        if (at >= _behind.Level - TimeSpan.TicksPerMinute && (_within.Count == 1 || step > 2 * _within.LongestStep))
        {
            Keep(new Stretch(_behind.Line, line - _behind.Line, Time(_behind.At), Time(_behind.Level)));
            (_level, _behind, _leap) = (Math.Max(at, _behind.Level), default, default);
            return;
        }

        _within = (_within.Count + 1, at, Math.Max(_within.LongestStep, Math.Abs(step)));
        if (_within.Count > LongestBehind || at >= _behind.Level - Tolerance)
        {
            SetBack(at);
        }
    }

    private void SetBack(long at)
    {
        if (_behind.At < _first)
        {
            Joined++;
            _first = _behind.At;
        }
        else if (++Setbacks == 1)
        {
            Setback = (_behind.Line, Time(_behind.Level), Time(_behind.At));
        }

        (_level, _behind, _leap) = (at, default, default);
    }

    private void Keep(Stretch stretch)
    {
        StretchCount++;
        if (_stretches.Count <= MostStretches)
        {
            _stretches.Add(stretch);
        }
    }

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    /// <summary>Lines that stand where their time does not belong.</summary>
    /// <param name="Line">The first of them.</param>
    /// <param name="Count">How many lines.</param>
    /// <param name="Time">What the first states.</param>
    /// <param name="Among">The time of the line before it.</param>
    internal sealed record Stretch(long Line, long Count, DateTimeOffset Time, DateTimeOffset Among)
    {
        private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

        /// <summary>How far off it is.</summary>
        public TimeSpan Off => Time - Among;

        /// <summary>Off by whole half hours, up to a day: another zone, or a change of the clock.</summary>
        public bool IsZone
        {
            get
            {
                var ticks = Off.Duration().Ticks;
                var rest = ticks % (30 * TimeSpan.TicksPerMinute);
                return ticks <= 26 * TimeSpan.TicksPerHour && ticks > 20 * TimeSpan.TicksPerMinute && (rest <= Minute.Ticks || rest >= (30 * TimeSpan.TicksPerMinute) - Minute.Ticks);
            }
        }
    }
}
