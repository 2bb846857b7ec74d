using System;
using System.Collections.Generic;
using CitrixOps.Logs.Times;

namespace CitrixOps.Logs.Formats;

/// <summary>httpaccess.log: Apache's access log, in the appliance's old and new form. Hand-made requests may break its quotes.</summary>
internal sealed class HttpAccessLog : ILogFormat, IRepeatedStamp
{
    private const int HeadLength = 1024;
    private const string Time = "Time: ";

    public string LogType => LogTypes.HttpAccess;

    public IReadOnlyList<string> Stems { get; } = new[] { "httpaccess.log", "httpaccess-vpn.log" };

    // a gateway on the internet is looked at every day, by its own monitors or by strangers
    public TimeSpan? OrdinarySilence => TimeSpan.FromHours(24);

    public IReadOnlyList<string> Fields { get; } = new[]
    {
        "c-ip", "s-ip", "cs-username", "cs-method", "cs-uri", "cs-uri-stem", "cs-uri-query", "cs-version", "sc-status", "sc-bytes",
        "cs-referer", "cs-user-agent", "pid", "time-taken",
    };

    public bool Recognizes(ReadOnlySpan<byte> line) => TryReadStamp(line, out _);

    public bool TryReadStamp(ReadOnlySpan<byte> line, out LogStamp stamp)
    {
        // the address before the bracket may be long (a proxy list), but not endless
        var head = line.Slice(0, Math.Min(line.Length, HeadLength));
        var start = 0;
        while (start < head.Length)
        {
            var bracket = head.Slice(start).IndexOf((byte)'[');
            if (bracket < 0)
            {
                break;
            }

            start += bracket + 1;
            if (StampReader.TryApacheAccess(line.Slice(start), out stamp))
            {
                stamp.Start = start;
                return true;
            }
        }

        stamp = default;
        return false;
    }

    public StampPlace Place { get; } = new InBrackets();

    public void Parse(LogRecord record)
    {
        // a relay writes the line end it received as an escape
        var raw = record.Raw.AsSpan();
        while (raw.EndsWith("#012".AsSpan(), StringComparison.Ordinal) || raw.EndsWith("#015".AsSpan(), StringComparison.Ordinal))
        {
            raw = raw.Slice(0, raw.Length - 4);
        }

        var bracket = FindBracket(raw);
        var close = bracket < 0 ? -1 : IndexOf(raw, ']', bracket);
        if (close < 0)
        {
            ParseRequest(record, raw, raw.IndexOf('"'));
            return;
        }

        var prefix = Math.Min(LinePrefix.Length(record.Raw), bracket);
        ParseClient(record, raw, prefix, bracket);
        var position = SkipBlanks(raw, close + 1);
        if (position < raw.Length && raw[position] == '[')
        {
            var end = IndexOf(raw, ']', position);
            if (end > 0)
            {
                record.Set("pid", position + 1, end - position - 1);
                position = end + 1;
            }
        }

        ParseRequest(record, raw, IndexOf(raw, '"', position));
    }

    private static int FindBracket(ReadOnlySpan<char> raw)
    {
        for (var i = raw.IndexOf('['); i >= 0 && i < HeadLength; i = IndexOf(raw, '[', i + 1))
        {
            if (i + 12 < raw.Length && raw[i + 3] == '/' && raw[i + 7] == '/' && raw[i + 12] == ':')
            {
                return i;
            }
        }

        return -1;
    }

    // [prefix] client [-> server] ident user
    private static void ParseClient(LogRecord record, ReadOnlySpan<char> raw, int from, int to)
    {
        var user = LastWord(raw, from, to);
        var ident = LastWord(raw, from, user.Start);
        var address = LastWord(raw, from, ident.Start);
        if (address.Length == 0)
        {
            Set(record, raw, "c-ip", ident.Length > 0 ? ident : user);
            return;
        }

        Set(record, raw, "cs-username", user);
        var arrow = LastWord(raw, from, address.Start);
        var client = LastWord(raw, from, arrow.Start);
        if (client.Length > 0 && arrow.Length == 2 && raw[arrow.Start] == '-' && raw[arrow.Start + 1] == '>')
        {
            Set(record, raw, "s-ip", address);
            address = client;
        }

        Set(record, raw, "c-ip", address);
    }

    private static void ParseRequest(LogRecord record, ReadOnlySpan<char> raw, int quote)
    {
        if (quote < 0)
        {
            return;
        }

        var end = EndOfRequest(raw, quote + 1);
        Request(record, raw, quote + 1, end);
        var position = Math.Min(raw.Length, end + 1);
        Set(record, raw, "sc-status", Next(raw, ref position));
        Set(record, raw, "sc-bytes", Next(raw, ref position));
        Set(record, raw, "cs-referer", Next(raw, ref position));
        Set(record, raw, "cs-user-agent", Next(raw, ref position));
        var time = Next(raw, ref position);
        var taken = raw.Slice(time.Start, time.Length);
        if (taken.StartsWith(Time.AsSpan(), StringComparison.Ordinal))
        {
            record.Set("time-taken", taken.Slice(Time.Length).ToString().Replace(" microsecs", ""));
        }
    }

