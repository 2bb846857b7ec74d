using System;
using System.Linq;
using CitrixOps.Indicators;
using CitrixOps.Investigation;
using CitrixOps.SampleCases;
using Xunit;

namespace CitrixOps.Tests.Investigation;

/// <summary>What belongs together: per address, per gateway, over gateways.</summary>
public sealed class AttackChainTests : IDisposable
{
    private static readonly InvestigationOptions Options = new() { Since = new DateTimeOffset(2019, 12, 24, 0, 0, 0, TimeSpan.Zero), Until = new DateTimeOffset(2020, 1, 17, 0, 0, 0, TimeSpan.Zero), Cve = ["CVE-2019-19781"] };
    private readonly TemporaryFolder _folder = new();
    private readonly Problems _problems = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_no_address_is_logged_for_is_joined_to_the_attempt_before_it()
    {
        var options = new CaseOptions { Kind = CaseKind.Compromised };
        var chain = Shipped.Search(_problems, Options, GatewayCase.Build(options).WriteTarGz(_folder.Path, options.RootName)).Single().Chains[^1];

        Assert.Equal("", chain.SourceAddress);
        Assert.Equal([Phase.Attempt, Phase.Execution, Phase.Persistence], chain.Phases.Where(p => p is Phase.Attempt or Phase.Execution or Phase.Persistence));
        Assert.Contains("198.51.100.77 got in", chain.Link, StringComparison.Ordinal);
        Assert.Equal(chain.Steps.Select(s => s.Time).Order(), chain.Steps.Select(s => s.Time));
    }

    [Fact]
    public void One_address_on_two_gateways_is_told_on_both_and_graded_on_neither()
    {
        var results = Shipped.Search(_problems, Options, SampleCase.Gateways.Select(g => GatewayCase.Build(g).WriteTarGz(_folder.Path, g.RootName)).ToArray());

        var attempted = results.Single(r => r.Gateway == "gw-raadhuis");
        Assert.Equal(InvestigationVerdict.Attempted, attempted.Verdict);
        Assert.Contains(attempted.Chains, c => c.SourceAddress == "203.0.113.200" && c.OtherGateways.SequenceEqual(["gw-sociaal"]));
        Assert.Contains(results.Single(r => r.Gateway == "gw-sociaal").Chains, c => c.SourceAddress == "203.0.113.200" && c.OtherGateways.SequenceEqual(["gw-raadhuis"]));
        Assert.DoesNotContain(attempted.Reasons, r => r.Contains("got in elsewhere", StringComparison.Ordinal));
    }

    [Fact]
    public void An_address_that_got_in_elsewhere_is_named_in_the_reasons()
    {
        var first = GatewayCase.Build(new CaseOptions { HostName = "gw-1", Peer = null, Kind = CaseKind.Compromised }).WriteTarGz(_folder.Path, "collector_P_192.0.2.10_24Jan2020_09_15");
        var other = GatewayCase.Build(new CaseOptions { HostName = "gw-2", Nsip = "192.0.2.20", Peer = null });
        var log = other.Files.Single(f => f.Path == "var/log/httpaccess.log");
        other.Add(log.Path, "198.51.100.77 - - [15/Jan/2020:03:14:07 +0100] \"GET /vpn/../vpns/cfg/smb.conf HTTP/1.1\" 403 12 \"-\" \"x\" \"Time: 9 microsecs\"\n" + other.Text(log.Path), log.Modified);

        var result = Shipped.Search(_problems, Options, first, other.WriteTarGz(_folder.Path, "collector_P_192.0.2.20_24Jan2020_09_15")).Single(r => r.Gateway == "gw-2");

        Assert.Contains(result.Reasons, r => r.Contains("got in elsewhere", StringComparison.Ordinal) && r.Contains("198.51.100.77 (gw-1)", StringComparison.Ordinal));
    }

    [Fact]
    public void The_nodes_an_address_touched_are_named()
    {
        var first = GatewayCase.Build(new CaseOptions { HostName = "gw-1", Kind = CaseKind.Attempted }).WriteTarGz(_folder.Path, "collector_P_192.0.2.10_24Jan2020_09_15");
        var second = GatewayCase.Build(new CaseOptions { HostName = "gw-2", Nsip = "192.0.2.11", Peer = "192.0.2.10", Kind = CaseKind.Attempted }).WriteTarGz(_folder.Path, "collector_S_192.0.2.11_24Jan2020_09_20");

        Assert.All(Shipped.Search(_problems, Options, first, second).Single().Chains, c => Assert.Equal(["192.0.2.10", "192.0.2.11"], c.Nodes));
    }

    [Fact]
    public void Two_addresses_and_two_gateways_that_share_a_file_are_told_of_each_other()
    {
        string Gateway(string name, string nsip, string attacker, string visitor)
        {
            var bundle = GatewayCase.Build(new CaseOptions { HostName = name, Nsip = nsip, Peer = null });
            var log = bundle.Files.Single(f => f.Path == "var/log/httpaccess.log");
            string Line(string client, string time) => $"{client} - - [15/Jan/2020:{time} +0100] \"GET /vpn/../vpns/portal/kq3tbmwx.xml HTTP/1.1\" 200 12 \"-\" \"x\" \"Time: 9 microsecs\"\n";
            bundle.Add(log.Path, Line(attacker, "03:14:07") + Line(visitor, "05:00:00") + bundle.Text(log.Path), log.Modified);
            return bundle.WriteTarGz(_folder.Path, $"collector_P_{nsip}_24Jan2020_09_15");
        }

        var results = Shipped.Search(_problems, Options, Gateway("gw-1", "192.0.2.10", "198.51.100.1", "198.51.100.2"), Gateway("gw-2", "192.0.2.20", "198.51.100.3", "198.51.100.4"));

        var first = results[0].Chains.Single(c => c.SourceAddress == "198.51.100.1");
        Assert.Equal(["kq3tbmwx.xml"], first.Artefacts);
        Assert.Equal(["kq3tbmwx.xml: 198.51.100.2", "kq3tbmwx.xml: 198.51.100.3 (gw-2)", "kq3tbmwx.xml: 198.51.100.4 (gw-2)"], first.SameArtefact);
        Assert.Contains(results[1].Reasons, r => r.Contains("other gateways of this search have too", StringComparison.Ordinal) && r.Contains("198.51.100.1 (gw-1)", StringComparison.Ordinal));
    }
}
