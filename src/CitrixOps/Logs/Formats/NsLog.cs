using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Logs.Times;

namespace CitrixOps.Logs.Formats;

/// <summary>
/// ns.log: a syslog stamp without year, then the packet engine's own stamp with year, in GMT or local time, in one of three orders.
/// The inner stamp is the better one; the outer tells month from day where the inner could be either. Lines of daemons have no inner
/// stamp and are plain syslog.
/// </summary>
internal sealed class NsLog : ILogFormat, IRepeatedStamp
{
    private const int SearchFor = 160;
    private const int HeadLength = 400;

    public string LogType => LogTypes.NsLog;

    public IReadOnlyList<string> Stems { get; } = new[] { "ns.log" };

    // monitors, health checks and sessions write all day
    public TimeSpan? OrdinarySilence => TimeSpan.FromHours(6);

    public IReadOnlyList<string> Fields { get; } = SyslogHead.Fields
        .Concat(new[] { "ppe", "partition", "module", "event", "message-id" })
        .Concat(NsLogMessage.Fields)
        .Concat(ShellCommand.Fields)
        .Distinct().ToArray();

    public bool Recognizes(ReadOnlySpan<byte> line) => FindInner(line, LinePrefix.Length(line), out _) >= 0;

    public bool TryReadStamp(ReadOnlySpan<byte> line, out LogStamp stamp)
    {
        var hasOuter = SyslogStamp.TryRead(line, out var outer);
        var at = FindInner(line, hasOuter ? outer.Start + outer.Length : LinePrefix.Length(line), out stamp);
        if (at < 0)
        {
            stamp = outer;
            return hasOuter;
        }

        stamp.Start = at;
        if (hasOuter && stamp.Order == DateOrder.Either)
        {
            var dayFirst = Distance(outer, stamp.Day, stamp.Month);
            var monthFirst = Distance(outer, stamp.Month, stamp.Day);
            if (dayFirst < monthFirst)
            {
                (stamp.Month, stamp.Day) = (stamp.Day, stamp.Month);
            }

            stamp.Order = dayFirst == monthFirst ? DateOrder.Either : DateOrder.Settled;
        }

        return true;
    }

    public StampPlace Place { get; } = new AtStart();

