using System;
using CitrixOps.Logs.Times;

namespace CitrixOps.Logs.Formats;

/// <summary>
/// The time in front of a syslog line, RFC 3164 or ISO 8601, behind what a relay or grep put there. A relay that keeps the line it
/// received writes a stamp of its own before the appliance's: then the appliance's is taken, with the year of the relay's.
/// </summary>
internal static class SyslogStamp
{
    /// <summary>The length of an RFC 3164 stamp.</summary>
    public const int PlainLength = 15;

    private const int InnerWithin = 80;

    /// <summary>Where a plain RFC 3164 stamp stands at the start of a line.</summary>
    public static StampPlace Place { get; } = new AtStart();

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

    /// <summary>Whether a line that begins with an RFC 3164 stamp has another behind it.</summary>
    public static bool HasInner(ReadOnlySpan<byte> line) => TryInner(line, PlainLength, tokens: 1, out _);

    /// <summary>Whether a stamp is an RFC 3164 stamp at the very start of its line.</summary>
    public static bool IsPlain(in LogStamp stamp) => stamp.Start == 0 && stamp.Length == PlainLength && stamp.Year == 0 && !stamp.HasOffset;

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

    // Jan 19 23:40:14: what it begins with excludes every prefix, and a year behind the day
    private sealed class AtStart : StampPlace
    {
        public override int Start(ReadOnlySpan<byte> line) => 0;

        public override bool TryDescribe(ReadOnlySpan<byte> line, in LogStamp stamp, out StampWindow window)
        {
            window = new StampWindow { Length = PlainLength, Seconds = 13, OtherSeconds = -1 };
            return IsPlain(stamp);
        }

        public override bool Disturbed(ReadOnlySpan<byte> line, in StampWindow window) => HasInner(line);
    }
}
