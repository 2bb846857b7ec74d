using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace CitrixOps.Simulator.Tests;

/// <summary>Points 7 and 8: adding, changing, removing, and many at once.</summary>
public sealed class WriteTests() : SimulatorTest("clean-ha-131")
{
    private const string Add = "{\"lbvserver\":{\"name\":\"new\",\"servicetype\":\"HTTP\",\"comment\":\"first\"}}";

    [Fact]
    public async Task An_object_is_added_read_changed_unset_renamed_and_removed()
    {
        await Done(Wire.Post("lbvserver", Add), 201);
        await Done(Wire.Put("lbvserver", "{\"lbvserver\":{\"name\":\"new\",\"comment\":\"second\"}}"), 200);
        await Done(Wire.Put("lbvserver/new", "{\"lbvserver\":{\"timeout\":7}}"), 200);
        var row = (await Wire.Get("lbvserver/NEW")).Rows("lbvserver")[0]!;
        Assert.Equal(("second", "7", "HTTP"), ((string)row["comment"]!, (string)row["timeout"]!, (string)row["servicetype"]!));

        await Done(Wire.Post("lbvserver?action=unset", "{\"lbvserver\":{\"name\":\"new\",\"comment\":true}}"), 200);
        Assert.False((await Wire.Get("lbvserver/new")).Rows("lbvserver")[0]!.AsObject().ContainsKey("comment"));
        await Done(Wire.Post("lbvserver?action=rename", "{\"lbvserver\":{\"name\":\"new\",\"newname\":\"newer\"}}"), 200);
        await Done(Wire.Delete("lbvserver/newer"), 200);
        await Refused(Wire.Delete("lbvserver/newer"), 258, "404 Not Found");
        await Refused(Wire.Put("lbvserver", "{\"lbvserver\":{\"name\":\"newer\",\"comment\":\"x\"}}"), 258, "404 Not Found");
    }

    [Fact]
    public async Task A_second_add_is_409_unless_it_is_the_same_and_may_be()
    {
        await Done(Wire.Post("lbvserver", Add), 201);
        await Refused(Wire.Post("lbvserver", Add), 273, "409 Conflict");
        var again = await Wire.Post("lbvserver?idempotent=yes", Add);
        Assert.Contains(again.Status, new[] { 200, 201 });
        await Refused(Wire.Post("lbvserver?idempotent=yes", Add.Replace("first", "other", StringComparison.Ordinal)), 273, "409 Conflict");
    }

    [Theory]
    [InlineData("nsacl/none", 864)]
    [InlineData("systemuser/none", 2626)]
    [InlineData("systemcmdpolicy/none", 373)]
    [InlineData("service/none", 344)]
    [InlineData("policydataset/none", 2823)]
    [InlineData("sslcertkey/none", 1540)]
    [InlineData("nspartition/none", 2755)]
    [InlineData("csvserver/none", 258)]
    public async Task What_is_not_there_has_the_code_of_its_type(string path, int code)
    {
        await Refused(Wire.Get(path), code, "404 Not Found");
        await Refused(Wire.Delete(path), code, "404 Not Found");
    }

    [Theory]
    [InlineData("server/storefront1")]
    [InlineData("service/svc_storefront")]
    [InlineData("systemcmdpolicy/cops-read")]
    public async Task What_others_refer_to_stays(string path) => await Refused(Wire.Delete(path), 1070, "599 Netscaler specific error");

    [Theory]
    [InlineData("{\"name\":\"p\",\"rule\":\"HTTP.RES.STATUS.EQ(200)\",\"action\":\"DROP\"}", 2825)]
    [InlineData("{\"name\":\"p\",\"rule\":\"true\",\"action\":\"none\"}", 538)]
    [InlineData("{\"name\":\"p\",\"rule\":\"true\"}", 1095)]
    [InlineData("{\"name\":\"p\",\"action\":\"DROP\"}", 1095)]
    public async Task A_responder_policy_that_cannot_be_is_refused(string policy, int code) => Assert.Equal(code, (await Wire.Post("responderpolicy", $"{{\"responderpolicy\":{policy}}}")).Code);