    public void Parse(LogRecord record)
    {
        var raw = record.Raw;
        var inner = InnerStamp(raw);
        var separator = inner < 0 ? -1 : raw.IndexOf(" : ", inner, StringComparison.Ordinal);
        if (separator < 0)
        {
            ShellCommand.Parse(record, SyslogHead.Parse(record));
            return;
        }

        Head(record, raw, inner, separator);

        // [partition] MODULE EVENT number [0]: the 10.x form has no partition and no trailing 0
        var colon = raw.IndexOf(" : ", separator + 3, StringComparison.Ordinal);
        var end = colon < 0 ? raw.Length : colon;
        var words = raw.Substring(separator + 3, end - separator - 3).Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries);
        var number = Array.FindIndex(words, w => w.All(c => c is >= '0' and <= '9'));
        var at = number > 2 ? number - 2 : words.Length > 2 && number < 0 ? 1 : 0;
        record.Set("partition", at > 0 ? words[at - 1] : null);
        record.Set("module", words.Length > at ? words[at] : null);
        record.Set("event", words.Length > at + 1 ? words[at + 1] : null);
        record.Set("message-id", number > 0 ? words[number] : null);
        var text = colon < 0 ? "" : raw.Substring(colon + 3).Trim();
        record.Set("message", text);
        NsLogMessage.Parse(record, text);
    }

    // ... <local0.info> 192.0.2.21  05/31/2024:06:05:23 GMT HA1 0-PPE-0; the host may be empty
    private static void Head(LogRecord record, string raw, int inner, int separator)
    {
        var head = raw.Substring(inner, separator - inner).Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries);
        var ppe = Array.FindIndex(head, t => t.IndexOf("PPE-", StringComparison.Ordinal) >= 0);
        record.Set("ppe", ppe < 0 ? null : head[ppe]);
        record.Set("node", ppe > 1 && head[ppe - 1] != "GMT" ? head[ppe - 1] : null);
        var before = raw.Substring(0, inner).Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries);
        var last = before.Length == 0 ? "" : before[before.Length - 1];
        record.Set("host", last.Length == 0 || last[last.Length - 1] == '>' || last == "-" || (last.Length == 8 && last[2] == ':' && last[5] == ':') ? null : last);
    }

    /// <summary>Where the packet engine's own stamp stands in a line; -1 when there is none.</summary>
    internal static int InnerStamp(ReadOnlySpan<byte> line)
    {
        var head = line.Slice(0, Math.Min(line.Length, HeadLength));
        return FindInner(head, LinePrefix.Length(head), out _);
    }

    private static int InnerStamp(string raw)
    {
        Span<byte> head = stackalloc byte[Math.Min(raw.Length, HeadLength)];
        for (var i = 0; i < head.Length; i++)
        {
            head[i] = (byte)raw[i];
        }

        return InnerStamp(head);
    }

    private static int FindInner(ReadOnlySpan<byte> line, int start, out LogStamp stamp)
    {
        // its first slash stands behind two digits or four
        var last = Math.Min(line.Length - 19, start + SearchFor);
        var slash = start + 1;
        while (slash < last + 5)
        {
            var next = line.Slice(slash, Math.Min(line.Length, last + 5) - slash).IndexOf((byte)'/');
            if (next < 0)
            {
                break;
            }

            slash += next;
            for (var i = slash - 4; i < slash; i += 2)
            {
                if (i >= start && i <= last && StampReader.IsDigit(line[i]) && (i == 0 || line[i - 1] is (byte)' ' or (byte)'>' or (byte)':' or 0xbf) && StampReader.TryNsLog(line.Slice(i), out stamp))
                {
                    return i;
                }
            }

            slash++;
        }

        stamp = default;
        return -1;
    }

    // days between the outer date and a candidate, around the turn of the year
    private static int Distance(in LogStamp outer, int month, int day)
    {
        var days = Math.Abs(((outer.Month * 31) + outer.Day) - ((month * 31) + day));
        return Math.Min(days, 372 - days);
    }

    // a plain syslog stamp at the very start, and the inner one with what stands behind it where a zone would
    private sealed class AtStart : StampPlace
    {
        private const int InnerLength = 24;

        public override int Start(ReadOnlySpan<byte> line) => 0;

        public override bool TryDescribe(ReadOnlySpan<byte> line, in LogStamp stamp, out StampWindow window)
        {
            if (SyslogStamp.IsPlain(stamp))
            {
                window = new StampWindow { Length = SyslogStamp.PlainLength, Seconds = 13, OtherSeconds = -1 };
                return true;
            }

            window = new StampWindow { Length = stamp.Start + InnerLength, Seconds = stamp.Start + 17, OtherSeconds = 13 };
            return stamp.Start > SyslogStamp.PlainLength && line.Length >= window.Length && SyslogStamp.TryRead(line, out var outer) && SyslogStamp.IsPlain(outer) && WordsBefore(line, stamp.Start) >= 2;
        }

        public override bool Disturbed(ReadOnlySpan<byte> line, in StampWindow window) =>
            window.Length == SyslogStamp.PlainLength && (SyslogStamp.HasInner(line) || FindInner(line, SyslogStamp.PlainLength, out _) >= 0);

        // a relay's stamp is looked for in the first two words: behind the inner stamp nothing of it is seen
        private static int WordsBefore(ReadOnlySpan<byte> line, int end)
        {
            var words = 0;
            for (var i = SyslogStamp.PlainLength + 1; i <= end; i++)
            {
                words += line[i - 1] == ' ' && line[i] != ' ' ? 1 : 0;
            }

            return words;
        }
    }
}
