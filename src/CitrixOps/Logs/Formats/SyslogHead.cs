using System;
using System.Text;
using CitrixOps.Logs.Times;

namespace CitrixOps.Logs.Formats;

/// <summary>What stands before the message of a syslog line: stamp, facility, host, process. RFC 3164, RFC 5424, and one inside the other.</summary>
internal static class SyslogHead
{
    private const int Longest = 320;
    private static readonly Encoding Latin1 = Encoding.GetEncoding(28591);

    /// <summary>The fields it sets.</summary>
    public static readonly string[] Fields = { "host", "process", "pid", "message" };

    /// <summary>Sets the fields of the head and gives the message.</summary>
    public static string Parse(LogRecord record)
    {
        var raw = record.Raw;
        var position = Facility(raw, SkipBlanks(raw, EndOfStamp(raw, out var version)));
        if (version)
        {
            position = Rfc5424(record, raw, position);
        }

        if (version && EndOfInner(raw, position) is var inner and > 0)
        {
            // the relay kept the line it received: the appliance's own head follows its own
            record.Set("host", null);
            position = Tag(record, raw, Facility(raw, SkipBlanks(raw, inner)));
        }
        else if (!version || record["process"] is null)
        {
            position = Tag(record, raw, position);
        }

        var message = raw.Substring(position);
        record.Set("message", message);
        return message;
    }

    /// <summary>Where the text after the stamp begins.</summary>
    /// <param name="raw">The line.</param>
    /// <param name="version">True when the line is of RFC 5424.</param>
    internal static int EndOfStamp(string raw, out bool version)
    {
        var head = Latin1.GetBytes(raw.Length > Longest ? raw.Substring(0, Longest) : raw);
        var prefix = LinePrefix.Length(head);
        var position = SyslogStamp.TryRead(head, out var stamp) ? stamp.Start + stamp.Length : prefix;
        version = stamp.Start == prefix && prefix >= 4 && raw[prefix - 1] == ' ' && raw[prefix - 2] == '1' && raw[prefix - 3] is '>' or ' ';
        return position;
    }

    // where the text behind a stamp of RFC 3164 at a place begins, 0 where none stands there
    private static int EndOfInner(string raw, int position)
    {
        var head = Latin1.GetBytes(raw.Substring(position, Math.Min(raw.Length - position, Longest)));
        var prefix = LinePrefix.Length(head);
        return StampReader.TrySyslogYear(head.AsSpan(prefix), out var stamp) || StampReader.TrySyslog(head.AsSpan(prefix), out stamp) ? position + prefix + stamp.Length : 0;
    }

    internal static int SkipBlanks(string text, int position)
    {
        while (position < text.Length && text[position] == ' ')
        {
            position++;
        }

        return position;
    }

    // <local7.notice>
    private static int Facility(string raw, int position)
    {
        if (position < raw.Length && raw[position] == '<')
        {
            var close = raw.IndexOf('>', position);
            return close > 0 && close - position < 40 ? SkipBlanks(raw, close + 1) : position;
        }

        return position;
    }

    // host process[pid]:
    private static int Tag(LogRecord record, string raw, int position)
    {
        var tag = raw.IndexOf(": ", position, StringComparison.Ordinal);
        if (tag < 0)
        {
            tag = raw.EndsWith(":", StringComparison.Ordinal) ? raw.Length - 1 : -1;
        }

        var head = tag > position && tag - position < 200 ? raw.Substring(position, tag - position) : "";
        var blank = head.LastIndexOf(' ');
        var name = blank < 0 ? head : head.Substring(blank + 1);
        var bracket = name.IndexOf('[');
        if (head.Length == 0 || name.Length == 0 || name[0] is '"' or '(' || (record["host"] is not null && blank > 0))
        {
            return position;
        }

        record.Set("host", blank > 0 ? head.Substring(0, blank).Trim() : record["host"]);
        record.Set("process", bracket < 0 ? name : name.Substring(0, bracket));
        record.Set("pid", bracket < 0 ? null : name.Substring(bracket + 1).TrimEnd(']'));
        return Math.Min(raw.Length, tag + 2);
    }

    // host app pid msgid [data] message; many senders leave it at host and the old tag
    private static int Rfc5424(LogRecord record, string raw, int start)
    {
        var position = start;
        var words = new string[4];
        for (var i = 0; i < words.Length; i++)
        {
            var blank = raw.IndexOf(' ', position);
            if (blank < 0)
            {
                return start;
            }

            words[i] = raw.Substring(position, blank - position);
            position = blank + 1;
        }

        if (words[1].EndsWith(":", StringComparison.Ordinal) || position >= raw.Length || raw[position] is not ('-' or '['))
        {
            return start;
        }

        position = raw[position] == '-' ? position + 1 : EndOfData(raw, position);
        position = SkipBlanks(raw, position);
        position += string.CompareOrdinal(raw, position, "\u00ef\u00bb\u00bf", 0, 3) == 0 ? 3 : 0;
        record.Set("host", words[0] == "-" ? null : words[0]);
        record.Set("process", words[1] == "-" ? null : words[1]);
        record.Set("pid", words[2] == "-" ? null : words[2]);
        return Math.Min(position, raw.Length);
    }

    // [id a="b\]c"][id2 ...]
    private static int EndOfData(string raw, int position)
    {
        var quoted = false;
        for (var i = position; i < raw.Length; i++)
        {
            if (raw[i] == '\\')
            {
                i++;
            }
            else if (raw[i] == '"')
            {
                quoted = !quoted;
            }
            else if (raw[i] == ']' && !quoted && (i + 1 == raw.Length || raw[i + 1] != '['))
            {
                return i + 1;
            }
        }

        return raw.Length;
    }
}
