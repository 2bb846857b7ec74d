using System.Net;
using System.Threading.Tasks;
using CitrixOps.Simulator.Traffic;
using Xunit;

namespace CitrixOps.Simulator.Tests;

/// <summary>Point 12 and the rest of the data plane: states, backups, addresses, policies, sessions of users.</summary>
public sealed class VserverTests() : SimulatorTest("clean-ha-131")
{
    [Theory]
    [InlineData("vpnvserver", "gw_raadhuis", "203.0.113.10")]
    [InlineData("lbvserver", "lb_storefront", "10.20.30.100")]
    [InlineData("csvserver", "cs_portal", "203.0.113.20")]
    public async Task A_disabled_one_is_out_of_service_on_both_nodes_until_it_is_enabled(string type, string name, string address)
    {
        await Done(Wire.Post(type + "?action=disable", $"{{\"{type}\":{{\"name\":\"{name}\"}}}}"), 200);
        await Done(Wire.Post(type + "?action=disable", $"{{\"{type}\":{{\"name\":\"{name}\"}}}}"), 200);
        foreach (var wire in new[] { Wire, await OnPeer() })
        {
            Assert.Equal("OUT OF SERVICE", (string)(await wire.Get($"{type}/{name}")).Rows(type)[0]!["curstate"]!);
            Assert.Equal("OUT OF SERVICE", (string)(await wire.Get($"stat/{type}/{name}")).Rows(type)[0]!["state"]!);
        }

        Assert.Equal(Outcome.Refused, From(Outside, address));
        await Done(Wire.Post(type + "?action=enable", $"{{\"{type}\":{{\"name\":\"{name}\"}}}}"), 200);
        Assert.Equal(Outcome.Answered, From(Outside, address));
        Assert.False((await Wire.Get($"{type}/{name}")).Rows(type)[0]!.AsObject().ContainsKey("state"));
    }

    [Fact]
    public async Task Without_its_feature_or_a_service_it_is_down()
    {
        await Done(Wire.Post("lbvserver", "{\"lbvserver\":{\"name\":\"fresh\",\"servicetype\":\"HTTP\",\"ipv46\":\"203.0.113.90\",\"port\":80}}"), 201);
        Assert.Equal("DOWN", (string)(await Wire.Get("lbvserver/fresh")).Rows("lbvserver")[0]!["curstate"]!);
        await Done(Wire.Post("lbvserver_service_binding", "{\"lbvserver_service_binding\":{\"name\":\"fresh\",\"servicename\":\"svc_intranet\"}}"));
        Assert.Equal("UP", (string)(await Wire.Get("lbvserver/fresh")).Rows("lbvserver")[0]!["curstate"]!);
        await Done(Wire.Post("service?action=disable", "{\"service\":{\"name\":\"svc_intranet\"}}"));
        Assert.Equal("DOWN", (string)(await Wire.Get("lbvserver/fresh")).Rows("lbvserver")[0]!["curstate"]!);
        await Done(Wire.Post("nsfeature?action=disable", "{\"nsfeature\":{\"feature\":[\"SSLVPN\"]}}"));
        Assert.Equal("DOWN", (string)(await Wire.Get("vpnvserver/gw_raadhuis")).Rows("vpnvserver")[0]!["curstate"]!);
    }

