using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Logs.Times;

namespace CitrixOps.Logs.Formats;

/// <summary>Lines of the Linux packet filter: <c>kernel: [12.3] FW-DROP: IN=eth1 OUT=eth0 SRC=.. DST=.. PROTO=TCP SPT=.. DPT=..</c>, from iptables and nftables.</summary>
internal sealed class IptablesLog : ILogFormat, IRepeatedStamp
{
    private static readonly byte[] In = { (byte)'I', (byte)'N', (byte)'=' };
    private static readonly byte[] Source = { (byte)' ', (byte)'S', (byte)'R', (byte)'C', (byte)'=' };

    public string LogType => LogTypes.Iptables;

    public IReadOnlyList<string> Stems { get; } = new[] { "iptables.log", "nftables.log", "ufw.log", "ulogd.log", "firewall.log" };

    // only what a rule with LOG matches is written
    public TimeSpan? OrdinarySilence => null;

    public IReadOnlyList<string> Fields { get; } = FirewallFields.All.Concat(SyslogHead.Fields).Distinct().ToArray();

    public bool Recognizes(ReadOnlySpan<byte> line) => TryReadStamp(line, out _) && line.IndexOf(In) > 0 && line.IndexOf(Source) > 0;

    public bool TryReadStamp(ReadOnlySpan<byte> line, out LogStamp stamp) => SyslogStamp.TryRead(line, out stamp);

    public StampPlace Place => SyslogStamp.Place;

    public void Parse(LogRecord record)
    {
        var message = SyslogHead.Parse(record);
        record.Set("device", record["host"]);
        var start = message.IndexOf("IN=", StringComparison.Ordinal);
        if (start < 0)
        {
            return;
        }

        Prefix(record, message.Substring(0, start));
        string? source = null, sourcePort = null, destination = null, destinationPort = null;
        foreach (var word in message.Substring(start).Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries))
        {
            // the packet that an ICMP error quotes stands in brackets and is another one
            if (word[0] == '[')
            {
                break;
            }

            var equals = word.IndexOf('=');
            var value = equals < 0 ? null : FirewallFields.Value(word.Substring(equals + 1));
            switch (equals < 0 ? "" : word.Substring(0, equals))
            {
                case "IN": record.Set("interface_in", value); break;
                case "OUT": record.Set("interface_out", value); break;
                case "SRC": source ??= value; break;
                case "DST": destination ??= value; break;
                case "SPT": sourcePort ??= value; break;
                case "DPT": destinationPort ??= value; break;
                case "PROTO": FirewallFields.Protocol(record, value); break;
            }
        }

        FirewallFields.Ends(record, source, sourcePort, destination, destinationPort);
        var (inside, outside) = (record["interface_in"], record["interface_out"]);
        record.Set("direction", inside is null ? (outside is null ? null : "outbound") : outside is null ? "inbound" : "forward");
    }

    // [12345.678] [UFW BLOCK] or FW-DROP: the administrator's own words
    private static void Prefix(LogRecord record, string prefix)
    {
        var text = prefix.Trim();
        var close = text.Length > 0 && text[0] == '[' && text.Length > 1 && text[1] is (>= '0' and <= '9') or ' ' ? text.IndexOf(']') : -1;
        text = text.Substring(close + 1).Trim(' ', ':', '[', ']');
        record.Set("rule", text.Length == 0 ? null : text);
        foreach (var word in text.Split(' ', '-', '_', ':', '[', ']', '/'))
        {
            if (record["action"] is null)
            {
                FirewallFields.Action(record, word);
            }
        }

        if (record["action"] is null)
        {
            record.Set("action_logged", null);
        }
    }
}
