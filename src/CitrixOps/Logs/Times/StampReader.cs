using System;

namespace CitrixOps.Logs.Times;

/// <summary>Reads the date and time notations of the appliance's logs from bytes, without allocation.</summary>
internal static class StampReader
{
    /// <summary>RFC 3164: <c>Jan 19 23:40:14</c>.</summary>
    public static bool TrySyslog(ReadOnlySpan<byte> text, out LogStamp stamp)
    {
        stamp = default;
        if (text.Length < 15 || text[3] != ' ' || text[6] != ' ')
        {
            return false;
        }

        stamp.Month = Month(text);
        stamp.Day = TwoDigits(text, 4, blank: true);
        stamp.Length = 15;
        return stamp.Month > 0 && stamp.Day > 0 && Clock(text.Slice(7), ref stamp);
    }

    /// <summary>The same with the year behind the day, as firewalls write it: <c>Jan 19 2020 23:40:14</c>.</summary>
    public static bool TrySyslogYear(ReadOnlySpan<byte> text, out LogStamp stamp)
    {
        stamp = default;
        if (text.Length < 20 || text[3] != ' ' || text[6] != ' ' || text[11] != ' ')
        {
            return false;
        }

        stamp.Month = Month(text);
        stamp.Day = TwoDigits(text, 4, blank: true);
        stamp.Year = FourDigits(text, 7);
        stamp.Length = 20;
        return stamp.Month > 0 && stamp.Day > 0 && stamp.Year > 0 && Clock(text.Slice(12), ref stamp);
    }

    /// <summary>Seconds, milliseconds, microseconds or nanoseconds since 1970 in UTC, told apart by the number of digits.</summary>
    public static bool TryEpoch(ReadOnlySpan<byte> text, out LogStamp stamp)
    {
        stamp = default;
        var digits = 0;
        long value = 0;
        while (digits < text.Length && digits < 19 && IsDigit(text[digits]))
        {
            value = (value * 10) + (text[digits++] - '0');
        }

        if (digits is not (10 or 13 or 16 or 19) || (digits < text.Length && IsDigit(text[digits])))
        {
            return false;
        }

        for (var i = digits; i > 10; i--)
        {
            value /= 10;
        }

        var time = new DateTime(1970, 1, 1).AddSeconds(value);
        stamp.Year = time.Year;
        stamp.Month = time.Month;
        stamp.Day = time.Day;
        stamp.Hour = time.Hour;
        stamp.Minute = time.Minute;
        stamp.Second = time.Second;
        stamp.HasOffset = true;
        stamp.Length = digits;
        return true;
    }

    /// <summary>A zone right at the start of a text: <c>Z</c>, <c>+0100</c>, <c>+01:00</c>.</summary>
    public static void AddZone(ReadOnlySpan<byte> text, ref LogStamp stamp) => Zone(text, ref stamp);

    /// <summary>ISO 8601 as in RFC 5424: <c>2025-07-09T17:11:30.123Z</c>, also with a blank and without a zone.</summary>
    public static bool TryIso(ReadOnlySpan<byte> text, out LogStamp stamp)
    {
        stamp = default;
        if (text.Length < 19 || text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != ' '))
        {
            return false;
        }

        stamp.Year = FourDigits(text, 0);
        stamp.Month = TwoDigits(text, 5);
        stamp.Day = TwoDigits(text, 8);
        if (stamp.Year < 1 || stamp.Month < 1 || stamp.Day < 1 || !Clock(text.Slice(11), ref stamp))
        {
            return false;
        }

        var end = 19;
        if (end < text.Length && text[end] is (byte)'.' or (byte)',')
        {
            end++;
            while (end < text.Length && IsDigit(text[end]))
            {
                end++;
            }
        }

