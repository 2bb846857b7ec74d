using System;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using CitrixOps.Simulator.Traffic;
using Xunit;

namespace CitrixOps.Simulator.Tests;

/// <summary>Point 13: two nodes, and what passes between them.</summary>
public sealed class HaTests : SimulatorTest
{
    private const string Disable = "{\"vpnvserver\":{\"name\":\"gw_main\"}}";

    [Fact]
    public async Task Each_node_tells_its_place()
    {
        var rows = (await (await OnPeer()).Get("hanode")).Rows("hanode");

        Assert.Equal(("0", "Secondary", "1", "Primary"), ((string)rows[0]!["id"]!, (string)rows[0]!["state"]!, (string)rows[1]!["id"]!, (string)rows[1]!["state"]!));
        var config = (await (await OnPeer()).Get("nsconfig")).Json["nsconfig"]!;
        Assert.Equal((Peer.Address, Node.Address, "HA"), ((string)config["ipaddress"]!, (string)config["primaryip"]!, (string)config["systemtype"]!));
    }

    [Theory]
    [InlineData(347)]
    [InlineData(349)]
    [InlineData(457)]
    [InlineData(458)]
    public async Task A_command_that_does_not_arrive_is_done_on_the_primary_alone(int code)
    {
        Host.FailPropagation(code);
        var reply = await Wire.Post("vpnvserver?action=disable", Disable);

        Assert.Equal((code, "599 Netscaler specific error"), (reply.Code, reply.Line));
        Assert.Equal(("OUT OF SERVICE", "UP"), (await State(Wire), await State(await OnPeer())));
        Assert.Equal("FAILED", (string)(await Wire.Get("hanode")).Rows("hanode")[1]!["hasync"]!);
        await Done(Wire.Post("hasync?action=Force", "{\"hasync\":{\"force\":true,\"save\":\"NO\"}}"));
        Assert.Equal("OUT OF SERVICE", await State(await OnPeer()));
    }

    [Fact]
    public async Task What_the_secondary_refuses_is_349()
    {
        var peer = await OnPeer();
        await Done(peer.Post("server", "{\"server\":{\"name\":\"s\",\"ipaddress\":\"10.1.1.1\"}}"), 201);

        Assert.Equal(349, (await Wire.Post("server", "{\"server\":{\"name\":\"s\",\"ipaddress\":\"10.1.1.2\"}}")).Code);
    }

    [Fact]
    public async Task The_secondary_warns_or_refuses_and_a_sync_wipes_what_it_had_alone()
    {
        var peer = await OnPeer();
        var reply = await peer.Post("vpnvserver?action=disable&warning=yes", Disable);
        Assert.Equal((209, 1028), (reply.Status, reply.Code));
        Assert.Equal("UP", await State(Wire));
        await Done(Wire.Post("hasync?action=Force", "{\"hasync\":{\"force\":true}}"));
        Assert.Equal("UP", await State(peer));
        Peer.RefusesAsSecondary = true;
        await Refused(peer.Post("vpnvserver?action=disable", Disable), 368, "599 Netscaler specific error");
    }

    [Fact]
    public async Task A_failover_exchanges_roles_and_the_configuration_stays()
    {
        await Done(Wire.Post("vpnvserver?action=disable", Disable));
        await Done(Wire.Post("hafailover?action=Force", "{\"hafailover\":{\"force\":true}}"));

        Assert.False(Node.IsPrimary);
        Assert.Equal("Secondary", (string)(await Wire.Get("stat/hanode")).Json["hanode"]!["hacurmasterstate"]!);
        Assert.Equal(Outcome.Refused, From(Outside));
        await Done((await OnPeer()).Put("hanode", "{\"hanode\":{\"id\":0,\"hastatus\":\"STAYPRIMARY\"}}"));
        Assert.Equal(365, (await (await OnPeer()).Post("hafailover?action=Force", "{\"hafailover\":{\"force\":true}}")).Code);
    }

    [Fact]
    public async Task A_peer_that_is_down_is_no_place_to_go()
    {
        Peer.Restart(TimeSpan.FromHours(1));

        Assert.Equal(364, (await Wire.Post("hafailover?action=Force", "{\"hafailover\":{\"force\":true}}")).Code);
        Assert.Equal(457, (await Wire.Post("vpnvserver?action=disable", Disable)).Code);
        Assert.Equal("UNKNOWN", (string)(await Wire.Get("hanode")).Rows("hanode")[1]!["state"]!);
    }

    [Fact]
    public async Task A_single_node_has_no_pair()
    {
        await using var host = await Hosting.SimulatorHost.Start("topology-plain");
        var wire = await new Wire(host.Nodes[0]).Login();
        Assert.Equal(363, (await wire.Post("hafailover?action=Force", "{\"hafailover\":{\"force\":true}}")).Code);
        Assert.Equal(363, (await wire.Post("hasync?action=Force", "{\"hasync\":{\"force\":true}}")).Code);
        Assert.Equal("Primary", (string)Assert.Single((await wire.Get("hanode")).Rows("hanode"))!["state"]!);
    }

