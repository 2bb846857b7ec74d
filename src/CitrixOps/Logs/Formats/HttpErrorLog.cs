using System;
using System.Collections.Generic;
using CitrixOps.Logs.Times;

namespace CitrixOps.Logs.Formats;

/// <summary>httperror.log: Apache's error log, with the raw standard error of its children in between, which has no time.</summary>
internal sealed class HttpErrorLog : ILogFormat, IRepeatedStamp
{
    private const int HeadLength = 256;

    public string LogType => LogTypes.HttpError;

    public IReadOnlyList<string> Stems { get; } = new[] { "httperror.log", "httperror-vpn.log" };

    // an undisturbed server writes nothing for days
    public TimeSpan? OrdinarySilence => null;

    public IReadOnlyList<string> Fields { get; } = new[] { "level", "module", "pid", "c-ip", "message" };

    public bool Recognizes(ReadOnlySpan<byte> line) => TryReadStamp(line, out _);

    public bool TryReadStamp(ReadOnlySpan<byte> line, out LogStamp stamp)
    {
        // a relay may have put its own head before the bracket
        var head = line.Slice(0, Math.Min(line.Length, HeadLength));
        for (var start = LinePrefix.Length(line); start < head.Length; start++)
        {
            var bracket = head.Slice(start).IndexOf((byte)'[');
            if (bracket < 0)
            {
                break;
            }

            start += bracket;
            if (StampReader.TryApacheError(line.Slice(start + 1), out stamp))
            {
                stamp.Start = start + 1;
                return true;
            }
        }

        stamp = default;
        return false;
    }

    public StampPlace Place { get; } = new AtStart();

    public void Parse(LogRecord record)
    {
        var raw = record.Raw;
        var position = Start(raw);
        var first = true;
        while (position < raw.Length && raw[position] == '[')
        {
            var close = raw.IndexOf(']', position);
            if (close < 0)
            {
                break;
            }

            if (!first)
            {
                SetTag(record, raw.Substring(position + 1, close - position - 1));
            }

            first = false;
            position = SyslogHead.SkipBlanks(raw, close + 1);
        }

        record.Set("message", raw.Substring(position));
    }

    private static int Start(string raw)
    {
        for (var at = raw.IndexOf('['); at >= 0 && at < HeadLength; at = raw.IndexOf('[', at + 1))
        {
            // [Wed Jan 15 15:09:05 2020]
            if (at + 14 < raw.Length && raw[at + 4] == ' ' && raw[at + 8] == ' ' && raw[at + 14] == ':')
            {
                return at;
            }
        }

        return LinePrefix.Length(raw);
    }

    private static void SetTag(LogRecord record, string tag)
    {
        if (tag.StartsWith("pid ", StringComparison.Ordinal))
        {
            record.Set("pid", tag.Substring(4));
        }
        else if (tag.StartsWith("client ", StringComparison.Ordinal))
        {
            var address = tag.Substring(7);
            var port = address.LastIndexOf(':');
            var isV6 = address.IndexOf(':') != port && address[0] != '[';
            record.Set("c-ip", port > 0 && !isV6 ? address.Substring(0, port).Trim('[', ']') : address);
        }
        else if (record["level"] is null)
        {
            var colon = tag.IndexOf(':');
            record.Set("level", colon < 0 ? tag : tag.Substring(colon + 1));
            record.Set("module", colon > 0 ? tag.Substring(0, colon) : null);
        }
    }

    // [Wed Jan 15 15:09:05.123456 2020 at the very start
    private sealed class AtStart : StampPlace
    {
        public override int Start(ReadOnlySpan<byte> line) => line.Length > 0 && line[0] == '[' ? 0 : -1;

        public override bool TryDescribe(ReadOnlySpan<byte> line, in LogStamp stamp, out StampWindow window)
        {
            window = new StampWindow { Length = stamp.Length + 1, Seconds = 18, OtherSeconds = -1, Fraction = 21, FractionLength = Math.Max(0, stamp.Length - 25) };
            return stamp.Start == 1;
        }
    }
}
