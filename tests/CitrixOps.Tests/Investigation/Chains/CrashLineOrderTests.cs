using System;
using System.Globalization;
using System.IO;
using System.Linq;
using CitrixOps.Investigation;
using Xunit;

namespace CitrixOps.Tests.Investigation.Chains;

/// <summary>The last crash line of a day is the one that the daily job of CVE-2026-88771 reads.</summary>
public sealed class CrashLineOrderTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 9, 10, 6, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();
    private readonly Problems _problems = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_planted_line_that_stays_the_last_for_a_day_was_run() =>
        Assert.Contains("daily job", Assert.Single(Search(Planted(10)), f => f.IndicatorId == "planted-crash-line-last").Reason, StringComparison.Ordinal);

    [Fact]
    public void Of_several_planted_lines_only_the_last_counts() => Assert.Single(Search(Planted(10), Planted(11), Planted(12)), f => f.IndicatorId == "planted-crash-line-last");

    [Fact]
    public void A_genuine_crash_after_it_takes_its_place() => Assert.DoesNotContain(Search(Planted(10), (14, Crash)), f => f.IndicatorId == "planted-crash-line-last");

    [Fact]
    public void A_genuine_crash_more_than_a_day_later_is_too_late() => Assert.Contains(Search(Planted(10), (40, Crash)), f => f.IndicatorId == "planted-crash-line-last");

    [Fact]
    public void A_log_that_ends_within_the_day_tells_nothing() => Assert.DoesNotContain(Search(Planted(60)), f => f.IndicatorId == "planted-crash-line-last");

    [Fact]
    public void A_genuine_crash_alone_is_none() => Assert.DoesNotContain(Search((10, Crash)), f => f.IndicatorId == "planted-crash-line-last");

    private static string Crash => "kern pitboss: NSPPE-00 (12345) unexpectedly died";

    private static (int Hour, string? Text) Planted(int hour) => (hour, null);

    private System.Collections.Generic.List<Finding> Search(params (int Hour, string? Text)[] lines)
    {
        var log = Enumerable.Range(0, 72).Select(h => Ns(Start.AddHours(h), "EVENT MONITORUP", "Server_svc - State UP"))
            .Concat(lines.Where(l => l.Text is null).Select(l => Ns(Start.AddHours(l.Hour).AddMinutes(5), "AAA Message", "\"Authentication is rejected for pitboss NSPPE-00 ;id; unexpectedly died (client ip : 192.0.2.66  , vserver ip: 203.0.113.10), extended error, if any : \"")))
            .OrderBy(l => l.Substring(l.IndexOf("/2026:", StringComparison.Ordinal) - 5, 19), StringComparer.Ordinal);
        Write("ns.log", string.Join('\n', log) + "\n");
        Write("messages", string.Concat(lines.Where(l => l.Text is not null).Select(l => string.Create(CultureInfo.InvariantCulture, $"{Start.AddHours(l.Hour):MMM dd HH:mm:ss} <kern.info> gw {l.Text![5..]}\n"))) + string.Create(CultureInfo.InvariantCulture, $"{Start.AddHours(72):MMM dd HH:mm:ss} <kern.info> gw newsyslog[1]: logfile turned over\n"));
        return Shipped.Search(_problems, new InvestigationOptions { Since = Start, Until = Start.AddDays(3), TimeZone = "UTC", Cve = ["CVE-2026-88771"] }, _folder.Path).Single().Findings.ToList();
    }

    private void Write(string name, string text) => File.SetLastWriteTimeUtc(_folder.File(name, text), Start.AddDays(3).UtcDateTime);

    private static string Ns(DateTimeOffset time, string what, string text) => string.Create(CultureInfo.InvariantCulture, $"{time:MMM dd HH:mm:ss} <local0.info> 192.0.2.10  {time:MM/dd/yyyy:HH:mm:ss} GMT gw 0-PPE-0 : default {what} {time.Ticks / 10_000_000 % 100_000} 0 :  {text}");
}
