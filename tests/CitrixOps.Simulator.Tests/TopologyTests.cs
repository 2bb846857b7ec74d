using System.Net;
using System.Threading.Tasks;
using CitrixOps.Simulator.Hosting;
using CitrixOps.Simulator.Traffic;
using Xunit;

namespace CitrixOps.Simulator.Tests;

/// <summary>Points 11, 12 and 16 where the network is not plain: IPv6, translation of addresses, content switches, partitions.</summary>
public sealed class TopologyTests
{
    private static readonly IPAddress Outside = IPAddress.Parse("198.51.100.7");
    private static readonly IPAddress Inside = IPAddress.Parse("10.20.30.40");

    [Fact]
    public async Task Behind_a_translation_all_clients_look_alike()
    {
        await using var host = await SimulatorHost.Start("topology-nat");
        var wire = await new Wire(host.Nodes[0]).Login();
        Assert.All((await wire.Get("aaasession")).Rows("aaasession"), r => Assert.Equal("10.20.99.1", (string)r!["publicip"]!));
        await wire.Post("nsacl", "{\"nsacl\":{\"aclname\":\"a\",\"aclaction\":\"ALLOW\",\"srcip\":true,\"srcipval\":\"10.0.0.0-10.255.255.255\",\"priority\":10}}");
        await wire.Post("nsacl", "{\"nsacl\":{\"aclname\":\"d\",\"aclaction\":\"DENY\",\"destip\":true,\"destipval\":\"203.0.113.10\",\"priority\":20}}");
        await wire.Post("nsacls?action=apply", "{\"nsacls\":{}}");

        var answer = host.Ask(Outside, "203.0.113.10");
        Assert.Equal((Outcome.Answered, "10.20.99.1"), (answer.Outcome, answer.SeenFrom));
    }

    [Fact]
    public async Task Over_ipv6_only_lists_for_ipv6_count()
    {
        await using var host = await SimulatorHost.Start("topology-ipv6");
        var wire = await new Wire(host.Nodes[0]).Login();
        var (outside, inside) = (IPAddress.Parse("2001:db8:ffff::7"), IPAddress.Parse("fd00:20:30::40"));
        await wire.Post("nsacl", "{\"nsacl\":{\"aclname\":\"d\",\"aclaction\":\"DENY\",\"destip\":true,\"destipval\":\"203.0.113.10\",\"priority\":10}}");
        await wire.Post("nsacls?action=apply", "{\"nsacls\":{}}");
        Assert.Equal((Outcome.NoAnswer, Outcome.Answered), (host.Ask(Outside, "203.0.113.10").Outcome, host.Ask(outside, "2001:db8:10::10").Outcome));

        Assert.Equal(201, (await wire.Post("nsacl6", "{\"nsacl6\":{\"acl6name\":\"a\",\"acl6action\":\"ALLOW\",\"srcipv6\":true,\"srcipv6val\":\"fd00::-fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff\",\"priority\":10}}")).Status);
        Assert.Equal(201, (await wire.Post("nsacl6", "{\"nsacl6\":{\"acl6name\":\"d\",\"acl6action\":\"DENY\",\"destipv6\":true,\"destipv6val\":\"2001:db8:10::10\",\"priority\":20}}")).Status);
        Assert.Equal(899, (await wire.Post("nsacl6", "{\"nsacl6\":{\"acl6name\":\"e\",\"acl6action\":\"DENY\",\"priority\":20}}")).Code);
        Assert.Equal(200, (await wire.Post("nsacls6?action=apply", "{\"nsacls6\":{}}")).Status);
        Assert.Equal((Outcome.NoAnswer, Outcome.Answered), (host.Ask(outside, "2001:db8:10::10").Outcome, host.Ask(inside, "2001:db8:10::10").Outcome));
        Assert.Equal("APPLIED", (string)(await wire.Get("nsacl6/d")).Rows("nsacl6")[0]!["kernelstate"]!);
    }

