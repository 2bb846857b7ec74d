using System;
using System.Collections.Generic;
using CitrixOps.Logs.Times;

namespace CitrixOps.Logs.Formats;

/// <summary>Syslog of FortiGate: <c>date=2020-01-12 time=03:14:07 devname="fw" ... srcip=.. dstip=.. action="accept" tz="+0100"</c>.</summary>
internal sealed class FortiGateLog : ILogFormat
{
    private static readonly byte[] Date = { (byte)'d', (byte)'a', (byte)'t', (byte)'e', (byte)'=' };
    private static readonly byte[] Time = { (byte)' ', (byte)'t', (byte)'i', (byte)'m', (byte)'e', (byte)'=' };
    private static readonly byte[] Device = { (byte)'d', (byte)'e', (byte)'v', (byte)'n', (byte)'a', (byte)'m', (byte)'e', (byte)'=' };
    private static readonly byte[] Zone = { (byte)' ', (byte)'t', (byte)'z', (byte)'=' };

    public string LogType => LogTypes.FortiGate;

    public IReadOnlyList<string> Stems { get; } = new[] { "fortigate.log", "fortinet.log" };

    // traffic logs of a firewall in use never rest that long
    public TimeSpan? OrdinarySilence => null;

    public IReadOnlyList<string> Fields { get; } = FirewallFields.All;

    public bool Recognizes(ReadOnlySpan<byte> line) => TryReadStamp(line, out _) && line.IndexOf(Device) >= 0;

    public bool TryReadStamp(ReadOnlySpan<byte> line, out LogStamp stamp)
    {
        stamp = default;
        var date = line.IndexOf(Date);
        var time = date < 0 ? -1 : line.IndexOf(Time);
        if (date < 0 || time != date + 15 || time + 14 > line.Length)
        {
            return false;
        }

        // read date and time as one ISO stamp
        Span<byte> joined = stackalloc byte[19];
        line.Slice(date + 5, 10).CopyTo(joined);
        joined[10] = (byte)'T';
        line.Slice(time + 6, 8).CopyTo(joined.Slice(11));
        if (!StampReader.TryIso(joined, out stamp))
        {
            return false;
        }

        var zone = line.IndexOf(Zone);
        if (zone > 0)
        {
            var text = line.Slice(zone + 4);
            StampReader.AddZone(text.Length > 0 && text[0] == '"' ? text.Slice(1) : text, ref stamp);
        }

        stamp.Start = date + 5;
        stamp.Length = 24;
        return true;
    }

    public void Parse(LogRecord record)
    {
        var pairs = KeyValueText.Read(record.Raw);
        string? Get(string key) => pairs.TryGetValue(key, out var value) ? FirewallFields.Value(value) : null;
        FirewallFields.Ends(record, Get("srcip"), Get("srcport"), Get("dstip"), Get("dstport"));
        FirewallFields.Protocol(record, Get("proto"));
        FirewallFields.Action(record, Get("action") ?? Get("utmaction"));
        record.Set("device", Get("devname"));
        record.Set("event", Get("logid"));
        record.Set("rule", Get("policyname") ?? Get("policyid"));
        record.Set("interface_in", Get("srcintf"));
        record.Set("interface_out", Get("dstintf"));
        record.Set("src_nat_ip", Get("transip"));
        record.Set("bytes_sent", Get("sentbyte"));
        record.Set("bytes_received", Get("rcvdbyte"));
        record.Set("user", Get("user"));
        record.Set("url", Get("url") is { } url ? Get("hostname") + url : Get("hostname"));
        record.Set("direction", Get("direction"));
        record.Set("message", Get("msg"));
    }
}
