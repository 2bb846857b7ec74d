using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Logs.Times;

namespace CitrixOps.Logs.Formats;

/// <summary>
/// ns.log: a syslog stamp without year, then the packet engine's own stamp with year, in GMT or local time, in one of three orders.
/// The inner stamp is the better one; the outer tells month from day where the inner could be either.
/// </summary>
internal sealed class NsLog : ILogFormat
{
    private const int SearchFor = 160;

    public string LogType => LogTypes.NsLog;

    public IReadOnlyList<string> Stems { get; } = new[] { "ns.log" };

    // monitors, health checks and sessions write all day
    public TimeSpan? OrdinarySilence => TimeSpan.FromHours(6);

    public IReadOnlyList<string> Fields { get; } = new[]
    {
        "host", "partition", "ppe", "module", "event", "message", "context-user", "context-ip", "SessionId", "User", "Client_ip", "Nat_ip", "Vserver", "Source",
        "Destination", "Browser_type", "SSLVPN_client_type", "X-Forwarded-For_ip", "Start_time", "End_time", "LogoutMethod", "Command", "Status", "Remote_ip",
    };

    public bool Recognizes(ReadOnlySpan<byte> line) => FindInner(line, LinePrefix.Length(line), out _, out _) >= 0;

    public bool TryReadStamp(ReadOnlySpan<byte> line, out LogStamp stamp)
    {
        var hasOuter = SyslogStamp.TryRead(line, out var outer);
        var at = FindInner(line, hasOuter ? outer.Start + outer.Length : 0, out stamp, out var ambiguous);
        if (at < 0)
        {
            stamp = outer;
            return hasOuter;
        }

        stamp.Start = at;
        if (ambiguous && hasOuter && Distance(outer, stamp.Day, stamp.Month) < Distance(outer, stamp.Month, stamp.Day))
        {
            (stamp.Month, stamp.Day) = (stamp.Day, stamp.Month);
        }

        return true;
    }

    public void Parse(LogRecord record)
    {
        var raw = record.Raw;
        var separator = raw.IndexOf(" : ", StringComparison.Ordinal);
        if (separator < 0)
        {
            record.Set("message", SyslogHead.Parse(record));
            return;
        }

        var head = raw.Substring(0, separator).Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries);
        record.Set("ppe", head.FirstOrDefault(t => t.IndexOf("PPE-", StringComparison.Ordinal) >= 0));
        var stamp = Array.FindIndex(head, t => t.Length >= 19 && t.Count(c => c == '/') == 2 && t.Count(c => c == ':') >= 3);
        record.Set("host", stamp > 0 && !head[stamp - 1].EndsWith(">", StringComparison.Ordinal) && head[stamp - 1].Count(c => c == ':') != 2 ? head[stamp - 1] : null);

        var message = raw.IndexOf(" : ", separator + 3, StringComparison.Ordinal);
        var words = raw.Substring(separator + 3, (message < 0 ? raw.Length : message) - separator - 3).Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries);

        // [partition] MODULE EVENT number [0]; the 10.x form has no partition
        var at = words.Length > 2 && !words[0].Any(c => c is >= 'A' and <= 'Z') ? 1 : 0;
        record.Set("partition", at == 1 ? words[0] : null);
        record.Set("module", words.Length > at ? words[at] : null);
        record.Set("event", words.Length > at + 1 ? words[at + 1] : null);
        var text = message < 0 ? "" : raw.Substring(message + 3).Trim();
        record.Set("message", text);
        NsLogPairs.Parse(record, text);
    }

    private static int FindInner(ReadOnlySpan<byte> line, int start, out LogStamp stamp, out bool ambiguous)
    {
        var end = Math.Min(line.Length - 19, start + SearchFor);
        for (var i = start; i <= end; i++)
        {
            if (StampReader.IsDigit(line[i]) && (i == 0 || line[i - 1] is (byte)' ' or (byte)'>') && StampReader.TryNsLog(line.Slice(i), out stamp, out ambiguous))
            {
                return i;
            }
        }

        stamp = default;
        ambiguous = false;
        return -1;
    }

    // days between the outer date and a candidate, around the turn of the year
    private static int Distance(in LogStamp outer, int month, int day)
    {
        var days = Math.Abs(((outer.Month * 31) + outer.Day) - ((month * 31) + day));
        return Math.Min(days, 372 - days);
    }
}
