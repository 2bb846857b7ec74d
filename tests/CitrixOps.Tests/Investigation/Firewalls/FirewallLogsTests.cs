using System;
using System.Globalization;
using System.IO;
using System.Linq;
using CitrixOps.Investigation;
using CitrixOps.SampleCases;
using Xunit;

namespace CitrixOps.Tests.Investigation.Firewalls;

/// <summary>Whose the logs of a firewall are, and what happens when nobody says.</summary>
public sealed class FirewallLogsTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2020, 1, 10, 6, 0, 0, TimeSpan.Zero);
    private static readonly InvestigationOptions Options = new() { Since = new DateTimeOffset(2019, 12, 24, 0, 0, 0, TimeSpan.Zero), Until = new DateTimeOffset(2020, 1, 17, 0, 0, 0, TimeSpan.Zero), TimeZone = "UTC" };
    private readonly TemporaryFolder _folder = new();
    private readonly Problems _problems = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_firewalls_log_alone_asks_for_the_gateways_addresses()
    {
        var result = Shipped.Search(_problems, Options, Log("192.0.2.10")).Single();

        var problem = Assert.Single(_problems.Reported, p => p.Id == "GatewayAddressNeeded");
        Assert.Contains("-GatewayAddress", problem.Recommendation, StringComparison.Ordinal);
        Assert.Contains(result.Notes, n => n.Contains("no address of the gateway is known", StringComparison.Ordinal));
        Assert.Equal(InvestigationVerdict.Inconclusive, result.Verdict);
    }

    [Theory]
    [InlineData("192.0.2.10", null)]
    [InlineData(null, "192.0.2.10")]
    public void An_address_that_is_given_or_is_the_gateways_name_is_searched_for(string? name, string? address)
    {
        var options = new InvestigationOptions { Since = Options.Since, Until = Options.Until, TimeZone = "UTC", GatewayName = name, GatewayAddresses = address is null ? [] : [address] };

        var result = Shipped.Search(_problems, options, Log("192.0.2.10")).Single();

        Assert.Equal("gateway-talks-inward", Assert.Single(result.Findings).IndicatorId);
        Assert.Contains(result.Notes, n => n.Contains("connections from 192.0.2.10", StringComparison.Ordinal));
        Assert.Empty(_problems.Reported);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Searched_with_a_bundle_it_belongs_to_that_gateway_whatever_comes_first(bool first)
    {
        var log = Log("192.0.2.10");
        var bundle = GatewayCase.Build(new CaseOptions { Peer = null }).WriteTarGz(_folder.Path, "collector_P_192.0.2.10_24Jan2020_09_15");

        var result = Assert.Single(Shipped.Search(_problems, Options, first ? [log, bundle] : [bundle, log]));

        var finding = Assert.Single(result.Findings, f => f.IndicatorId == "gateway-talks-inward");
        Assert.Equal(log, finding.Source);
        Assert.Contains(result.Notes, n => n.Contains("configuration or name says", StringComparison.Ordinal));
        Assert.DoesNotContain(result.Reasons, r => r.Contains("fw.log", StringComparison.Ordinal) && r.Contains("was among what was searched", StringComparison.Ordinal));
        Assert.Empty(_problems.Reported);
    }

    [Fact]
    public void With_two_gateways_each_finds_its_own_traffic()
    {
        var bundles = SampleCase.Gateways.Select(g => GatewayCase.Build(g).WriteTarGz(_folder.Path, g.RootName)).ToList();
        var results = Shipped.Search(_problems, Options, [.. bundles, Log("192.0.2.20")]);

        Assert.Equal(["gw-sociaal"], results.Where(r => r.Findings.Any(f => f.IndicatorId == "gateway-talks-inward")).Select(r => r.Gateway));
        Assert.Equal(2, results.Count);
    }

    private string Log(string source)
    {
        var path = _folder.File("fw.log", string.Concat(Enumerable.Range(0, 3).Select(i => string.Create(CultureInfo.InvariantCulture, $"{Start.AddMinutes(i):MMM dd HH:mm:ss} fw kernel: [12.1] FW ACCEPT IN=eth1 OUT=eth0 MAC=00 SRC={source} DST=10.1.1.5 LEN=60 TOS=0x00 PREC=0x00 TTL=63 ID=1 DF PROTO=TCP SPT=40000 DPT=445 WINDOW=64240 RES=0x00 SYN URGP=0\n"))));
        File.SetLastWriteTimeUtc(path, Start.AddDays(14).UtcDateTime);
        return path;
    }
}
