using System;
using System.Globalization;
using System.IO;
using System.Text;
using CitrixOps.Investigation;
using CitrixOps.Logs;
using Xunit;

namespace CitrixOps.Tests.Investigation;

/// <summary>Hits that are only counted are kept small and forgotten when they are too many; what is left is told as any other.</summary>
public sealed class CountedHitsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Problems _problems = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_burst_among_more_logins_than_are_kept_points_to_its_last_record()
    {
        const int Lonely = 62_000;
        const int BurstAt = 1_000;
        var log = new StringBuilder();
        var time = new DateTime(2025, 6, 1, 0, 0, 0, DateTimeKind.Unspecified);
        for (var i = 0; i < Lonely; i++)
        {
            for (var burst = 0; burst < 300 && i == BurstAt; burst++)
            {
                Login(log, "198.51.100.7", time);
            }

            time = time.AddSeconds(30);
            Login(log, FormattableString.Invariant($"198.18.{i / 200 % 200}.{i % 200}"), time);
        }

        _folder.File("httpaccess.log", Encoding.ASCII.GetBytes(log.ToString()));
        var result = Assert.Single(Shipped.Search(_problems, new InvestigationOptions { Since = DateTimeOffset.UnixEpoch }, Path.Combine(_folder.Path, "httpaccess.log")));

        var finding = Assert.Single(result.Findings);
        Assert.Equal("login-endpoint-burst", finding.IndicatorId);
        Assert.Equal("198.51.100.7", finding.SourceAddress);
        Assert.Equal(BurstAt + 300, finding.LineNumber);
        Assert.Equal("01/Jun/2025:08:20:00 +0000", finding.LoggedTime);
        Assert.Equal(new DateTimeOffset(2025, 6, 1, 8, 20, 0, TimeSpan.Zero), finding.Time);
        Assert.Contains("/cgi/login", finding.Excerpt, StringComparison.Ordinal);
        Assert.Contains(result.Excluded, e => e.Reason == "hits too many to correlate");
    }

    [Fact]
    public void A_record_of_very_many_fields_keeps_all_of_them()
    {
        var record = new LogRecord();
        for (var round = 0; round < 2; round++)
        {
            record.Reset(LogTypes.Cef, "raw");
            for (var i = 0; i < 1000; i++)
            {
                record.Set("f" + i.ToString(CultureInfo.InvariantCulture), i.ToString(CultureInfo.InvariantCulture));
            }

            record.Set("f20", null);
            record.Set("f500", null);
            record.Set("f999", "last");
            Assert.Equal(998, record.Fields.Count);
            Assert.Equal(("19", null, "501", null, "last"), (record["f19"], record["f20"], record["f501"], record["f500"], record["f999"]));
            Assert.Null(record["other"]);
        }

        record.Reset(LogTypes.Cef, "raw");
        Assert.Null(record["f19"]);
        Assert.Empty(record.Fields);
    }

    private static void Login(StringBuilder log, string address, DateTime time) =>
        log.Append(address).Append(" - - [").Append(time.ToString("dd/MMM/yyyy:HH:mm:ss", CultureInfo.InvariantCulture)).Append(" +0000] \"POST /cgi/login HTTP/1.1\" 302 523 \"-\" \"Mozilla/5.0\" \"Time: 90211 microsecs\"\n");
}
