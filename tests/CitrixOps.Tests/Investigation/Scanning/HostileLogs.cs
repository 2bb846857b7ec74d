using System;
using System.Globalization;
using System.Text;
using CitrixOps.Logs;
using CitrixOps.Tests.Indicators.Oracle;

namespace CitrixOps.Tests.Investigation.Scanning;

/// <summary>Logs by seed that go wherever one line depends on another: times, gaps, orders of dates, borders of lines.</summary>
internal static class HostileLogs
{
    private static readonly string[] Months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    private static readonly string[] Ends = ["\n", "\n", "\n", "\n", "\n", "\r\n", "\n\n", "\r\r\n"];

    /// <summary>A log.</summary>
    public static byte[] Of(string logType, int lines, Random random)
    {
        var pool = OracleLines.Of(logType, 60, random);
        var text = new StringBuilder();
        var time = new DateTime(2020, 1, 1).AddMinutes(random.Next(500_000));
        var untimed = random.Next(4) == 0 ? random.Next(lines) : 0;
        var style = random.Next(6);
        for (var i = 0; i < lines; i++)
        {
            time = Next(time, random);
            var line = pool[random.Next(pool.Length)];
            text.Append(random.Next(12) switch
            {
                _ when i < untimed => random.Next(3) == 0 ? Headless(line) : Untimed(logType, random),
                0 => line,
                1 => Headless(line),
                2 => Untimed(logType, random),
                3 => "",
                _ => Timed(logType, time, random.Next(20) == 0 ? random.Next(6) : style, random) + Headless(line),
            });
            text.Append(Ends[random.Next(Ends.Length)]);
        }

        if (random.Next(3) == 0)
        {
            text.Append(Timed(logType, time, style, random)).Append(random.Next(2) == 0 ? "\r" : "");
        }

        return Encoding.Latin1.GetBytes(text.ToString());
    }

    // seconds mostly, sometimes back, a day on, or to where the clock changes
    private static DateTime Next(DateTime time, Random random) => random.Next(40) switch
    {
        0 => time.AddHours(random.Next(1, 80)),
        1 => time.AddSeconds(-random.Next(1, 100_000)),
        2 => new DateTime(time.Year, 10, 25, 2, 59, random.Next(60)),
        3 => new DateTime(time.Year, 3, 29, 1, 59, random.Next(60)),
        4 => new DateTime(time.Year, 12, 31, 23, 59, random.Next(60)),
        5 => new DateTime(time.Year, random.Next(1, 13), random.Next(1, 13), 0, 0, random.Next(60)),
        < 20 => time,
        _ => time.AddSeconds(random.Next(70)),
    };

    private static string Timed(string logType, DateTime time, int style, Random random)
    {
        var month = Months[time.Month - 1];
        var second = random.Next(30) == 0 ? random.Next(75) : time.Second;
        var clock = F($"{(random.Next(60) == 0 ? 24 : time.Hour):00}:{time.Minute:00}:{second:00}");
        var syslog = F($"{month} {time.Day,2} {clock}");
        var plain = syslog + (style == 0 ? " <local0.info> " : " ");
        return logType switch
        {
            LogTypes.HttpAccess => F($"192.0.2.{random.Next(256)} -> 192.0.2.1 - - [{time.Day:00}/{month}/{time.Year}:{clock}{Zone(style, random)}] "),
            LogTypes.HttpError => F($"[Wed {month} {time.Day:00} {clock}{(style < 3 ? "" : F($".{random.Next(1_000_000):000000}"))} {time.Year}] [error] "),
            LogTypes.NsLog => random.Next(5) == 0 ? plain + "ns nsd[12]: " : plain + Host(style) + Inner(time, clock, style, random),
            LogTypes.FortiGate => F($"date={time:yyyy-MM-dd} time={clock} devname=\"f\" tz=\"+0100\" "),
            LogTypes.WindowsFirewall => F($"{time:yyyy-MM-dd} {clock} "),
            LogTypes.Cef when style > 2 => F($"CEF:0|a|b|c|d|e|5|rt={new DateTimeOffset(time, TimeSpan.Zero).ToUnixTimeMilliseconds()} "),
            _ => random.Next(20) switch
            {
                0 => F($"<13>1 {time:yyyy-MM-dd}T{clock}Z gw app 1 - - "),
                1 => F($"{month} {time.Day,2} {time.Year} {clock} UTC: "),
                2 => syslog + " relay " + syslog + " gw x[1]: ",
                3 => "/var/log/x.log:7:" + syslog + " gw x[1]: ",
                _ => plain + "gw x[1]: ",
            },
        };
    }

    private static string Host(int style) => style switch { 0 => "192.0.2.21  ", 1 => " ", 2 => "gw-1 - ", _ => "192.0.2.21 " };

    private static string Inner(DateTime time, string clock, int style, Random random)
    {
        var (first, second) = (style is 3 or 4) ? (time.Day, time.Month) : (time.Month, time.Day);
        var date = style == 5 ? F($"{time.Year}/{time.Month:00}/{time.Day:00}") : F($"{first:00}/{second:00}/{time.Year}");
        return F($"{date}:{clock}{(style is 1 or 4 ? " " : random.Next(30) == 0 ? " GMTX " : " GMT ")}HA1 0-PPE-{random.Next(2)} : default SSLVPN Message {random.Next(100)} 0 :  \"");
    }

    private static string Zone(int style, Random random) => random.Next(25) == 0 ? "" : style switch { 0 => " +0000", 1 => " +01:00", 2 => " -0500", 3 => "Z", 4 => " Z", _ => " +0100" };

    private static string Headless(string line) => line.Length > 40 ? line[30..] : line;

    private static string Untimed(string logType, Random random) => random.Next(5) switch
    {
        0 => "sh: curl: not found",
        1 => new string('x', random.Next(300)),
        2 => "\0\0[[[///" + logType,
        3 => " 01/02/2020:00:00:00 GMT ",
        _ => "Jan",
    };

    private static string F(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
