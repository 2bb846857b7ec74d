using System;
using System.Linq;
using CitrixOps.Investigation;
using CitrixOps.SampleCases;
using Xunit;

namespace CitrixOps.PowerShell.Tests.Commands;

public sealed class GetLogCoverageCommandTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Each_log_of_a_bundle_says_what_it_covers()
    {
        GatewayCase.Build(new CaseOptions()).WriteTarGz(_session.Folder, new CaseOptions().RootName);

        var result = _session.Run("Get-LogCoverage $folder -Since 2019-12-24Z -Until 2020-01-16Z");

        Assert.Empty(result.Errors);
        var access = result.Of<LogCoverage>().Single(c => c.Kind == "httpaccess.log");
        Assert.Equal(new DateTimeOffset(2019, 12, 19, 23, 5, 0, TimeSpan.Zero), access.First);
        Assert.Equal(CoverageAnswer.True, access.Covers);
        Assert.Equal(8, access.Files.Count);
        Assert.Contains("year", result.Of<LogCoverage>().Single(c => c.Kind == "cron").TimeNotes.Single());
    }

    [Fact]
    public void A_silence_longer_than_ordinary_is_a_gap()
    {
        _session.File("httpaccess.log", Access("10/Jan/2020") + Access("14/Jan/2020") + Access("15/Jan/2020"));

        var coverage = _session.Run("Get-LogCoverage $folder -Since 2020-01-11Z -Until 2020-01-12Z").Of<LogCoverage>().Single();

        Assert.Equal(CoverageAnswer.False, coverage.Covers);
        Assert.Equal(new DateTimeOffset(2020, 1, 10, 12, 0, 0, TimeSpan.Zero), coverage.Gaps.Single().From);
        Assert.Contains("4 d 0 h", coverage.CoversReason);
    }

    [Fact]
    public void Without_a_window_the_answer_is_unknown()
    {
        _session.File("httpaccess.log", Access("10/Jan/2020"));

        Assert.Equal(CoverageAnswer.Unknown, _session.Run("Get-LogCoverage $folder").Of<LogCoverage>().Single().Covers);
    }

    [Theory]
    [InlineData("-Since 2020-01-16 -Until 2020-01-10", "WindowEmpty")]
    [InlineData("-TimeZone Mars/Olympus", "TimeZoneUnknown")]
    [InlineData("-LogType unheard", "LogTypeUnknown")]
    public void What_cannot_work_is_refused_before_anything_is_read(string parameters, string id) =>
        Assert.Equal(id, _session.Run("Get-LogCoverage $folder " + parameters).ErrorId);

    [Fact]
    public void The_zone_counts_for_logs_that_state_none()
    {
        var path = _session.File("cron", "Jan 10 12:00:00 gw /usr/sbin/cron[1]: (root) CMD (newsyslog)\n");
        System.IO.File.SetLastWriteTimeUtc(path, new DateTime(2020, 1, 11, 0, 0, 0, DateTimeKind.Utc));

        Assert.Equal(11, _session.Run("Get-LogCoverage $folder -TimeZone Europe/Amsterdam").Of<LogCoverage>().Single().First!.Value.Hour);
    }

    [Fact]
    public void The_view_shows_what_matters()
    {
        _session.File("httpaccess.log", Access("10/Jan/2020"));

        Assert.Contains("2020-01-10 12:00", _session.Rendered("Get-LogCoverage $folder"));
    }

    private static string Access(string day) => $"192.0.2.4 - - [{day}:12:00:00 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"\n";
}
