using System;
using System.IO;
using System.Linq;
using CitrixOps.Indicators;
using Xunit;

namespace CitrixOps.Tests.Investigation.Tampering;

/// <summary>Logs that are written twice, on the appliance or at a collector, and pairs of lines in one.</summary>
public sealed class TwinsAndCopiesTests : IDisposable
{
    private static readonly DateTimeOffset Start = LogFolder.Start;
    private readonly LogFolder _logs = new();

    public void Dispose() => _logs.Dispose();

    [Theory]
    [InlineData("notice.log", "bash.log")]
    [InlineData("bash.log", "notice.log")]
    public void A_command_that_only_one_of_the_twins_has_was_removed_from_the_other(string whole, string lacking)
    {
        _logs.Write("/var/log/" + whole, LogFolder.Minutes(60, (t, i) => LogFolder.Shell(t, i)));
        _logs.Write("/var/log/" + lacking, LogFolder.Minutes(60, (t, i) => i is 20 or 21 ? null : LogFolder.Shell(t, i)));

        var finding = Assert.Single(_logs.Search().Findings);

        Assert.Equal("tampering-twin-logs", finding.IndicatorId);
        Assert.StartsWith(whole == "notice.log" ? "2 commands of bash stand in notice.log" : "2 commands of bash stand in the shell's own log", finding.Reason, StringComparison.Ordinal);
        Assert.Equal(whole, Path.GetFileName(finding.Source));
        Assert.Equal(21, finding.LineNumber);
    }

    [Fact]
    public void A_shell_log_that_is_gone_while_its_copies_are_there_was_removed()
    {
        _logs.Write("/var/log/notice.log", LogFolder.Minutes(60, (t, i) => LogFolder.Shell(t, i)));
        _logs.Write("/var/log/messages", ["Jul  1 06:00:00 <kern.info> gw kernel: x"]);

        Assert.Equal(["tampering-log-missing"], _logs.Search().Findings.Select(f => f.IndicatorId));

        _logs.Write("/var/log/bash.log", LogFolder.Minutes(60, (t, i) => LogFolder.Shell(t, i)));
        Assert.Empty(_logs.Search().Findings);
    }

    [Theory]
    [InlineData("/dev/pts/0", true)]
    [InlineData("(null)", false)]
    public void A_return_code_without_its_command_supports_where_the_log_holds_pairs(string tty, bool found)
    {
        _logs.Write("/var/log/bash.log", LogFolder.Minutes(120, (t, i) => i == 61
            ? LogFolder.Shell(t, 4, "return_code=\"0\"", tty: tty)
            : LogFolder.Shell(t, 4, i % 2 == 0 ? "shell_command=\"ls\"" : "return_code=\"0\"", tty: "/dev/pts/0")).Where((_, i) => i != 60));

        var findings = _logs.Search().Findings.Where(f => f.Phase == Phase.Tampering).ToList();

        Assert.Equal(found ? ["tampering-return-code"] : [], findings.Select(f => f.IndicatorId));
        Assert.All(findings, f => Assert.Equal(61, f.LineNumber));
    }

    [Fact]
    public void A_shell_that_writes_return_codes_by_themselves_shows_nothing()
    {
        _logs.Write("/var/log/bash.log", LogFolder.Minutes(120, (t, i) => LogFolder.Shell(t, 4, i % 3 == 0 ? "shell_command=\"ls\"" : "return_code=\"0\"")));

        Assert.DoesNotContain(_logs.Search().Findings, f => f.IndicatorId == "tampering-return-code");
    }

    [Fact]
    public void A_line_that_only_the_collector_has_was_removed_from_the_appliance()
    {
        _logs.Write("/var/log/ns.log", LogFolder.Minutes(300, (t, i) => i is 100 or 101 ? null : LogFolder.Ns(t, i * 3)));
        var copy = _logs.Write("collector/gw1.log", LogFolder.Minutes(300, (t, i) => "2025-07-01T08:00:00+02:00 relay " + LogFolder.Ns(t, i * 3)));

        var result = _logs.Search(copy);

        var finding = Assert.Single(result.Findings);
        Assert.Equal("tampering-collector-has-more", finding.IndicatorId);
        Assert.StartsWith("2 lines", finding.Reason, StringComparison.Ordinal);
        Assert.Equal((copy, 101L), (finding.Source, finding.LineNumber));
        Assert.Contains(result.Notes, n => n.Contains("2 only in the copy", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("lost")]
    [InlineData("more kinds")]
    [InlineData("other gateway")]
    [InlineData("longer")]
    public void A_copy_that_lost_lines_is_sent_more_kinds_or_reaches_further_shows_nothing(string kind)
    {
        _logs.Write("/var/log/ns.log", LogFolder.Minutes(300, (t, i) => LogFolder.Ns(t, i * 3)));
        var copy = _logs.Write("collector/gw1.log", LogFolder.Minutes(kind == "longer" ? 600 : 300, (t, i) => kind == "lost" && i % 50 == 7 ? null
            : LogFolder.Ns(t, i * 3, node: kind == "other gateway" ? "gw9" : "gw", what: kind == "more kinds" && i % 40 == 0 ? "SSLLOG SSL_HANDSHAKE_SUCCESS" : "EVENT MONITORUP")));

        var result = _logs.Search(copy);

        Assert.Empty(result.Findings);
        Assert.Equal(kind is "lost" or "more kinds", result.Excluded.Any(e => e.Reason.Contains("copy lacks", StringComparison.Ordinal)));
    }
}
