using System;
using System.Globalization;
using System.IO;
using System.Linq;
using CitrixOps.Indicators;
using CitrixOps.Investigation;
using Xunit;

namespace CitrixOps.Tests.Investigation.Tampering;

/// <summary>Files that are missing, emptied or changed, and lines that do not stand where their time belongs.</summary>
public sealed class RotatedFilesTests : IDisposable
{
    private static readonly DateTimeOffset Start = LogFolder.Start;
    private readonly LogFolder _logs = new();

    public void Dispose() => _logs.Dispose();

    [Theory]
    [InlineData("/var/log/ns.log.1.gz", "ns.log.1 is missing")]
    [InlineData("/var/log/ns.log", "ns.log is missing")]
    public void A_file_that_is_missing_in_a_rotation_supports_where_the_folder_was_read_whole(string path, string reason)
    {
        Rotation();
        File.Delete(_logs.Image + path);

        var finding = Assert.Single(_logs.Search().Findings);

        Assert.Equal(("tampering-log-missing", Grade.Supporting), (finding.IndicatorId, finding.Grade));
        Assert.StartsWith(reason, finding.Reason, StringComparison.Ordinal);
        Assert.Contains(finding.Reason!, r => r == 'Z');
    }

    [Fact]
    public void The_oldest_file_may_be_missing()
    {
        Rotation();
        File.Delete(_logs.Image + "/var/log/ns.log.3.gz");

        Assert.Empty(_logs.Search().Findings);
    }

    [Fact]
    public void Files_given_one_by_one_are_not_judged_but_limit_the_coverage()
    {
        Rotation();
        var result = Shipped.Search(
            _logs.Problems,
            new InvestigationOptions { Since = Start, Until = Start.AddDays(3), TimeZone = "UTC" },
            Path.Combine(_logs.Image, "var/log/ns.log.2.gz"),
            Path.Combine(_logs.Image, "var/log/ns.log")).Single();

        Assert.Empty(result.Findings);
        Assert.Equal(["ns.log.0", "ns.log.1"], result.Coverage.Single().Missing);
    }

    [Fact]
    public void A_cut_archive_is_not_judged()
    {
        var bundle = new SampleCases.BundleBuilder();
        bundle.Add("nsconfig/ns.conf", "#NS13.1 Build 48.47\nset ns config -IPAddress 192.0.2.10 -netmask 255.255.255.0\n", Start);
        foreach (var name in new[] { "ns.log", "ns.log.2" })
        {
            bundle.Add("var/log/" + name, string.Concat(LogFolder.Minutes(300, (t, i) => LogFolder.Ns(t, i)).Select(l => l + "\n")), Start.AddDays(1));
        }

        // padding that cannot be compressed, so that the cut falls behind the logs
        var noise = new byte[200_000];
        new Random(1).NextBytes(noise);
        bundle.Add("var/zzz", noise, Start);
        using var folder = new TemporaryFolder();
        var whole = bundle.WriteTarGz(folder.Path, "collector_P_192.0.2.10_24Jul2025_09_15");
        Assert.Equal(["tampering-log-missing"], Ids(whole));

        File.WriteAllBytes(whole, File.ReadAllBytes(whole)[..^100_000]);
        Assert.Empty(Ids(whole));
    }

    [Fact]
    public void An_emptied_log_and_one_that_was_changed_after_its_time_are_leads()
    {
        Rotation();
        Assert.Empty(_logs.Search().Findings);

        File.SetLastWriteTimeUtc(_logs.Image + "/var/log/ns.log.2.gz", Start.AddDays(2).UtcDateTime);
        File.WriteAllText(_logs.Image + "/var/log/messages", "");
        _logs.Write("/var/log/messages.0", ["Jul  1 06:00:00 <kern.info> gw newsyslog[1]: logfile turned over"]);

        var findings = _logs.Search().Findings;
        Assert.Equal(["tampering-log-edited", "tampering-log-edited"], findings.Select(f => f.IndicatorId));
        Assert.All(findings, f => Assert.Equal(Grade.Pivot, f.Grade));
        Assert.Contains(findings, f => f.Reason!.StartsWith("The file was changed 2025-07-03 06:00Z", StringComparison.Ordinal));
        Assert.Contains(findings, f => f.Reason!.StartsWith("The file is empty", StringComparison.Ordinal));
    }

    [Fact]
    public void A_copy_that_did_not_keep_times_shows_nothing()
    {
        Rotation(times: false);

        Assert.Empty(_logs.Search().Findings);
    }

