using System;
using CitrixOps.Logs.Times;

namespace CitrixOps.Logs.Formats;

/// <summary>The time at the head of a syslog line, local or relayed: RFC 3164 or ISO, after any prefix.</summary>
internal static class SyslogStamp
{
    /// <summary>Reads it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out LogStamp stamp)
    {
        var start = LinePrefix.Length(line);
        var text = line.Slice(start);
        if (!StampReader.TrySyslog(text, out stamp) && !StampReader.TryIso(text, out stamp))
        {
            return false;
        }

        stamp.Start = start;

        // a relay keeps the line it received behind its own stamp: the inner one is the appliance's
        var rest = start + stamp.Length;
        if (stamp.Year == 0 || rest + 20 > line.Length)
        {
            return true;
        }

        for (var i = rest; i < Math.Min(line.Length - 15, rest + 80); i++)
        {
            if (line[i - 1] == ' ' && StampReader.TrySyslog(line.Slice(i), out var inner) && !stamp.HasOffset)
            {
                inner.Year = stamp.Year;
                inner.Start = i;
                stamp = inner;
                return true;
            }
        }

        return true;
    }
}
