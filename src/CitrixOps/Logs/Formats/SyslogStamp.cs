using System;
using CitrixOps.Logs.Times;

namespace CitrixOps.Logs.Formats;

/// <summary>
/// The time in front of a syslog line, RFC 3164 or ISO 8601, behind what a relay or grep put there. A relay that keeps the line it
/// received writes a stamp of its own before the appliance's: then the appliance's is taken, with the year of the relay's.
/// </summary>
internal static class SyslogStamp
{
    private const int InnerWithin = 80;

    /// <summary>Reads it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out LogStamp stamp)
    {
        var start = LinePrefix.Length(line);
        var text = line.Slice(start);
        if (!StampReader.TrySyslogYear(text, out stamp) && !StampReader.TrySyslog(text, out stamp) && !StampReader.TryIso(text, out stamp))
        {
            return false;
        }

        stamp.Start = start;

        // a stamp with a zone is better than one without; the same moment is meant
        if (stamp.HasOffset || !TryInner(line, start + stamp.Length, tokens: stamp.Year == 0 ? 1 : 6, out var inner))
        {
            return true;
        }

        inner.Year = inner.Year == 0 ? stamp.Year : inner.Year;
        stamp = inner;
        return true;
    }

    private static bool TryInner(ReadOnlySpan<byte> line, int rest, int tokens, out LogStamp inner)
    {
        for (var i = rest + 1; i < Math.Min(line.Length - 15, rest + InnerWithin) && tokens >= 0; i++)
        {
            if (line[i - 1] != ' ' || line[i] == ' ')
            {
                continue;
            }

            if (StampReader.TrySyslog(line.Slice(i), out inner))
            {
                inner.Start = i;
                return true;
            }

            tokens--;
        }

        inner = default;
        return false;
    }
}
