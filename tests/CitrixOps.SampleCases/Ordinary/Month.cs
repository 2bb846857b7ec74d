using System;
using System.Collections.Generic;

namespace CitrixOps.SampleCases.Ordinary;

/// <summary>A month on a gateway: its node, its people, its clock, its chance. The same seed makes the same month.</summary>
internal sealed class Month(int seed, string host, string nsip)
{
    /// <summary>The first moment: a March with the change to summer time left out, local time is UTC.</summary>
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The end, exclusive.</summary>
    public static readonly DateTimeOffset End = Start.AddDays(31);

    private static readonly string[] Names = ["j.devries", "m.bakker", "a.yilmaz", "s.jansen", "p.vandijk", "raadsgriffie", "t.el-amrani", "zo\u00c3\u00ab.smit", "j\u00e9r\u00f4me", "jan@raad.example", "o'brien", "svc-print", "van der berg"];
    private readonly Random _random = new(seed);

    public string Host => host;

    public string Nsip => nsip;

    public int Next(int limit) => _random.Next(limit);

    public int Next(int from, int limit) => _random.Next(from, limit);

    public T Pick<T>(params T[] values) => values[_random.Next(values.Length)];

    public string User() => Pick(Names);

    /// <summary>Somebody at home or on the move, over IPv4 or IPv6.</summary>
    public string Client() => _random.Next(12) == 0 ? FormattableString.Invariant($"2001:db8:{_random.Next(1, 400):x}::{_random.Next(1, 60_000):x}")
        : Client4();

    /// <summary>Somebody outside, over IPv4.</summary>
    public string Client4() => FormattableString.Invariant($"{Pick("198.51.100", "203.0.113", "198.18.7", "198.19.40")}.{_random.Next(20, 250)}");

    /// <summary>Moments of the month in their order: office hours are busy, nights are not.</summary>
    public IEnumerable<DateTimeOffset> Moments(int perDay)
    {
        for (var day = Start; day < End; day = day.AddDays(1))
        {
            var times = new List<DateTimeOffset>();
            for (var i = 0; i < (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? perDay / 3 : perDay); i++)
            {
                times.Add(day.AddSeconds(i % 4 == 0 ? _random.Next(86_400) : (7 * 3600) + _random.Next(11 * 3600)));
            }

            times.Sort();
            foreach (var time in times)
            {
                yield return time;
            }
        }
    }

    /// <summary>Moments at equal distances.</summary>
    public static IEnumerable<DateTimeOffset> Every(TimeSpan distance, TimeSpan after = default)
    {
        for (var time = Start + after; time < End; time += distance)
        {
            yield return time;
        }
    }

    /// <summary>A line as the appliance's syslog daemon writes it.</summary>
    public Line Syslog(DateTimeOffset time, string level, string text) => new(time, $"{Stamps.Syslog(time)} <{level}> {host} {text}");
}