        end += Zone(text.Slice(end), ref stamp);
        stamp.Length = end;
        return true;
    }

    /// <summary>Apache access log: <c>15/Jan/2020:15:09:05 +0100</c>.</summary>
    public static bool TryApacheAccess(ReadOnlySpan<byte> text, out LogStamp stamp)
    {
        stamp = default;
        if (text.Length < 20 || text[2] != '/' || text[6] != '/' || text[11] != ':')
        {
            return false;
        }

        stamp.Day = TwoDigits(text, 0);
        stamp.Month = Month(text.Slice(3));
        stamp.Year = FourDigits(text, 7);
        stamp.Length = 20;
        if (stamp.Day < 1 || stamp.Month < 1 || stamp.Year < 1 || !Clock(text.Slice(12), ref stamp))
        {
            return false;
        }

        if (text.Length > 20 && text[20] == ' ')
        {
            var zone = Zone(text.Slice(21), ref stamp);
            stamp.Length = zone > 0 ? 21 + zone : 20;
        }

        return true;
    }

    /// <summary>Apache error log: <c>Wed Jan 15 15:09:05 2020</c> or with microseconds before the year.</summary>
    public static bool TryApacheError(ReadOnlySpan<byte> text, out LogStamp stamp)
    {
        stamp = default;
        if (text.Length < 24 || text[3] != ' ' || text[7] != ' ' || text[10] != ' ')
        {
            return false;
        }

        stamp.Month = Month(text.Slice(4));
        stamp.Day = TwoDigits(text, 8, blank: true);
        if (stamp.Month < 1 || stamp.Day < 1 || !Clock(text.Slice(11), ref stamp))
        {
            return false;
        }

        var position = 19;
        if (text[position] == '.')
        {
            position++;
            while (position < text.Length && IsDigit(text[position]))
            {
                position++;
            }
        }

        if (position + 5 > text.Length || text[position] != ' ')
        {
            return false;
        }

        stamp.Year = FourDigits(text, position + 1);
        stamp.Length = position + 5;
        return stamp.Year > 0;
    }

    /// <summary>
    /// The inner stamp of ns.log: <c>05/31/2024:06:05:23 GMT</c>, with day first or year first as the appliance is set. Month and day
    /// are given month first unless that cannot be; <see cref="LogStamp.Order"/> tells what is known of the order.
    /// </summary>
    public static bool TryNsLog(ReadOnlySpan<byte> text, out LogStamp stamp)
    {
        stamp = default;
        if (text.Length < 19)
        {
            return false;
        }

        int first, second;
        if (text[2] == '/' && text[5] == '/' && text[10] == ':')
        {
            first = TwoDigits(text, 0);
            second = TwoDigits(text, 3);
            stamp.Year = FourDigits(text, 6);
        }
        else if (text[4] == '/' && text[7] == '/' && text[10] == ':')
        {
            stamp.Year = FourDigits(text, 0);
            first = TwoDigits(text, 5);
            second = TwoDigits(text, 8);
            stamp.Month = first;
            stamp.Day = second;
            return Finish(text, ref stamp);
        }
        else
        {
            return false;
        }

        stamp.Order = first > 12 ? DateOrder.DayFirst : second > 12 ? DateOrder.MonthFirst : first == second ? DateOrder.Settled : DateOrder.Either;
        if (first > 12)
        {
            (first, second) = (second, first);
        }

        stamp.Month = first;
        stamp.Day = second;
        return Finish(text, ref stamp);
    }

    internal static bool IsDigit(byte b) => (uint)(b - '0') <= 9;

    private static bool Finish(ReadOnlySpan<byte> text, ref LogStamp stamp)
    {
        if (stamp.Year < 1 || stamp.Month is < 1 or > 12 || stamp.Day is < 1 or > 31 || !Clock(text.Slice(11), ref stamp))
        {
            return false;
        }

        stamp.Length = 19;
        if (text.Length >= 23 && text[19] == ' ' && text[20] == 'G' && text[21] == 'M' && text[22] == 'T' && (text.Length == 23 || text[23] is (byte)' ' or (byte)'"'))
        {
            stamp.HasOffset = true;
            stamp.Length = 23;
        }

        return true;
    }

    private static bool Clock(ReadOnlySpan<byte> text, ref LogStamp stamp)
    {
        if (text.Length < 8 || text[2] != ':' || text[5] != ':')
        {
            return false;
        }

        stamp.Hour = TwoDigits(text, 0);
        stamp.Minute = TwoDigits(text, 3);
        stamp.Second = TwoDigits(text, 6);
        return stamp.Hour is >= 0 and <= 24 && stamp.Minute is >= 0 and <= 59 && stamp.Second is >= 0 and <= 60;
    }

    // Z, +0100, +01:00; returns how many bytes it took
    private static int Zone(ReadOnlySpan<byte> text, ref LogStamp stamp)
    {
        if (text.Length > 0 && text[0] == 'Z')
        {
            stamp.HasOffset = true;
            return 1;
        }

        if (text.Length < 5 || (text[0] != '+' && text[0] != '-'))
        {
            return 0;
        }

        var colon = text[3] == ':' ? 1 : 0;
        if (text.Length < 5 + colon)
        {
            return 0;
        }

        var hours = TwoDigits(text, 1);
        var minutes = TwoDigits(text, 3 + colon);
        if (hours is < 0 or > 14 || minutes is < 0 or > 59)
        {
            return 0;
        }

        stamp.HasOffset = true;
        stamp.OffsetMinutes = ((hours * 60) + minutes) * (text[0] == '-' ? -1 : 1);
        return 5 + colon;
    }

    private static int TwoDigits(ReadOnlySpan<byte> text, int at, bool blank = false)
    {
        var tens = blank && text[at] == ' ' ? 0 : text[at] - '0';
        var ones = text[at + 1] - '0';
        return (uint)tens <= 9 && (uint)ones <= 9 ? (tens * 10) + ones : -1;
    }

    private static int FourDigits(ReadOnlySpan<byte> text, int at)
    {
        var high = TwoDigits(text, at);
        var low = TwoDigits(text, at + 2);
        return high < 0 || low < 0 ? -1 : (high * 100) + low;
    }

    // the three letters as one number; 0 when they are no month
    private static int Month(ReadOnlySpan<byte> text) => ((text[0] | 0x20) << 16 | (text[1] | 0x20) << 8 | (text[2] | 0x20)) switch
    {
        0x6a616e => 1,
        0x666562 => 2,
        0x6d6172 => 3,
        0x617072 => 4,
        0x6d6179 => 5,
        0x6a756e => 6,
        0x6a756c => 7,
        0x617567 => 8,
        0x736570 => 9,
        0x6f6374 => 10,
        0x6e6f76 => 11,
        0x646563 => 12,
        _ => 0,
    };
}