    [Fact]
    public async Task Kills_stay_on_their_node_and_saves_do_not()
    {
        await Done(Wire.Post("vpnvserver?action=disable", Disable));
        Assert.Equal((true, true), (Node.HasUnsavedChanges, Peer.HasUnsavedChanges));
        await Done(Wire.Post("nsconfig?action=save", "{\"nsconfig\":{}}"));
        Assert.Equal((false, false), (Node.HasUnsavedChanges, Peer.HasUnsavedChanges));
        var before = Peer.Counters.Requests;
        await Done(Wire.Post("aaasession?action=kill", "{\"aaasession\":{\"all\":true}}"));
        Assert.Equal(before, Peer.Counters.Requests);
    }

    [Fact]
    public async Task Without_propagation_each_node_is_told_by_itself()
    {
        await Done(Wire.Put("hanode", "{\"hanode\":{\"id\":0,\"haprop\":\"DISABLED\"}}"));
        await Done(Wire.Post("vpnvserver?action=disable", Disable));

        Assert.Equal(("OUT OF SERVICE", "UP"), (await State(Wire), await State(await OnPeer())));
    }

    [Fact]
    public async Task Files_are_copied_about_once_a_minute_or_on_demand()
    {
        await Done(Wire.Post("systemfile", File("a.txt", "/var/netscaler/logon")), 201);
        await Done(Wire.Post("systemfile", File("b.txt", "/var/tmp")), 201);
        Assert.Null(Peer.ReadFile("/var/netscaler/logon/a.txt"));
        Host.Advance(TimeSpan.FromSeconds(61));
        await Wire.Get("nsversion");
        Assert.NotNull(Peer.ReadFile("/var/netscaler/logon/a.txt"));
        Assert.Null(Peer.ReadFile("/var/tmp/b.txt"));
        await Done(Wire.Delete("systemfile/a.txt?args=filelocation:%2Fvar%2Fnetscaler%2Flogon"));
        await Done(Wire.Post("hafiles?action=sync", "{\"hafiles\":{\"mode\":[\"all\"]}}"));
        Assert.Null(Peer.ReadFile("/var/netscaler/logon/a.txt"));
    }

    [Fact]
    public async Task In_inc_mode_addresses_stay_at_home()
    {
        Host.IsIndependent = true;
        await Done(Wire.Post("nsip", "{\"nsip\":{\"ipaddress\":\"10.9.9.9\",\"netmask\":\"255.255.255.0\",\"type\":\"SNIP\"}}"), 201);
        await Done(Wire.Post("vpnvserver?action=disable", Disable));

        Assert.Equal(404, (await (await OnPeer()).Get("nsip/10.9.9.9")).Status);
        Assert.Equal("OUT OF SERVICE", await State(await OnPeer()));
        Assert.Equal("ENABLED", (string)(await Wire.Get("hanode")).Rows("hanode")[0]!["inc"]!);
    }

    [Fact]
    public async Task One_synchronisation_at_a_time()
    {
        Host.SyncDuration = TimeSpan.FromMinutes(1);
        await Done(Wire.Post("hasync?action=Force", "{\"hasync\":{\"force\":true}}"));
        Assert.Equal(412, (await Wire.Post("hasync?action=Force", "{\"hasync\":{\"force\":true}}")).Code);
        Assert.Equal("IN PROGRESS", (string)(await Wire.Get("hanode")).Rows("hanode")[0]!["hasync"]!);
    }

    [Fact]
    public async Task Two_builds_do_not_talk()
    {
        Peer.PutFile("/var/nsinstall/build-13.1-64.28_nc_64.tgz", [1]);
        await Assert.ThrowsAnyAsync<System.IO.IOException>(async () => await (await OnPeer()).Post("install", "{\"install\":{\"url\":\"file:///var/nsinstall/build-13.1-64.28_nc_64.tgz\",\"y\":true}}"));
        Host.Advance(TimeSpan.FromMinutes(1));
        await Done(Wire.Post("vpnvserver?action=disable", Disable));

        Assert.Equal("13.1-64.28", Peer.Version);
        Assert.Equal("UP", await State(await OnPeer()));
        Assert.Equal(1017, (await Wire.Post("hasync?action=Force", "{\"hasync\":{\"force\":true}}")).Code);
        Assert.Equal("DISABLED", (string)(await Wire.Get("hanode")).Rows("hanode").First()!["hasync"]!);
    }

    private static string File(string name, string folder) => $"{{\"systemfile\":{{\"filename\":\"{name}\",\"filelocation\":\"{folder}\",\"filecontent\":\"{Convert.ToBase64String(Encoding.ASCII.GetBytes("x"))}\",\"fileencoding\":\"BASE64\"}}}}";

    private static async Task<string> State(Wire wire) => (string)(await wire.Get("vpnvserver/gw_main")).Rows("vpnvserver")[0]!["curstate"]!;
}
