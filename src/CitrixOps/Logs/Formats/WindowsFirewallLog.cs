using System;
using System.Collections.Generic;
using CitrixOps.Logs.Times;

namespace CitrixOps.Logs.Formats;

/// <summary>pfirewall.log of Windows: columns in local time, unless the file says otherwise, which single lines do not tell.</summary>
internal sealed class WindowsFirewallLog : ILogFormat
{
    public string LogType => LogTypes.WindowsFirewall;

    public IReadOnlyList<string> Stems { get; } = new[] { "pfirewall.log", "pfirewall.log.old" };

    // written where logging is switched on, and then by every packet; off by default
    public TimeSpan? OrdinarySilence => null;

    public IReadOnlyList<string> Fields { get; } = FirewallFields.All;

    public bool Recognizes(ReadOnlySpan<byte> line) => (line.Length > 10 && line[0] == '#' && (line[1] == 'F' || line[1] == 'V' || line[1] == 'S' || line[1] == 'T')) || (TryReadStamp(line, out var stamp) && Columns(line, stamp.Start + stamp.Length) >= 10);

    public bool TryReadStamp(ReadOnlySpan<byte> line, out LogStamp stamp)
    {
        var start = LinePrefix.Length(line);
        if (!StampReader.TryIso(line.Slice(start), out stamp) || line[start + 10] != ' ' || stamp.HasOffset)
        {
            return false;
        }

        stamp.Start = start;
        return true;
    }

    // date time action protocol src-ip dst-ip src-port dst-port size tcpflags tcpsyn tcpack tcpwin icmptype icmpcode info path [pid]
    public void Parse(LogRecord record)
    {
        var start = LinePrefix.Length(record.Raw);
        var words = record.Raw.Substring(start).Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 8 || words[0][0] == '#')
        {
            record.Set("message", record.Raw);
            return;
        }

        FirewallFields.Action(record, words[2]);
        FirewallFields.Protocol(record, words[3]);
        FirewallFields.Ends(record, words[4], words[6], words[5], words[7]);
        var path = words.Length > 16 ? words[16] : null;
        record.Set("direction", path switch { "SEND" => "outbound", "RECEIVE" => "inbound", "FORWARD" => "forward", _ => null });
    }

    private static int Columns(ReadOnlySpan<byte> line, int start)
    {
        var blanks = 0;
        foreach (var b in line.Slice(start))
        {
            blanks += b == ' ' ? 1 : 0;
        }

        return blanks;
    }
}
