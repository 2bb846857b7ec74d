using System;
using System.Collections.Generic;
using CitrixOps.Logs.Times;

namespace CitrixOps.Logs.Formats;

/// <summary>httpaccess.log: Apache's access log, in the appliance's old and new form. Hand-made requests may break its quotes.</summary>
internal sealed class HttpAccessLog : ILogFormat, IRepeatedStamp
{
    private const int HeadLength = 1024;

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
        var raw = record.Raw;
        while (raw.EndsWith("#012", StringComparison.Ordinal) || raw.EndsWith("#015", StringComparison.Ordinal))
        {
            raw = raw.Substring(0, raw.Length - 4);
        }

        var bracket = FindBracket(raw);
        var close = bracket < 0 ? -1 : raw.IndexOf(']', bracket);
        if (close < 0)
        {
            ParseRequest(record, raw, raw.IndexOf('"'));
            return;
        }

        var prefix = Math.Min(LinePrefix.Length(raw), bracket);
        ParseClient(record, raw.Substring(prefix, bracket - prefix));
        var position = SyslogHead.SkipBlanks(raw, close + 1);
        if (position < raw.Length && raw[position] == '[')
        {
            var end = raw.IndexOf(']', position);
            if (end > 0)
            {
                record.Set("pid", raw.Substring(position + 1, end - position - 1));
                position = end + 1;
            }
        }

        ParseRequest(record, raw, raw.IndexOf('"', position));
    }

    private static int FindBracket(string raw)
    {
        for (var i = raw.IndexOf('['); i >= 0 && i < HeadLength; i = raw.IndexOf('[', i + 1))
        {
            if (i + 12 < raw.Length && raw[i + 3] == '/' && raw[i + 7] == '/' && raw[i + 12] == ':')
            {
                return i;
            }
        }

        return -1;
    }

    // [prefix] client [-> server] ident user
    private static void ParseClient(LogRecord record, string head)
    {
        var tokens = head.Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries);
        if (tokens.Length < 3)
        {
            record.Set("c-ip", tokens.Length > 0 ? Value(tokens[0]) : null);
            return;
        }

        record.Set("cs-username", Value(tokens[tokens.Length - 1]));
        var at = tokens.Length - 3;
        if (at >= 2 && tokens[at - 1] == "->")
        {
            record.Set("s-ip", Value(tokens[at]));
            at -= 2;
        }

        record.Set("c-ip", Value(tokens[at]));
    }

    private static void ParseRequest(LogRecord record, string raw, int quote)
    {
        if (quote < 0)
        {
            return;
        }

        var end = EndOfRequest(raw, quote + 1);
        Request(record, raw.Substring(quote + 1, end - quote - 1));
        var fields = Tail(raw, Math.Min(raw.Length, end + 1));
        record.Set("sc-status", Value(fields.Count > 0 ? fields[0] : "-"));
        record.Set("sc-bytes", Value(fields.Count > 1 ? fields[1] : "-"));
        record.Set("cs-referer", Value(fields.Count > 2 ? fields[2] : "-"));
        record.Set("cs-user-agent", Value(fields.Count > 3 ? fields[3] : "-"));
        if (fields.Count > 4 && fields[4].StartsWith("Time: ", StringComparison.Ordinal))
        {
            record.Set("time-taken", fields[4].Substring(6).Replace(" microsecs", ""));
        }
    }

    // the quote that a status follows; without one, the next quote; without that, the end of the line
    private static int EndOfRequest(string raw, int start)
    {
        for (var i = raw.IndexOf('"', start); i >= 0; i = raw.IndexOf('"', i + 1))
        {
            if (i + 4 < raw.Length && raw[i + 1] == ' ' && IsStatus(raw, i + 2) && (i + 5 == raw.Length || raw[i + 5] == ' '))
            {
                return i;
            }
        }

        var quote = raw.IndexOf('"', start);
        return quote < 0 ? raw.Length : quote;
    }

    private static bool IsStatus(string raw, int at) =>
        raw[at] is >= '1' and <= '9' && raw[at + 1] is >= '0' and <= '9' && at + 2 < raw.Length && raw[at + 2] is >= '0' and <= '9';

    private static void Request(LogRecord record, string request)
    {
        if (request is "" or "-")
        {
            return;
        }

        var blank = request.IndexOf(' ');

        // a path in the place of the method is a request without one
        var hasMethod = blank > 0 && request[0] is not ('/' or '%' or '\\');
        var method = hasMethod ? request.Substring(0, blank) : null;
        var target = hasMethod ? request.Substring(blank + 1) : request;
        var last = target.LastIndexOf(' ');
        if (last >= 0 && target.IndexOf("HTTP/", last + 1, StringComparison.OrdinalIgnoreCase) == last + 1)
        {
            record.Set("cs-version", target.Substring(last + 1));
            target = target.Substring(0, last);
        }

        target = target.Trim();
        var query = target.IndexOf('?');
        record.Set("cs-method", method);
        record.Set("cs-uri", target);
        record.Set("cs-uri-stem", query < 0 ? target : target.Substring(0, query));
        record.Set("cs-uri-query", query < 0 ? null : target.Substring(query + 1));
    }

    // words and quoted texts; the last quote may be missing
    private static List<string> Tail(string raw, int position)
    {
        var fields = new List<string>(5);
        while (position < raw.Length && fields.Count < 6)
        {
            position = SyslogHead.SkipBlanks(raw, position);
            if (position >= raw.Length)
            {
                break;
            }

            int end;
            if (raw[position] == '"')
            {
                end = QuoteEnd(raw, position + 1);
                fields.Add(raw.Substring(position + 1, end - position - 1));
                position = end + 1;
            }
            else
            {
                end = raw.IndexOf(' ', position);
                end = end < 0 ? raw.Length : end;
                fields.Add(raw.Substring(position, end - position));
                position = end;
            }
        }

        return fields;
    }

    // Apache escapes a quote inside as \"
    private static int QuoteEnd(string raw, int start)
    {
        for (var i = start; i < raw.Length; i++)
        {
            if (raw[i] == '\\')
            {
                i++;
            }
            else if (raw[i] == '"')
            {
                return i;
            }
        }

        return raw.Length;
    }

    private static string? Value(string text) => text is "-" or "" ? null : text;

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