    [Fact]
    public async Task A_backup_or_a_redirection_takes_over()
    {
        await Done(Wire.Put("lbvserver", "{\"lbvserver\":{\"name\":\"lb_storefront\",\"backupvserver\":\"lb_portal\"}}"));
        await Done(Wire.Post("lbvserver?action=disable", "{\"lbvserver\":{\"name\":\"lb_storefront\"}}"));
        Assert.Equal("lb_portal", Host.Ask(Inside, "10.20.30.100").Server);
        Assert.Equal("UP", (string)(await Wire.Get("lbvserver/lb_storefront")).Rows("lbvserver")[0]!["effectivestate"]!);

        await Done(Wire.Put("lbvserver", "{\"lbvserver\":{\"name\":\"lb_redirect\",\"redirurl\":\"https://elsewhere.example/\"}}"));
        await Done(Wire.Post("lbvserver?action=disable", "{\"lbvserver\":{\"name\":\"lb_redirect\"}}"));
        var answer = Host.Ask(Outside, "203.0.113.10", 80);
        Assert.Equal((302, "https://elsewhere.example/"), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task Connections_are_flushed_and_sessions_stay_until_they_are_killed()
    {
        var (sessions, connected) = (Node.UserSessions, Node.ConnectedUsers);
        await Done(Wire.Put("vpnvserver", "{\"vpnvserver\":{\"name\":\"gw_raadhuis\",\"downstateflush\":\"DISABLED\"}}"));
        await Done(Wire.Post("vpnvserver?action=disable", "{\"vpnvserver\":{\"name\":\"gw_raadhuis\"}}"));
        Assert.Equal((sessions, connected), (Node.UserSessions, Node.ConnectedUsers));
        await Done(Wire.Post("vpnvserver?action=enable", "{\"vpnvserver\":{\"name\":\"gw_raadhuis\"}}"));
        await Done(Wire.Put("vpnvserver", "{\"vpnvserver\":{\"name\":\"gw_raadhuis\",\"downstateflush\":\"ENABLED\"}}"));
        await Done(Wire.Post("vpnvserver?action=disable", "{\"vpnvserver\":{\"name\":\"gw_raadhuis\"}}"));
        Assert.Equal((sessions, 3), (Node.UserSessions, Node.ConnectedUsers));
    }

    [Fact]
    public async Task Killing_one_kind_leaves_the_others()
    {
        await Done(Wire.Post("aaasession?action=kill", "{\"aaasession\":{\"all\":true}}"));
        Assert.Empty((await Wire.Get("aaasession")).Rows("aaasession"));
        Assert.Equal((5, 2, 1, 2), ((await Wire.Get("vpnicaconnection")).Rows("vpnicaconnection").Count, (await Wire.Get("vpnicadtlsconnection")).Rows("vpnicadtlsconnection").Count, (await Wire.Get("vpnpcoipconnection")).Rows("vpnpcoipconnection").Count, (await Wire.Get("rdpconnections")).Rows("rdpconnections").Count));
        await Done(Wire.Post("vpnicaconnection?action=kill", "{\"vpnicaconnection\":{\"all\":true}}"));
        Assert.Empty((await Wire.Get("vpnicadtlsconnection")).Rows("vpnicadtlsconnection"));
        await Done(Wire.Post("vpnpcoipconnection?action=kill", "{\"vpnpcoipconnection\":{\"all\":true}}"));
        await Done(Wire.Post("rdpconnections?action=kill", "{\"rdpconnections\":{\"username\":\"hsmit1\"}}"));
        await Done(Wire.Post("lbpersistentsessions?action=clear", "{\"lbpersistentsessions\":{}}"));
        Assert.Equal(1, Node.UserSessions);
        Assert.Equal(278, (await Wire.Post("aaasession?action=kill", "{\"aaasession\":{\"all\":true,\"nodeid\":1}}")).Code);
        Node.DelayKills(1);
        Assert.Equal(2653, (await Wire.Post("aaasession?action=kill", "{\"aaasession\":{\"all\":true}}")).Code);
        await Done(Wire.Post("aaasession?action=kill", "{\"aaasession\":{\"all\":true}}"));
    }

    [Fact]
    public async Task An_address_can_be_switched_off_but_not_the_nodes_own()
    {
        await Done(Wire.Post("nsip?action=disable", "{\"nsip\":{\"ipaddress\":\"203.0.113.10\",\"td\":0}}"));
        Assert.Equal((Outcome.NoAnswer, Outcome.NoAnswer, Outcome.NoAnswer), (From(Outside), From(Outside, port: 80), From(Outside, udp: true)));
        await Done(Wire.Post("nsip?action=enable", "{\"nsip\":{\"ipaddress\":\"203.0.113.10\"}}"));
        Assert.Equal(Outcome.Answered, From(Outside));
        await Refused(Wire.Post("nsip?action=disable", $"{{\"nsip\":{{\"ipaddress\":\"{Node.Address}\"}}}}"), 999, "599 Netscaler specific error");
        await Refused(Wire.Post("nsip?action=disable", "{\"nsip\":{\"ipaddress\":\"10.20.30.9\"}}"), 999, "599 Netscaler specific error");
        await Done(Wire.Put("nsip", "{\"nsip\":{\"ipaddress\":\"203.0.113.10\",\"arp\":\"DISABLED\"}}"));
        Assert.Equal(Outcome.NoAnswer, From(Outside));
        await Refused(Wire.Put("nsip", "{\"nsip\":{\"ipaddress\":\"10.20.30.9\",\"arp\":\"DISABLED\"}}"), 998, "599 Netscaler specific error");
        await Refused(Wire.Post("nsip6?action=disable", "{\"nsip6\":{\"ipv6address\":\"2001:db8:10::10/128\"}}"), 1240, "400 Bad Request");
    }

    [Fact]
    public async Task A_vip_comes_and_goes_with_its_servers()
    {
        await Done(Wire.Post("vpnvserver", "{\"vpnvserver\":{\"name\":\"n\",\"servicetype\":\"SSL\",\"ipv46\":\"203.0.113.99\",\"port\":443}}"), 201);
        var row = (await Wire.Get("nsip/203.0.113.99")).Rows("nsip")[0]!;
        Assert.Equal(("VIP", "1", "0"), ((string)row["type"]!, (string)row["vipvsercount"]!, (string)row["vipvserdowncount"]!));
        await Refused(Wire.Post("lbvserver", "{\"lbvserver\":{\"name\":\"m\",\"servicetype\":\"SSL\",\"ipv46\":\"203.0.113.99\",\"port\":443}}"), 273, "409 Conflict");
        await Done(Wire.Delete("vpnvserver/n"));
        await Refused(Wire.Get("nsip/203.0.113.99"), 258, "404 Not Found");
    }

    [Fact]
    public void Management_answers_where_it_is_let() =>
        Assert.Equal((Outcome.Answered, Outcome.Refused, Outcome.NoAnswer), (From(Inside, "203.0.113.2"), From(Inside, "203.0.113.2", 80), From(Outside, "203.0.113.250")));

    [Theory]
    [InlineData("DROP", Outcome.SilentAfterTls, 0)]
    [InlineData("RESET", Outcome.ResetAfterTls, 0)]
    [InlineData("NOOP", Outcome.Answered, 302)]
    [InlineData("page", Outcome.Answered, 503)]
    public async Task A_responder_policy_answers_after_tls(string action, Outcome outcome, int status)
    {
        await Done(Wire.Post("responderaction", "{\"responderaction\":{\"name\":\"page\",\"type\":\"respondwith\",\"target\":\"\\\"closed\\\"\",\"responsestatuscode\":503}}"), 201);
        await Done(Wire.Post("responderpolicy", $"{{\"responderpolicy\":{{\"name\":\"p\",\"rule\":\"!CLIENT.IP.SRC.IN_SUBNET(10.0.0.0/8) && !CLIENT.IP.SRC.IN_SUBNET(172.16.0.0/12)\",\"action\":\"{action}\"}}}}"), 201);
        await Done(Wire.Post("vpnvserver_responderpolicy_binding", "{\"vpnvserver_responderpolicy_binding\":{\"name\":\"gw_raadhuis\",\"policy\":\"p\",\"priority\":1,\"gotopriorityexpression\":\"END\"}}"));
        var answer = Host.Ask(Outside, "203.0.113.10");

        Assert.Equal((outcome, status), (answer.Outcome, answer.Status));
        Assert.Equal((Outcome.Answered, 302), (From(Inside), Host.Ask(Inside, "203.0.113.10").Status));
        Assert.Equal(Outcome.Answered, From(Outside, udp: true));
        Assert.Equal("1", (string)(await Wire.Get("responderpolicy/p")).Rows("responderpolicy")[0]!["hits"]!);
    }

    [Theory]
    [InlineData("CLIENT.IP.SRC.IN_SUBNET(198.51.100.0/24)", true)]
    [InlineData("CLIENT.IP.SRC.IN_SUBNET(198.51.100.0/24).NOT", false)]
    [InlineData("CLIENT.IP.SRC.EQ(198.51.100.7) || FALSE", true)]
    [InlineData("(TRUE && !FALSE)", true)]
    [InlineData("TRUE bogus", null)]
    [InlineData("NOBODY.KNOWS", null)]
    [InlineData("", null)]
    [InlineData("HTTP.REQ.URL.DECODE_USING_TEXT_MODE.CONTAINS(\"/vpns/\")", true)]
    [InlineData("HTTP.REQ.URL.PATH.STARTSWITH(\"/other\")", false)]
    [InlineData("HTTP.REQ.HOSTNAME.EQ(\"gw.example\")", true)]
    [InlineData("CLIENT.TCP.DSTPORT.EQ(443)", true)]
    public void An_expression_is_true_false_or_undefined(string rule, bool? expected)
    {
        var node = new State.Node("n", "127.0.0.1", "13.1-62.23", new State.VirtualClock(System.DateTimeOffset.UnixEpoch));

        Assert.Equal(expected, PolicyExpression.Evaluate(rule, node, "default", new Packet(Outside, IPAddress.Parse("203.0.113.10"), 443, Url: "/vpn/%2e%2e/vpns/x", Host: "gw.example")));
    }

    [Fact]
    public async Task A_listen_policy_decides_who_is_served_by_whom()
    {
        await Done(Wire.Post("vpnvserver", "{\"vpnvserver\":{\"name\":\"in\",\"servicetype\":\"SSL\",\"ipv46\":\"203.0.113.60\",\"port\":443,\"listenpolicy\":\"CLIENT.IP.SRC.IN_SUBNET(10.0.0.0/8)\",\"listenpriority\":1}}"), 201);

        Assert.Equal((Outcome.Answered, Outcome.Refused), (From(Inside, "203.0.113.60"), From(Outside, "203.0.113.60")));
    }
}
