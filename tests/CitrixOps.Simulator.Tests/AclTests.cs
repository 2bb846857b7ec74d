using System;
using System.Net;
using System.Threading.Tasks;
using CitrixOps.Simulator.Traffic;
using Xunit;

namespace CitrixOps.Simulator.Tests;

/// <summary>Point 11: access lists, and what they do to traffic.</summary>
public sealed class AclTests : SimulatorTest
{
    [Fact]
    public async Task Closed_outside_open_inside_management_alive_once_applied()
    {
        await Allow("a", "10.0.0.0-10.255.255.255", 500);
        await Deny("d", 510);
        Assert.Equal(Outcome.Answered, From(Outside));
        Assert.Equal("NOTAPPLIED", await State("d"));
        await Done(Apply(), 200);

        Assert.Equal((Outcome.NoAnswer, Outcome.NoAnswer, Outcome.Answered, Outcome.Answered), (From(Outside), From(Outside, udp: true), From(Inside), From(Inside, Node.Address)));
        Assert.Equal("APPLIED", await State("d"));
        Assert.Equal("2", (string)(await Wire.Get("nsacl/d")).Rows("nsacl")[0]!["hits"]!);
        Assert.Equal("APPLIED", (string)(await (await OnPeer()).Get("nsacl/d")).Rows("nsacl")[0]!["kernelstate"]!);
    }

    [Fact]
    public async Task Apply_ends_the_sessions_it_forbids_and_no_others()
    {
        Assert.Equal(5, Node.UserSessions);
        await Done(Wire.Post("nsacl", "{\"nsacl\":{\"aclname\":\"one\",\"aclaction\":\"DENY\",\"srcip\":true,\"srcipval\":\"198.51.100.23\",\"destip\":true,\"destipval\":\"203.0.113.10\",\"priority\":10}}"), 201);
        await Done(Apply());

        Assert.Equal(2, Node.UserSessions);
    }

    [Fact]
    public async Task Apply_takes_everybodys_pending_work_along()
    {
        Node.Put("nsacl", new System.Collections.Generic.Dictionary<string, string> { ["aclname"] = "theirs", ["aclaction"] = "DENY", ["destip"] = "true", ["destipval"] = "10.20.30.100", ["priority"] = "5" });
        Assert.Equal(Outcome.Answered, From(Inside, "10.20.30.100"));
        await Deny("ours", 10);
        await Done(Apply());

        Assert.Equal(Outcome.NoAnswer, From(Inside, "10.20.30.100"));
    }

    [Fact]
    public async Task A_change_waits_for_apply_and_a_removed_one_filters_on_until_then()
    {
        await Deny("d", 10);
        await Done(Apply());
        var warned = await Wire.Post("nsacl?action=disable&warning=yes", "{\"nsacl\":{\"aclname\":\"d\"}}");
        Assert.Equal((209, 878), (warned.Status, warned.Code));
        Assert.Equal("RE-APPLY", await State("d"));
        Assert.Equal(Outcome.NoAnswer, From(Outside));
        await Refused(Wire.Post("nsacl?action=disable", "{\"nsacl\":{\"aclname\":\"d\"}}"), 451, "599 Netscaler specific error");
        await Done(Apply());
        Assert.Equal(Outcome.Answered, From(Outside));

        await Done(Wire.Post("nsacl?action=enable", "{\"nsacl\":{\"aclname\":\"d\"}}"));
        await Done(Apply());
        await Done(Wire.Delete("nsacl/d"), 200);
        await Refused(Wire.Get("nsacl/d"), 864, "404 Not Found");
        Assert.Equal(870, (await Wire.Delete("nsacl/d")).Code);
        Assert.Equal(Outcome.NoAnswer, From(Outside));
        await Done(Apply());
        Assert.Equal(Outcome.Answered, From(Outside));
    }

    [Fact]
    public async Task A_bare_deny_locks_everybody_out()
    {
        await Done(Wire.Post("nsacl", "{\"nsacl\":{\"aclname\":\"all\",\"aclaction\":\"DENY\",\"priority\":10}}"), 201);
        await Done(Apply());

        Assert.Equal(Outcome.NoAnswer, From(Inside, Node.Address));
        await Assert.ThrowsAnyAsync<System.IO.IOException>(() => Wire.Get("nsversion"));
    }

    [Fact]
    public async Task Lower_numbers_win_and_simple_lists_go_first()
    {
        await Deny("d", 20);
        await Allow("a", "198.51.100.7", 10);
        await Done(Apply());
        Assert.Equal((Outcome.Answered, Outcome.NoAnswer), (From(Outside), From(IPAddress.Parse("198.51.100.8"))));

        await Done(Wire.Post("nssimpleacl", "{\"nssimpleacl\":{\"aclname\":\"s\",\"aclaction\":\"DENY\",\"srcip\":\"198.51.100.7\",\"ttl\":40}}"), 201);
        Assert.Equal(Outcome.NoAnswer, From(Outside));
        await Done(Wire.Delete("nssimpleacl/s"));
        Assert.Equal(Outcome.Answered, From(Outside));
    }

