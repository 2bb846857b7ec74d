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

    private string _plant = "pitboss NSPPE-00 ;id; unexpectedly died";
    private int[] _runs = [];
    private int? _hoursPerFile;

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

    [Theory]
    [InlineData("pitboss NSPPE-00 %3bid%3b unexpectedly died")]
    [InlineData("pitboss%20NSPPE-00%20%3Bid%3B%20unexpectedly%20died")]
    [InlineData("%70itboss%20NSPPE-00%20%253Bid%253B%20missed%20too%20many%20heartbeats")]
    [InlineData("pitboss NSPPE-00 %24%28id%29 missed too many heartbeats")]
    public void An_encoded_plant_counts_like_any_other(string text)
    {
        _plant = text;
        Assert.Contains(Search(Planted(10)), f => f.IndicatorId == "planted-crash-line-last");
        Assert.DoesNotContain(Search(Planted(10), (14, Crash)), f => f.IndicatorId == "planted-crash-line-last");
    }

    [Theory]
    [InlineData(12, null, true)]
    [InlineData(9, 14, false)]
    [InlineData(40, null, true)]
    [InlineData(12, 14, true)]
    [InlineData(15, 14, false)]
    public void When_the_job_ran_is_what_cron_says(int job, int? crash, bool found)
    {
        // before the plant or after a genuine crash it found nothing; where it did not run within a day the day decides
        _runs = job == 9 ? [9, 33] : [job];
        var findings = crash is { } hour ? Search(Planted(10), (hour, Crash)) : Search(Planted(10));

        Assert.Equal(found, findings.Any(f => f.IndicatorId == "planted-crash-line-last"));
        Assert.All(findings.Where(f => f.IndicatorId == "planted-crash-line-last" && job == 12), f => Assert.Contains("job ran 2026-09-10 18:01Z", f.Reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(4, false)]
    public void A_line_that_is_turned_over_out_of_reach_before_the_day_is_over_is_not_run_for_certain(int hoursPerFile, bool found)
    {
        _hoursPerFile = hoursPerFile;

        Assert.Equal(found, Search(Planted(10)).Any(f => f.IndicatorId == "planted-crash-line-last"));
    }

    [Fact]
    public void Over_files_of_a_rotation_the_order_is_that_of_the_times()
    {
        _hoursPerFile = 12;

        Assert.DoesNotContain(Search(Planted(10), (14, Crash)), f => f.IndicatorId == "planted-crash-line-last");
        _runs = [11];
        Assert.Contains(Search(Planted(10), (14, Crash)), f => f.IndicatorId == "planted-crash-line-last");
    }

    private static string Crash => "kern pitboss: NSPPE-00 (12345) unexpectedly died";

    private static (int Hour, string? Text) Planted(int hour) => (hour, null);

    private System.Collections.Generic.List<Finding> Search(params (int Hour, string? Text)[] lines)
    {
        var log = Enumerable.Range(0, 72).Select(h => Ns(Start.AddHours(h), "EVENT MONITORUP", "Server_svc - State UP"))
            .Concat(lines.Where(l => l.Text is null).Select(l => Ns(Start.AddHours(l.Hour).AddMinutes(5), "AAA Message", $"\"Authentication is rejected for {_plant} (client ip : 192.0.2.66  , vserver ip: 203.0.113.10), extended error, if any : \"")))
            .OrderBy(l => l.Substring(l.IndexOf("/2026:", StringComparison.Ordinal) - 5, 19), StringComparer.Ordinal);
        WriteNsLog(log.ToList());
        Write("cron", string.Concat(_runs.Select(h => string.Create(CultureInfo.InvariantCulture, $"{Start.AddHours(h):MMM dd HH:01:00} <cron.info> gw /usr/sbin/cron[77]: (root) CMD (/netscaler/ns_monuploadd_err.pl)\n"))));
        Write("messages", string.Concat(lines.Where(l => l.Text is not null).Select(l => string.Create(CultureInfo.InvariantCulture, $"{Start.AddHours(l.Hour):MMM dd HH:mm:ss} <kern.info> gw {l.Text![5..]}\n"))) + string.Create(CultureInfo.InvariantCulture, $"{Start.AddHours(72):MMM dd HH:mm:ss} <kern.info> gw newsyslog[1]: logfile turned over\n"));
        return Shipped.Search(_problems, new InvestigationOptions { Since = Start, Until = Start.AddDays(3), TimeZone = "UTC", Cve = ["CVE-2026-88771"] }, _folder.Path).Single().Findings.ToList();
    }

    private void WriteNsLog(System.Collections.Generic.List<string> lines)
    {
        if (_hoursPerFile is not { } hours)
        {
            Write("ns.log", string.Join('\n', lines) + "\n");
            return;
        }

        var files = lines.Chunk(hours).ToList();
        for (var i = 0; i < files.Count; i++)
        {
            Write("ns.log" + (i == files.Count - 1 ? "" : "." + (files.Count - 2 - i)), string.Join('\n', files[i]) + "\n");
        }
    }

    private void Write(string name, string text) => File.SetLastWriteTimeUtc(_folder.File(name, text), Start.AddDays(3).UtcDateTime);

    private static string Ns(DateTimeOffset time, string what, string text) => string.Create(CultureInfo.InvariantCulture, $"{time:MMM dd HH:mm:ss} <local0.info> 192.0.2.10  {time:MM/dd/yyyy:HH:mm:ss} GMT gw 0-PPE-0 : default {what} {time.Ticks / 10_000_000 % 100_000} 0 :  {text}");
}
