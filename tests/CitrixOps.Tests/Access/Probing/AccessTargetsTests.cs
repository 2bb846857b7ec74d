using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Access.Inventory;
using CitrixOps.Access.Networks;
using CitrixOps.Access.Probing;
using Xunit;

namespace CitrixOps.Tests.Access.Probing;

/// <summary>Every door of every way in that the inventory has.</summary>
public sealed class AccessTargetsTests
{
    [Theory]
    [InlineData(AccessKind.Vpn, "SSL", "TCP+UDP", 443, "https://192.0.2.1/ dtls://192.0.2.1:443/")]
    [InlineData(AccessKind.Authentication, "SSL", "TCP", 8443, "https://192.0.2.1:8443/")]
    [InlineData(AccessKind.LoadBalancing, "HTTP", "TCP", 80, "http://192.0.2.1/")]
    [InlineData(AccessKind.LoadBalancing, "SSL_BRIDGE", "TCP", 443, "https://192.0.2.1/")]
    [InlineData(AccessKind.LoadBalancing, "SSL_TCP", "TCP", 636, "tls://192.0.2.1:636/")]
    [InlineData(AccessKind.LoadBalancing, "TCP", "TCP", 3389, "tcp://192.0.2.1:3389/")]
    [InlineData(AccessKind.LoadBalancing, "ANY", "TCP", 65535, "tcp://192.0.2.1:443/")]
    [InlineData(AccessKind.LoadBalancing, "DTLS", "UDP", 443, "dtls://192.0.2.1:443/")]
    [InlineData(AccessKind.LoadBalancing, "DNS", "UDP", 53, "udp://192.0.2.1:53/")]
    [InlineData(AccessKind.CacheRedirection, "HTTP", "TCP", 65535, "http://192.0.2.1/")]
    [InlineData(AccessKind.Management, "SNIP", "TCP", 443, "https://192.0.2.1/ http://192.0.2.1/ ssh://192.0.2.1:22/")]
    public void A_way_in_is_asked_as_it_speaks(AccessKind kind, string service, string protocol, int port, string expected)
    {
        var way = new ExternalAccess { Kind = kind, Name = "vs", Address = ["192.0.2.1"], ServiceType = service, Protocol = protocol, Port = port };

        Assert.Equal(expected.Split(' '), AccessTargets.Of([way]).Select(t => t.Uri!.AbsoluteUri));
    }

    [Fact]
    public void What_lies_behind_several_switches_is_reached_through_each()
    {
        ExternalAccess[] ways =
        [
            new() { Kind = AccessKind.ContentSwitching, Name = "cs1", Address = ["192.0.2.1"], ServiceType = "SSL", Port = 443 },
            new() { Kind = AccessKind.ContentSwitching, Name = "cs2", Address = ["192.0.2.2"], ServiceType = "HTTP", Port = 80 },
            new() { Kind = AccessKind.LoadBalancing, Name = "lb", Behind = "cs1, CS2", ServiceType = "HTTP" },
            new() { Kind = AccessKind.ContentSwitching, Name = "cs1", Partition = "other", Address = ["192.0.2.9"], ServiceType = "SSL", Port = 443 },
        ];

        Assert.Equal([("cs1", "https://192.0.2.1/"), ("cs2", "http://192.0.2.2/")], AccessTargets.Of(ways).Where(t => t.Name == "lb").Select(t => (t.Through, t.Uri!.AbsoluteUri)));
    }

    [Fact]
    public async Task The_inventory_gives_partitions_switches_management_and_both_families()
    {
        await using var lab = await SimulatedGateway.Start(prepare: h =>
        {
            foreach (var node in h.Nodes)
            {
                node.Put("lbvserver", new System.Collections.Generic.Dictionary<string, string> { ["name"] = "lb_range", ["servicetype"] = "SSL", ["ipv46"] = "203.0.113.60", ["range"] = "3", ["port"] = "443" });
                node.Put("ipset", new System.Collections.Generic.Dictionary<string, string> { ["name"] = "more" });
                node.Put("ipset_nsip_binding", new System.Collections.Generic.Dictionary<string, string> { ["name"] = "more", ["ipaddress"] = "203.0.113.71" });
                node.Put("lbvserver", new System.Collections.Generic.Dictionary<string, string> { ["name"] = "lb_set", ["servicetype"] = "HTTP", ["ipv46"] = "203.0.113.70", ["ipset"] = "more", ["port"] = "80" });
            }
        });

        var targets = AccessTargets.Of(WaysIn.Of(await InventoryReader.ReadAsync(lab.Gateway, withSessions: false, CancellationToken.None), new NetworkPlan()));
        string[] Of(string name) => targets.Where(t => t.Name == name).Select(t => t.Uri?.AbsoluteUri ?? "").ToArray();

        Assert.Equal(["https://203.0.113.10/", "dtls://203.0.113.10:443/"], Of("gw_raadhuis"));
        Assert.Contains("https://[2001:db8:10::10]/", Of("gw_six"));
        Assert.Equal(["https://203.0.113.60/", "https://203.0.113.61/", "https://203.0.113.62/"], Of("lb_range"));
        Assert.Equal(["http://203.0.113.70/", "http://203.0.113.71/"], Of("lb_set"));
        Assert.Equal(["https://203.0.113.2/", "http://203.0.113.2/", "ssh://203.0.113.2:22/"], Of("203.0.113.2"));
        Assert.Equal([""], Of("gslb_gw"));
        var behind = Assert.Single(targets, t => t.Name == "gw_behind_cs");
        Assert.Equal(("cs_portal", "https://203.0.113.20/", AccessScope.External), (behind.Through, behind.Uri!.AbsoluteUri, behind.Scope));
        Assert.Equal("Sociaal", Assert.Single(targets, t => t.Name == "lb_sociaal").Partition);
        Assert.All(targets, t => Assert.Equal(lab.Gateway.Name, t.Gateway));
    }
}