    [Fact]
    public async Task A_list_with_a_time_to_live_goes_by_itself()
    {
        await Done(Wire.Post("nsacl", "{\"nsacl\":{\"aclname\":\"t\",\"aclaction\":\"DENY\",\"destip\":true,\"destipval\":\"203.0.113.10\",\"priority\":10,\"ttl\":600}}"), 201);
        await Done(Apply());
        Assert.Equal(Outcome.NoAnswer, From(Outside));
        await Done(Wire.Post("nsconfig?action=save", "{\"nsconfig\":{}}"));
        Assert.DoesNotContain("add ns acl t", Node.SavedConfiguration);
        Host.Advance(TimeSpan.FromSeconds(601));

        Assert.Equal(Outcome.Answered, From(Outside));
        await Refused((await new Wire(Node).Login()).Get("nsacl/t"), 864, "404 Not Found");
    }

    [Theory]
    [InlineData("\"priority\":10", 872)]
    [InlineData("\"priority\":0", 1109)]
    [InlineData("\"destport\":true,\"destportval\":\"443\"", 1093)]
    [InlineData("\"srcip\":true,\"srcipval\":\"10.0.0.0/8/9\"", 1110)]
    [InlineData("\"ttl\":5", 1097)]
    public async Task What_no_list_can_be_is_refused(string arguments, int code)
    {
        await Deny("d", 10);

        Assert.Equal(code, (await Wire.Post("nsacl", $"{{\"nsacl\":{{\"aclname\":\"x\",\"aclaction\":\"DENY\",{arguments}}}}}")).Code);
    }

    [Fact]
    public async Task Lists_can_be_renumbered_and_cleared()
    {
        await Deny("d", 37);
        await Done(Wire.Post("nsacls?action=renumber", "{\"nsacls\":{}}"));
        Assert.Equal("10", (string)(await Wire.Get("nsacl/d")).Rows("nsacl")[0]!["priority"]!);
        await Done(Apply());
        await Done(Wire.Post("nsacls?action=clear", "{\"nsacls\":{}}"));
        Assert.Equal(Outcome.Answered, From(Outside));
        Assert.Empty((await Wire.Get("nsacl")).Rows("nsacl"));
    }

    [Fact]
    public async Task A_data_set_and_other_operators_decide_too()
    {
        await Done(Wire.Post("policydataset", "{\"policydataset\":{\"name\":\"internal\",\"type\":\"ipv4\"}}"), 201);
        await Done(Wire.Post("policydataset_value_binding", "{\"policydataset_value_binding\":{\"name\":\"internal\",\"value\":\"10.0.0.0\",\"endrange\":\"10.255.255.255\"}}"));
        await Done(Wire.Post("nsacl", "{\"nsacl\":{\"aclname\":\"a\",\"aclaction\":\"ALLOW\",\"srcipdataset\":\"internal\",\"priority\":10}}"), 201);
        await Done(Wire.Post("nsacl", "{\"nsacl\":{\"aclname\":\"d\",\"aclaction\":\"DENY\",\"destip\":true,\"destipval\":\"203.0.113.10\",\"destport\":true,\"destportval\":\"443\",\"protocol\":\"TCP\",\"priority\":20}}"), 201);
        await Done(Apply());

        Assert.Equal((Outcome.Answered, Outcome.NoAnswer, Outcome.Answered), (From(Inside), From(Outside), From(Outside, udp: true)));
    }

    private Task Allow(string name, string sources, int priority) =>
        Done(Wire.Post("nsacl", $"{{\"nsacl\":{{\"aclname\":\"{name}\",\"aclaction\":\"ALLOW\",\"srcip\":true,\"srcipop\":\"=\",\"srcipval\":\"{sources}\",\"destip\":true,\"destipop\":\"=\",\"destipval\":\"203.0.113.10\",\"priority\":{priority}}}}}"), 201);

    private Task Deny(string name, int priority) => Done(Wire.Post("nsacl", $"{{\"nsacl\":{{\"aclname\":\"{name}\",\"aclaction\":\"DENY\",\"destip\":true,\"destipop\":\"=\",\"destipval\":\"203.0.113.10\",\"priority\":\"{priority}\",\"logstate\":\"ENABLED\"}}}}"), 201);

    private Task<Reply> Apply() => Wire.Post("nsacls?action=apply", "{\"nsacls\":{}}");

    private async Task<string> State(string name) => (string)(await Wire.Get("nsacl/" + name)).Rows("nsacl")[0]!["kernelstate"]!;
}
