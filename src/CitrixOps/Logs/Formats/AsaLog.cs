using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Logs.Times;

namespace CitrixOps.Logs.Formats;

/// <summary>Syslog of Cisco ASA (also PIX, FWSM) and Firepower: <c>%ASA-6-302013: Built inbound TCP connection ...</c>.</summary>
internal sealed class AsaLog : ILogFormat
{
    private static readonly byte[][] Markers = new[] { "%ASA-", "%FTD-", "%PIX-", "%FWSM-" }.Select(m => m.Select(c => (byte)c).ToArray()).ToArray();

    public string LogType => LogTypes.Asa;

    public IReadOnlyList<string> Stems { get; } = new[] { "asa.log", "cisco-asa.log" };

    // connections are logged at a level that may be off
    public TimeSpan? OrdinarySilence => null;

    public IReadOnlyList<string> Fields { get; } = FirewallFields.All;

    public bool Recognizes(ReadOnlySpan<byte> line)
    {
        foreach (var marker in Markers)
        {
            if (line.IndexOf(marker) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    public bool TryReadStamp(ReadOnlySpan<byte> line, out LogStamp stamp)
    {
        if (!SyslogStamp.TryRead(line, out stamp))
        {
            return false;
        }

        // the clock of the device names its zone: Jan 12 2020 03:14:07 UTC: %ASA
        var rest = line.Slice(Math.Min(line.Length, stamp.Start + stamp.Length));
        if (!stamp.HasOffset && rest.Length > 4 && rest[0] == ' ' && ((rest[1] == 'U' && rest[2] == 'T' && rest[3] == 'C') || (rest[1] == 'G' && rest[2] == 'M' && rest[3] == 'T')) && rest[4] is (byte)' ' or (byte)':')
        {
            stamp.HasOffset = true;
        }

        return true;
    }

    public void Parse(LogRecord record)
    {
        var raw = record.Raw;
        var percent = raw.IndexOf('%');
        var colon = percent < 0 ? -1 : raw.IndexOf(':', percent);
        if (colon < 0)
        {
            record.Set("message", raw);
            return;
        }

        var before = raw.Substring(0, percent).TrimEnd(' ', ':').Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries);
        var device = before.Length == 0 ? null : before[before.Length - 1];
        record.Set("device", device is null || device.IndexOf(':') > 0 || device.EndsWith(">", StringComparison.Ordinal) || device is "UTC" or "GMT" ? null : device);
        var words = raw.Substring(percent + 1, colon - percent - 1).Split('-');
        record.Set("event", words[words.Length - 1]);
        var message = raw.Substring(colon + 1).Trim();
        record.Set("message", message);
        if (!AsaText.Pairs(record, message))
        {
            AsaText.Sentence(record, message);
        }
    }
}