    [Fact]
    public async Task A_gateway_behind_a_content_switch_closes_with_either()
    {
        await using var host = await SimulatorHost.Start("topology-content-switch");
        var wire = await new Wire(host.Nodes[0]).Login();
        Assert.Equal("gw_main", host.Ask(new Packet(Outside, IPAddress.Parse("203.0.113.20"), 443)).Server);
        Assert.Equal("lb_site", host.Ask(new Packet(Outside, IPAddress.Parse("203.0.113.20"), 443, Host: "site.example")).Server);
        var row = (await wire.Get("vpnvserver/gw_main")).Rows("vpnvserver")[0]!;
        Assert.Equal(("0.0.0.0", 0, "cs_portal"), ((string)row["ipv46"]!, (int)row["port"]!, (string)row["csvserver"]!));

        await wire.Post("vpnvserver?action=disable", "{\"vpnvserver\":{\"name\":\"gw_main\"}}");
        Assert.Equal(503, host.Ask(Outside, "203.0.113.20").Status);
        Assert.Equal(200, host.Ask(new Packet(Outside, IPAddress.Parse("203.0.113.20"), 443, Host: "site.example")).Status);
        await wire.Post("csvserver?action=disable", "{\"csvserver\":{\"name\":\"cs_portal\"}}");
        Assert.Equal(Outcome.Refused, host.Ask(Outside, "203.0.113.20").Outcome);
    }

    [Fact]
    public async Task A_partition_has_its_own_servers_lists_and_saves()
    {
        await using var host = await SimulatorHost.Start("topology-partitions");
        var wire = await new Wire(host.Nodes[0]).Login();
        Assert.Single((await wire.Get("vpnvserver")).Rows("vpnvserver"));
        Assert.Equal(200, (await wire.Post("nspartition?action=Switch", "{\"nspartition\":{\"partitionname\":\"Sociaal\"}}")).Status);
        Assert.Equal("gw_sociaal", (string)(await wire.Get("vpnvserver")).Rows("vpnvserver")[0]!["name"]!);
        Assert.Equal(2772, (await wire.Post("hafailover?action=Force", "{\"hafailover\":{\"force\":true}}")).Code);
        Assert.Equal(2760, (await wire.Get("nshardware")).Code);

        await wire.Post("nsacl", "{\"nsacl\":{\"aclname\":\"d\",\"aclaction\":\"DENY\",\"destip\":true,\"destipval\":\"203.0.113.40\",\"priority\":20}}");
        await wire.Post("nsacls?action=apply", "{\"nsacls\":{}}");
        Assert.Equal((Outcome.NoAnswer, Outcome.Answered, Outcome.Answered), (host.Ask(Outside, "203.0.113.40").Outcome, host.Ask(Outside, "203.0.113.10").Outcome, host.Ask(Outside, "203.0.113.50").Outcome));

        Assert.True((bool)(await wire.Get("nsconfig")).Json["nsconfig"]!["configchanged"]!);
        var other = await new Wire(host.Nodes[0]).Login();
        Assert.False((bool)(await other.Get("nsconfig")).Json["nsconfig"]!["configchanged"]!);
        await other.Post("nsconfig?action=save", "{\"nsconfig\":{}}");
        Assert.True(host.Nodes[0].HasUnsavedChanges);
        await other.Post("nsconfig?action=save", "{\"nsconfig\":{\"all\":true}}");
        Assert.False(host.Nodes[0].HasUnsavedChanges);
        Assert.Contains("add ns acl d", host.Nodes[0].SavedConfiguration);

        var header = await new Wire(host.Nodes[0]).Send("POST", "config/nspartition?action=switch", "{\"nspartition\":{\"partitionname\":\"Sociaal\"}}", "X-NITRO-USER: nsroot", "X-NITRO-PASS: Rehearsal-1");
        Assert.Equal(200, header.Status);
        Assert.Equal("gw_main", (string)(await new Wire(host.Nodes[0]).Send("GET", "config/vpnvserver", null, "X-NITRO-USER: nsroot", "X-NITRO-PASS: Rehearsal-1")).Rows("vpnvserver")[0]!["name"]!);
        Assert.Equal(2755, (await wire.Post("nspartition?action=Switch", "{\"nspartition\":{\"partitionname\":\"none\"}}")).Code);
        var kinds = (await wire.Get("nspartition")).Rows("nspartition");
        Assert.Equal(("Default", "Current"), ((string)kinds[0]!["partitiontype"]!, (string)kinds[1]!["partitiontype"]!));
    }
}