    [Fact]
    public async Task A_rule_is_no_longer_than_a_string_may_be() =>
        Assert.Equal(1106, (await Wire.Post("responderpolicy", $"{{\"responderpolicy\":{{\"name\":\"p\",\"rule\":\"{new string('x', 1500)}\",\"action\":\"DROP\"}}}}")).Code);

    [Theory]
    [InlineData("exit", "273,1265", false)]
    [InlineData("continue", "273,0", true)]
    [InlineData("rollback", "273,1265", false)]
    public async Task A_bulk_command_goes_on_or_not(string mode, string codes, bool added)
    {
        var reply = await Wire.Post("lbvserver", "{\"lbvserver\":[{\"name\":\"lb_portal\",\"servicetype\":\"HTTP\"},{\"name\":\"b\",\"servicetype\":\"HTTP\"}]}", "X-NITRO-ONERROR: " + mode);

        Assert.Equal(("207 Multi Status", 1243, "Bulk operation failed"), (reply.Line, reply.Code, reply.Message));
        Assert.Equal(codes, string.Join(',', reply.Rows("response").Select(r => (int)r!["errorcode"]!)));
        Assert.Equal(added ? 200 : 404, (await Wire.Get("lbvserver/b")).Status);
    }

    [Theory]
    [InlineData(false, 1243, 404)]
    [InlineData(true, 1241, 200)]
    public async Task A_rollback_undoes_what_was_done_on_both_nodes_or_fails(bool fails, int code, int status)
    {
        Node.FailRollback = fails;
        var reply = await Wire.Post("lbvserver", "{\"params\":{\"onerror\":\"rollback\"},\"lbvserver\":[{\"name\":\"b\",\"servicetype\":\"HTTP\"},{\"name\":\"lb_portal\",\"servicetype\":\"HTTP\"}]}");

        Assert.Equal((207, code), (reply.Status, reply.Code));
        Assert.Equal(status, (await Wire.Get("lbvserver/b")).Status);
        Assert.Equal(status, (await (await OnPeer()).Get("lbvserver/b")).Status);
    }

    [Fact]
    public async Task What_cannot_be_rolled_back_says_so()
    {
        var reply = await Wire.Post("vpnicaconnection?action=kill", "{\"vpnicaconnection\":[{\"all\":true},{\"nodeid\":1}]}", "X-NITRO-ONERROR: rollback");

        Assert.Equal(1242, reply.Code);
    }

    [Fact]
    public async Task An_old_build_ends_the_list_with_what_failed()
    {
        await using var host = await Hosting.SimulatorHost.Start("vulnerable-2020-121-ha");
        var wire = await new Wire(host.Nodes[0]).Login();
        var reply = await wire.Post("lbvserver", "{\"lbvserver\":[{\"name\":\"lb_portal\",\"servicetype\":\"HTTP\"},{\"name\":\"b\",\"servicetype\":\"HTTP\"}]}");

        Assert.Single(reply.Rows("response"));
    }

    [Fact]
    public async Task All_good_is_the_plain_envelope_for_adds_and_actions()
    {
        await Done(Wire.Post("lbvserver", "{\"lbvserver\":[{\"name\":\"a\",\"servicetype\":\"HTTP\"},{\"name\":\"b\",\"servicetype\":\"HTTP\"}]}"), 201);
        await Done(Wire.Post("lbvserver?action=Disable", "{\"lbvserver\":[{\"name\":\"a\"},{\"name\":\"b\"}]}"), 200);
        Assert.Equal(2, (await Wire.Get("lbvserver?filter=curstate:OUT%20OF%20SERVICE")).Rows("lbvserver").Count);
    }
}
