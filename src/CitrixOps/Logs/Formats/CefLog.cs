using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Logs.Times;

namespace CitrixOps.Logs.Formats;

/// <summary>Common Event Format, with or without a syslog head. Its own <c>rt</c> in milliseconds is better than the head's time.</summary>
internal sealed class CefLog : ILogFormat
{
    private static readonly byte[] Marker = { (byte)'C', (byte)'E', (byte)'F', (byte)':' };
    private static readonly byte[] Receipt = { (byte)' ', (byte)'r', (byte)'t', (byte)'=' };
    private static readonly byte[] FirstReceipt = { (byte)'|', (byte)'r', (byte)'t', (byte)'=' };

    public string LogType => LogTypes.Cef;

    public IReadOnlyList<string> Stems { get; } = new[] { "cef.log" };

    public TimeSpan? OrdinarySilence => null;

    public IReadOnlyList<string> Fields { get; } = FirewallFields.All.Concat(CefText.Fields).Distinct().ToArray();

    public bool Recognizes(ReadOnlySpan<byte> line) => line.Slice(0, Math.Min(line.Length, 200)).IndexOf(Marker) >= 0;

    public bool TryReadStamp(ReadOnlySpan<byte> line, out LogStamp stamp)
    {
        var receipt = line.IndexOf(Receipt);
        receipt = receipt < 0 ? line.IndexOf(FirstReceipt) : receipt;
        if (receipt >= 0)
        {
            var text = line.Slice(receipt + 4);
            if (StampReader.TryEpoch(text, out stamp) || StampReader.TrySyslogYear(text, out stamp) || StampReader.TryIso(text, out stamp))
            {
                stamp.Start = receipt + 4;
                return true;
            }
        }

        return SyslogStamp.TryRead(line, out stamp);
    }

    public void Parse(LogRecord record)
    {
        var start = record.Raw.IndexOf("CEF:", StringComparison.Ordinal);
        if (start < 0)
        {
            record.Set("message", record.Raw);
            return;
        }

        CefText.Parse(record, record.Raw.Substring(start));
    }
}
