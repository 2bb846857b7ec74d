using System;
using System.Text;

namespace CitrixOps.Logs.Formats;

/// <summary>Takes the head of a syslog line apart: host, process, pid; what follows is the message.</summary>
internal static class SyslogHead
{
    /// <summary>The fields this sets.</summary>
    public static readonly string[] Fields = { "host", "process", "pid", "message" };

    /// <summary>Sets the fields and returns the message.</summary>
    public static string Parse(LogRecord record)
    {
        var raw = record.Raw;
        var position = EndOfStamp(raw);
        position = SkipBlanks(raw, position);
        if (position < raw.Length && raw[position] == '<')
        {
            // <local7.notice>
            var close = raw.IndexOf('>', position);
            position = close > 0 && close - position < 40 ? SkipBlanks(raw, close + 1) : position;
        }

        var tag = raw.IndexOf(": ", position, StringComparison.Ordinal);
        if (tag < 0)
        {
            tag = raw.EndsWith(":", StringComparison.Ordinal) ? raw.Length - 1 : -1;
        }

        var head = tag > position && tag - position < 200 ? raw.Substring(position, tag - position) : "";
        var blank = head.LastIndexOf(' ');
        var name = blank < 0 ? head : head.Substring(blank + 1);
        var bracket = name.IndexOf('[');
        if (head.Length > 0 && name.Length > 0 && name[0] is not ('"' or '('))
        {
            record.Set("host", blank > 0 ? head.Substring(0, blank).Trim() : null);
            record.Set("process", bracket < 0 ? name : name.Substring(0, bracket));
            record.Set("pid", bracket < 0 ? null : name.Substring(bracket + 1).TrimEnd(']'));
            position = Math.Min(raw.Length, tag + 2);
        }

        var message = raw.Substring(position);
        record.Set("message", message);
        return message;
    }

    internal static int EndOfStamp(string raw)
    {
        var head = Encoding.GetEncoding(28591).GetBytes(raw.Length > 320 ? raw.Substring(0, 320) : raw);
        return SyslogStamp.TryRead(head, out var stamp) ? stamp.Start + stamp.Length : LinePrefix.Length(head);
    }

    internal static int SkipBlanks(string text, int position)
    {
        while (position < text.Length && text[position] == ' ')
        {
            position++;
        }

        return position;
    }
}