    // the quote that a status follows; without one, the next quote; without that, the end of the line
    private static int EndOfRequest(ReadOnlySpan<char> raw, int start)
    {
        for (var i = IndexOf(raw, '"', start); i >= 0; i = IndexOf(raw, '"', i + 1))
        {
            if (i + 4 < raw.Length && raw[i + 1] == ' ' && IsStatus(raw, i + 2) && (i + 5 == raw.Length || raw[i + 5] == ' '))
            {
                return i;
            }
        }

        var quote = IndexOf(raw, '"', start);
        return quote < 0 ? raw.Length : quote;
    }

    private static bool IsStatus(ReadOnlySpan<char> raw, int at) =>
        raw[at] is >= '1' and <= '9' && raw[at + 1] is >= '0' and <= '9' && at + 2 < raw.Length && raw[at + 2] is >= '0' and <= '9';

    private static void Request(LogRecord record, ReadOnlySpan<char> raw, int start, int end)
    {
        var request = raw.Slice(start, end - start);
        if (request.Length == 0 || (request.Length == 1 && request[0] == '-'))
        {
            return;
        }

        // a path in the place of the method is a request without one
        var blank = request.IndexOf(' ');
        if (blank > 0 && request[0] is not ('/' or '%' or '\\'))
        {
            record.Set("cs-method", start, blank);
            start += blank + 1;
        }

        var target = raw.Slice(start, end - start);
        var last = target.LastIndexOf(' ');
        if (last >= 0 && target.Slice(last + 1).StartsWith("HTTP/".AsSpan(), StringComparison.OrdinalIgnoreCase))
        {
            record.Set("cs-version", start + last + 1, target.Length - last - 1);
            target = target.Slice(0, last);
        }

        start += target.Length - target.TrimStart().Length;
        target = target.Trim();
        var query = target.IndexOf('?');
        record.Set("cs-uri", start, target.Length);
        record.Set("cs-uri-stem", start, query < 0 ? target.Length : query);
        if (query >= 0)
        {
            record.Set("cs-uri-query", start + query + 1, target.Length - query - 1);
        }
    }

    // words and quoted texts; the last quote may be missing
    private static (int Start, int Length) Next(ReadOnlySpan<char> raw, ref int position)
    {
        position = SkipBlanks(raw, position);
        if (position >= raw.Length)
        {
            return (raw.Length, 0);
        }

        var quoted = raw[position] == '"';
        var start = quoted ? position + 1 : position;
        var end = quoted ? QuoteEnd(raw, start) : IndexOf(raw, ' ', start);
        end = end < 0 ? raw.Length : end;
        position = quoted ? end + 1 : end;
        return (start, end - start);
    }

    // Apache escapes a quote inside as \"
    private static int QuoteEnd(ReadOnlySpan<char> raw, int start)
    {
        for (var i = start; i < raw.Length; i += 2)
        {
            var next = raw.Slice(i).IndexOfAny('\\', '"');
            if (next < 0)
            {
                break;
            }

            i += next;
            if (raw[i] == '"')
            {
                return i;
            }
        }

        return raw.Length;
    }

    // the last word before a position; of no length where there is none
    private static (int Start, int Length) LastWord(ReadOnlySpan<char> raw, int from, int to)
    {
        while (to > from && raw[to - 1] == ' ')
        {
            to--;
        }

        var blank = raw.Slice(from, to - from).LastIndexOf(' ');
        return (from + blank + 1, to - from - blank - 1);
    }

    private static int SkipBlanks(ReadOnlySpan<char> raw, int position)
    {
        while (position < raw.Length && raw[position] == ' ')
        {
            position++;
        }

        return position;
    }

    private static int IndexOf(ReadOnlySpan<char> raw, char value, int from) =>
        from < raw.Length && raw.Slice(from).IndexOf(value) is var at and >= 0 ? from + at : -1;

    // what the log writes as - is absent
    private static void Set(LogRecord record, ReadOnlySpan<char> raw, string field, (int Start, int Length) value)
    {
        if (value.Length > 1 || (value.Length == 1 && raw[value.Start] != '-'))
        {
            record.Set(field, value.Start, value.Length);
        }
    }

    // 15/Jan/2020:15:09:05 +0100 behind the first bracket; with its zone nothing else decides
    private sealed class InBrackets : StampPlace
    {
        public override int Start(ReadOnlySpan<byte> line)
        {
            var bracket = line.Slice(0, Math.Min(line.Length, HeadLength)).IndexOf((byte)'[');
            return bracket < 0 ? -1 : bracket + 1;
        }

        public override bool TryDescribe(ReadOnlySpan<byte> line, in LogStamp stamp, out StampWindow window)
        {
            window = new StampWindow { Length = stamp.Length, Seconds = 18, OtherSeconds = -1 };
            return stamp.HasOffset && stamp.Start == Start(line);
        }
    }
}
