using System;
using System.Globalization;
using System.Linq;
using CitrixOps.Indicators;
using CitrixOps.Investigation;
using CitrixOps.SampleCases;
using Xunit;

namespace CitrixOps.Tests.Investigation.Chains;

/// <summary>A file that an attempt names and that is given out afterwards shows that the attempt ran.</summary>
public sealed class PayloadResultsTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 9, 10, 6, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("id > /netscaler/ns_gui/vpn/q7.html", "/vpn/q7.html", 3, 200, true)]
    [InlineData("id%20%3e%20%2fnetscaler%2fns_gui%2fvpn%2fq7.html", "/vpn/q7.html", 3, 200, true)]
    [InlineData("id > /var/netscaler/logon/q7.html", "/logon/q7.html?a=b", 23, 206, true)]
    [InlineData("id > /var/vpn/media/q7.html", "/vpn/./media/%71%37.html", 3, 200, true)]
    [InlineData("id > /netscaler/ns_gui/vpn/q7.html", "/vpn/q7.html", 25, 200, false)]
    [InlineData("id > /netscaler/ns_gui/vpn/q7.html", "/vpn/q7.html", 3, 404, false)]
    [InlineData("id > /netscaler/ns_gui/vpn/q7.html", "/vpn/q8.html", 3, 200, false)]
    [InlineData("id > /netscaler/ns_gui/vpn/q7.html", "/logon/q7.html", 3, 200, false)]
    [InlineData("id > /tmp/q7.html", "/vpn/q7.html", 3, 200, false)]
    [InlineData("id > /netscaler/ns_gui/vpn/q7.html", "/vpn/q7.html", -1, 200, false)]
    public void It_takes_the_attempt_first_and_the_answer_within_a_day(string payload, string page, int hours, int status, bool found)
    {
        var result = Search(payload, (hours, page, status));

        Assert.Contains(result.Findings, f => f.Outcome == Outcome.Attempt);
        Assert.Equal(found, result.Findings.Any(f => f.IndicatorId == "payload-file-answered" && f.SourceAddress == "198.51.100.9" && f.Outcome == Outcome.Success));
        Assert.Equal(found, result.Verdict == InvestigationVerdict.Compromised);
    }

    [Fact]
    public void A_page_that_was_there_before_shows_nothing()
    {
        var result = Search("cp x /netscaler/ns_gui/vpn/q7.html", (-2, "/vpn/q7.html", 200), (2, "/vpn/q7.html", 200));

        Assert.DoesNotContain(result.Findings, f => f.IndicatorId == "payload-file-answered");
        Assert.Contains(result.Excluded, e => e.Reason.Contains("before it too", StringComparison.Ordinal));
    }

    [Fact]
    public void An_answer_in_a_compressed_log_is_found_where_it_stands()
    {
        var lines = string.Concat(Enumerable.Range(0, 5000).Select(i => Request(Start.AddHours(11).AddSeconds(i), i == 4321 ? "/vpn/%71%37.html" : "/vpn/index.html?%C3%A9=" + i, 200)));
        _folder.File("httpaccess.log.0.gz", BundleBuilder.Gzip(System.Text.Encoding.ASCII.GetBytes(lines)));

        var result = Search("id > /netscaler/ns_gui/vpn/q7.html", (90, "/vpn/q7.html", 200));

        var finding = Assert.Single(result.Findings, f => f.IndicatorId == "payload-file-answered");
        Assert.Equal(4322, finding.LineNumber);
        Assert.EndsWith("httpaccess.log.0.gz", finding.Source, StringComparison.Ordinal);
        Assert.Equal(Start.AddHours(11).AddSeconds(4321), finding.Time);
        Assert.Contains("%71%37", finding.Excerpt, StringComparison.Ordinal);
    }

    private static string Request(DateTimeOffset time, string page, int status) => string.Create(CultureInfo.InvariantCulture, $"198.51.100.9 - - [{time:dd/MMM/yyyy:HH:mm:ss} +0000] \"GET {page} HTTP/1.1\" {status} 12 \"-\" \"x\"\n");

    private CitrixOps.Investigation.Investigation Search(string payload, params (int Hours, string Page, int Status)[] requests)
    {
        var attempt = Start.AddHours(10);
        _folder.File("ns.log", string.Create(CultureInfo.InvariantCulture, $"{attempt:MMM dd HH:mm:ss} <local0.info> 192.0.2.10  {attempt:MM/dd/yyyy:HH:mm:ss} GMT gw 0-PPE-0 : default AAA Message 7 0 :  \"Authentication is rejected for pitboss NSPPE-00 ;{payload}; unexpectedly died (client ip : 192.0.2.66  , vserver ip: 203.0.113.10), extended error, if any : \"\n"));
        _folder.File("httpaccess.log", string.Concat(requests.Select(r => Request(attempt.AddHours(r.Hours), r.Page, r.Status))));
        return Shipped.Search(new Problems(), new InvestigationOptions { Since = Start.AddDays(-1), Until = Start.AddDays(3), Cve = ["CVE-2026-88771"] }, _folder.Path).Single();
    }
}
