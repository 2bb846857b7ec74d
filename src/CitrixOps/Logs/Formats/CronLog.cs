using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Logs.Times;

namespace CitrixOps.Logs.Formats;

/// <summary>/var/log/cron: each job that cron started.</summary>
internal sealed class CronLog : ILogFormat, IRepeatedStamp
{
    private static readonly byte[] Marker = { (byte)'c', (byte)'r', (byte)'o', (byte)'n', (byte)'[' };

    public string LogType => LogTypes.Cron;

    public IReadOnlyList<string> Stems { get; } = new[] { "cron" };

    // newsyslog runs every hour: three hours of silence are a stopped cron, a stopped appliance or cut lines
    public TimeSpan? OrdinarySilence => TimeSpan.FromHours(3);

    public IReadOnlyList<string> Fields { get; } = SyslogHead.Fields.Concat(new[] { "user", "action", "command" }).ToArray();

    public bool Recognizes(ReadOnlySpan<byte> line) => TryReadStamp(line, out _) && line.IndexOf(Marker) > 0;

    public bool TryReadStamp(ReadOnlySpan<byte> line, out LogStamp stamp) => SyslogStamp.TryRead(line, out stamp);

    public StampPlace Place => SyslogStamp.Place;

    public void Parse(LogRecord record)
    {
        var message = SyslogHead.Parse(record);
        if (record["process"] is "CRON" or "CROND")
        {
            // Linux: a collector keeps hosts of all kinds, and nothing of theirs is a job of the appliance
            return;
        }

        var close = message.IndexOf(')');
        if (message.Length > 2 && message[0] == '(' && close > 0)
        {
            record.Set("user", message.Substring(1, close - 1));
            var open = message.IndexOf('(', close);
            if (open > 0)
            {
                record.Set("action", message.Substring(close + 1, open - close - 1).Trim());
                record.Set("command", message.Substring(open + 1).TrimEnd().TrimEnd(')'));
            }
        }
    }
}