    [Theory]
    [InlineData(-400, 1, true)]
    [InlineData(-400, 5, true)]
    [InlineData(400, 2, true)]
    [InlineData(-3, 2, false)]
    [InlineData(-60, 1, false)]
    [InlineData(-120, 3, false)]
    [InlineData(120, 2, false)]
    [InlineData(330, 1, false)]
    public void A_few_lines_that_stand_elsewhere_than_their_time_were_put_there(int minutes, int count, bool found)
    {
        _logs.Write("/var/log/messages", LogFolder.Minutes(600, (t, i) => Message(i >= 450 && i < 450 + count ? t.AddMinutes(minutes) : t)));

        var result = _logs.Search();

        Assert.Equal(found ? ["tampering-time-order"] : [], result.Findings.Select(f => f.IndicatorId));
        Assert.Equal(!found && minutes != -3, result.Excluded.Any(e => e.Reason.Contains("whole hours", StringComparison.Ordinal)));
        Assert.All(result.Findings, f => Assert.Equal(451, f.LineNumber));
        Assert.All(result.Findings, f => Assert.StartsWith(FormattableString.Invariant($"{count} lines in 1 places"), f.Reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(47, true)]
    [InlineData(8, false)]
    [InlineData(60, false)]
    public void A_clock_that_is_set_back_is_a_lead_unless_it_is_corrected_or_changes_by_an_hour(int minutes, bool found)
    {
        _logs.Write("/var/log/messages", LogFolder.Minutes(600, (t, i) => Message(i >= 300 ? t.AddMinutes(-minutes) : t)));

        var result = _logs.Search();

        Assert.Equal(found ? ["tampering-clock-set-back"] : [], result.Findings.Select(f => f.IndicatorId));
        Assert.Equal(!found, result.Excluded.Any(e => e.Reason.Contains("clock", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_hour_that_summer_time_repeats_is_no_tampering()
    {
        var october = new DateTimeOffset(2025, 10, 25, 20, 0, 0, TimeSpan.Zero);
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");
        _logs.Write("/var/log/messages", Enumerable.Range(0, 700).Select(i => Message(TimeZoneInfo.ConvertTime(october.AddMinutes(i), zone))), october.AddHours(12));

        var result = Shipped.Search(_logs.Problems, new InvestigationOptions { Since = october, Until = october.AddDays(1), TimeZone = "Europe/Amsterdam" }, _logs.Image).Single();

        Assert.Empty(result.Findings);
    }

    [Fact]
    public void Files_joined_newest_first_and_merged_logs_are_no_tampering()
    {
        _logs.Write("/var/log/messages", LogFolder.Minutes(300, (t, _) => Message(t), 300).Concat(LogFolder.Minutes(300, (t, _) => Message(t))));
        _logs.Write("/var/log/auth.log", LogFolder.Minutes(900, (t, i) => Message(i % 10 == 0 ? t.AddMinutes(-437) : t)));

        var result = _logs.Search();

        Assert.Empty(result.Findings);
        Assert.Contains(result.Excluded, e => e.Reason.Contains("joined newest first", StringComparison.Ordinal));
        Assert.Contains(result.Excluded, e => e.Reason.Contains("merged or relayed", StringComparison.Ordinal));
    }

    [Fact]
    public void Requests_that_end_late_are_no_disorder()
    {
        _logs.Write("/var/log/httpaccess.log", LogFolder.Minutes(600, (t, i) => string.Create(CultureInfo.InvariantCulture, $"198.51.100.4 - - [{(i % 50 == 0 ? t.AddMinutes(-200) : t):dd/MMM/yyyy:HH:mm:ss} +0000] \"GET /vpn/index.html HTTP/1.1\" 200 12 \"-\" \"x\"")));

        Assert.Empty(_logs.Search().Findings);
    }

    private static string[] Ids(string path) => Shipped.Search(new Problems(), new InvestigationOptions { Since = Start.AddHours(-1), Until = Start.AddDays(3) }, path).Single().Findings.Select(f => f.IndicatorId).ToArray();

    private static string Message(DateTimeOffset time) => string.Create(CultureInfo.InvariantCulture, $"{time:MMM dd HH:mm:ss} <kern.info> gw kernel: arp: 192.0.2.1 moved");

    // five files of one log, each closed when the next begins
    private void Rotation(bool times = true)
    {
        for (var i = 3; i >= -1; i--)
        {
            var from = (3 - i) * 200;
            _logs.Write("/var/log/ns.log" + (i < 0 ? "" : FormattableString.Invariant($".{i}.gz")), LogFolder.Minutes(200, (t, n) => LogFolder.Ns(t, n), from), times ? Start.AddMinutes(from + 200) : null);
        }
    }
}
