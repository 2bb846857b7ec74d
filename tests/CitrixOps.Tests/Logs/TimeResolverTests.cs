using System;
using System.Globalization;
using CitrixOps.Logs;
using CitrixOps.Logs.Times;
using Xunit;

namespace CitrixOps.Tests.Logs;

public sealed class TimeResolverTests
{
    private static readonly TimeZoneInfo Amsterdam = TimeZones.Find("Europe/Amsterdam");

    [Theory]
    [InlineData(12, 31, 23, "2019-12-31T22:00:00Z")]
    [InlineData(1, 12, 3, "2020-01-12T02:00:00Z")]
    [InlineData(1, 24, 12, "2020-01-24T11:00:00Z")]
    [InlineData(2, 1, 0, "2019-01-31T23:00:00Z")]
    [InlineData(7, 1, 12, "2019-07-01T10:00:00Z")]
    public void A_missing_year_is_the_latest_that_is_not_after_the_file(int month, int day, int hour, string expected)
    {
        var resolver = new TimeResolver(Amsterdam, new DateTimeOffset(2020, 1, 24, 8, 15, 0, TimeSpan.Zero));

        Assert.True(resolver.TryResolve(new LogStamp { Month = month, Day = day, Hour = hour }, out var time, out var trust));
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), time);
        Assert.Equal(TimeTrust.YearInferred, trust);
    }

    [Fact]
    public void The_29th_of_February_waits_for_a_leap_year()
    {
        var resolver = new TimeResolver(null, new DateTimeOffset(2022, 6, 1, 0, 0, 0, TimeSpan.Zero));

        Assert.True(resolver.TryResolve(new LogStamp { Month = 2, Day = 29 }, out var time, out _));
        Assert.Equal(2020, time.Year);
    }

    [Fact]
    public void Without_a_file_time_a_stamp_without_year_has_no_time() =>
        Assert.False(new TimeResolver(Amsterdam, null).TryResolve(new LogStamp { Month = 1, Day = 2 }, out _, out _));

    [Fact]
    public void Hour_24_is_the_next_day()
    {
        Assert.True(new TimeResolver(null, null).TryResolve(new LogStamp { Year = 2020, Month = 1, Day = 19, Hour = 24, Minute = 23 }, out var time, out var trust));
        Assert.Equal(new DateTimeOffset(2020, 1, 20, 0, 23, 0, TimeSpan.Zero), time);
        Assert.Equal(TimeTrust.ZoneInferred, trust);
    }

    [Fact]
    public void A_stated_offset_wins_over_the_zone()
    {
        Assert.True(new TimeResolver(Amsterdam, null).TryResolve(new LogStamp { Year = 2020, Month = 7, Day = 1, Hour = 12, HasOffset = true, OffsetMinutes = -300 }, out var time, out var trust));
        Assert.Equal(17, time.Hour);
        Assert.Equal(TimeTrust.Stated, trust);
    }

    [Fact]
    public void A_time_at_a_change_of_the_clock_is_counted()
    {
        var resolver = new TimeResolver(Amsterdam, null);
        resolver.TryResolve(new LogStamp { Year = 2020, Month = 10, Day = 25, Hour = 2, Minute = 30 }, out _, out _);
        resolver.TryResolve(new LogStamp { Year = 2020, Month = 10, Day = 25, Hour = 4, Minute = 30 }, out _, out _);

        Assert.Equal(1, resolver.AtClockChange);
    }

    [Theory]
    [InlineData(4, 31)]
    [InlineData(2, 30)]
    public void A_day_that_does_not_exist_has_no_time(int month, int day) =>
        Assert.False(new TimeResolver(null, DateTimeOffset.UnixEpoch.AddYears(50)).TryResolve(new LogStamp { Month = month, Day = day }, out _, out _));

    [Theory]
    [InlineData("Europe/Amsterdam")]
    [InlineData("W. Europe Standard Time")]
    [InlineData("UTC")]
    public void Zones_are_found_by_iana_and_windows_names(string name) => Assert.NotNull(TimeZones.Find(name));

    [Fact]
    public void A_line_that_tells_the_order_of_day_and_month_tells_it_for_the_file()
    {
        var resolver = new TimeResolver(null, null);
        resolver.Learn(new LogStamp { Year = 2024, Month = 7, Day = 19, Order = DateOrder.DayFirst });

        Assert.True(resolver.TryResolve(new LogStamp { Year = 2024, Month = 9, Day = 7, Order = DateOrder.Either }, out var time, out _));
        Assert.Equal(7, time.Month);
        Assert.True(resolver.TryResolve(new LogStamp { Year = 2024, Month = 9, Day = 7 }, out time, out _));
        Assert.Equal(9, time.Month);
    }
}
