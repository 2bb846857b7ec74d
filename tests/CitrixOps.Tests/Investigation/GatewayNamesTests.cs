using System.Collections.Generic;
using System.IO;
using System.Linq;
using CitrixOps.Advisories;
using CitrixOps.Appliances;
using CitrixOps.Appliances.Configuration;
using CitrixOps.Investigation;
using Xunit;

namespace CitrixOps.Tests.Investigation;

/// <summary>Which nodes are one gateway. Private addresses and host names occur at more than one customer.</summary>
public sealed class GatewayNamesTests
{
    [Fact]
    public void Two_nodes_that_name_each_other_are_one_gateway() => Assert.Equal(["a", "a"], Names(Node("a", ".1", ".2"), Node("b", ".2", ".1")));

    [Fact]
    public void A_node_without_a_configuration_is_joined_by_the_other_ones_word() => Assert.Equal(["a", "a"], Names(Node("a", ".1", ".2"), new ApplianceFacts { Gateway = "b", Node = "b", Nsip = ".2" }));

    [Fact]
    public void A_node_that_names_a_third_is_no_partner() => Assert.Equal(["a", "c"], Names(Node("a", ".1", ".2"), Node("c", ".2", ".9")));

    [Fact]
    public void Pairs_of_two_customers_with_the_same_addresses_stay_two_gateways()
    {
        var nodes = new[] { Node("ams-1", ".1", ".2", "ams"), Node("rtd-1", ".1", ".2", "rtd"), Node("rtd-2", ".2", ".1", "rtd"), Node("ams-2", ".2", ".1", "ams") };

        Assert.Equal(["ams-1", "rtd-1", "rtd-1", "ams-1"], Names(nodes));
    }

    [Fact]
    public void Without_host_names_they_are_told_apart_by_a_number()
    {
        var nodes = new[] { Node("192.168.100.1", "192.168.100.1", null, "ams"), Node("192.168.100.1", "192.168.100.1", null, "rtd"), Node("192.168.100.1", "192.168.100.1", null, "ams") };

        Assert.Equal(["192.168.100.1", "192.168.100.1 (2)", "192.168.100.1"], Names(nodes));
    }

    [Fact]
    public void A_stranger_with_the_partners_address_is_not_joined_where_only_one_of_each_was_given() =>
        Assert.Equal(["ams-1", "rtd-2"], Names(Node("ams-1", ".1", ".2", "ams"), Node("rtd-2", ".2", ".1", "rtd")));

    [Fact]
    public void A_partner_that_lacks_what_was_added_since_is_still_the_partner()
    {
        var changed = Node("b", ".2", ".1", "ams", objects: 14);

        Assert.Equal(["a", "a"], Names(Node("a", ".1", ".2", "ams", objects: 20), changed));
    }

    [Fact]
    public void The_worse_node_counts_for_its_own_pair_only()
    {
        var assessment = new PatchLevelAssessment(Shipped.Catalogue);
        var facts = new[] { Node("ams-1", ".1", ".2", "ams", "14.1-73.46"), Node("rtd-1", ".1", ".2", "rtd", "13.0-92.31"), Node("rtd-2", ".2", ".1", "rtd", "14.1-73.46"), Node("ams-2", ".2", ".1", "ams", "14.1-73.46") };
        var levels = facts.Select(f => (Level: PatchLevels.Of(f, assessment, GatewayEdition.Unknown), Facts: f)).ToList();

        PatchLevels.JoinPairs(levels);

        Assert.Equal([PatchStatus.FixedConfigurationOpen, PatchStatus.EndOfLifeVulnerable, PatchStatus.EndOfLifeVulnerable, PatchStatus.FixedConfigurationOpen], levels.Select(l => l.Level.PairStatus));
        Assert.Contains(levels[1].Level.Notes, n => n.Contains("differ: 13.0-92.31 here, 14.1-73.46", System.StringComparison.Ordinal));
        Assert.DoesNotContain(levels[0].Level.Notes, n => n.Contains("differ", System.StringComparison.Ordinal));
    }

    [Fact]
    public void Two_lone_gateways_of_one_name_are_no_pair()
    {
        var assessment = new PatchLevelAssessment(Shipped.Catalogue);
        var levels = new[] { Node("adc", ".1", ".2", "ams", "14.1-73.46"), Node("adc", ".5", ".6", "rtd", "13.0-92.31") }.Select(f => (Level: PatchLevels.Of(f, assessment, GatewayEdition.Unknown), Facts: f)).ToList();

        PatchLevels.JoinPairs(levels);

        Assert.Equal(PatchStatus.FixedConfigurationOpen, levels[0].Level.PairStatus);
    }

    private static IReadOnlyList<string> Names(params ApplianceFacts[] nodes) => GatewayNames.Of(nodes, given: null);

    private static ApplianceFacts Node(string name, string nsip, string? peer, string customer = "x", string version = "13.1-59.22", int objects = 12)
    {
        var text = string.Concat(Enumerable.Range(0, objects).Select(i => $"add lb vserver {customer}_{i} HTTP 10.0.0.{i} 80\n")) + "add vpn vserver gw SSL 203.0.113.1 443\n";
        return new ApplianceFacts { Gateway = name, Node = name, Nsip = nsip, PeerAddress = peer, Versions = [new VersionObservation(version, VersionRole.Running, "test")], Configuration = NsConfiguration.Parse(new StringReader(text)) };
    }
}
