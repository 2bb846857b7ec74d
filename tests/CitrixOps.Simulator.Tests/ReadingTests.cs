using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace CitrixOps.Simulator.Tests;

/// <summary>Points 4, 5 and 6: names, filters, paging, bindings.</summary>
public sealed class ReadingTests() : SimulatorTest("clean-ha-131")
{
    [Theory]
    [InlineData("v%2B1%252Fa", "v 1/a")]
    [InlineData("v%25201%252Fa", "v 1/a")]
    [InlineData("v%201%2Fa", "v 1/a")]
    [InlineData("p%2525", "p%")]
    [InlineData("simple", "simple")]
    public async Task Names_in_paths_are_decoded_twice(string path, string name)
    {
        await Done(Wire.Post("server", $"{{\"server\":{{\"name\":\"{name}\",\"ipaddress\":\"10.1.1.1\"}}}}"), 201);

        Assert.Equal(name, (string)(await Wire.Get("server/" + path)).Rows("server")[0]!["name"]!);
        await Done(Wire.Delete("server/" + path), 200);
    }

    [Theory]
    [InlineData("systemfile?args=filelocation%3A%2Fvar%2Flog")]
    [InlineData("lbvserver?filter=name%3Alb_portal")]
    [InlineData("lbvserver?filter=name")]
    [InlineData("lbvserver?filter=name:/[/")]
    public async Task A_filter_that_is_wrong_is_minus_one(string path)
    {
        var reply = await Wire.Get(path);

        Assert.Equal("400 Bad Request", reply.Line);
        Assert.Equal("{ \"errorcode\": -1, \"message\": \"Invalid filter in query parameters\", \"severity\": \"ERROR\" }", reply.Text);
    }

    [Theory]
    [InlineData("lbvserver?filter=name:lb_portal", "lb_portal")]
    [InlineData("lbvserver?filter=name:LB_PORTAL,servicetype:HTTP", "lb_portal")]
    [InlineData("lbvserver?filter=servicetype:HTTP,name:/^lb_re/", "lb_redirect")]
    [InlineData("lbvserver?filter=ipv46:10.20.30.100", "lb_storefront")]
    [InlineData("lbvserver?filter=servicetype:SSL,curstate:UP", "lb_storefront")]
    [InlineData("lbvserver?filter=name:none", "")]
    [InlineData("lbvserver?pagesize=2&pageno=2", "lb_redirect")]
    [InlineData("lbvserver?pagesize=2&pageno=1", "lb_storefront,lb_portal")]
    [InlineData("lbvserver?pagesize=2&pageno=3", "")]
    [InlineData("lbvserver?pagesize=2147483647&pageno=2147483647", "")]
    [InlineData("lbvserver?view=summary", "lb_storefront,lb_portal,lb_redirect")]
    [InlineData("lbvserver?view=detail&pagesize=1", "lb_storefront")]
    public async Task Rows_are_chosen_by_filter_and_page(string path, string names)
    {
        var reply = await Wire.Get(path);

        Assert.Equal(names, string.Join(',', reply.Rows("lbvserver").Select(r => (string)r!["name"]!)));
        Assert.Equal(names.Length > 0, reply.Json.ContainsKey("lbvserver"));
    }

    [Fact]
    public async Task Only_the_properties_asked_for_come_with_the_key()
    {
        var row = (await Wire.Get("lbvserver/lb_portal?attrs=ipv46,curstate")).Rows("lbvserver")[0]!.AsObject();

        Assert.Equal(["name", "ipv46", "curstate"], row.Select(p => p.Key).OrderBy(k => k switch { "name" => 0, "ipv46" => 1, _ => 2 }));
    }

    [Fact]
    public async Task Rows_are_counted_also_where_a_filter_chooses()
    {
        Assert.Equal("3", (await Wire.Get("lbvserver?count=yes")).Rows("lbvserver")[0]!["__count"]!.ToString());
        Assert.Equal("2", (await Wire.Get("lbvserver?count=yes&filter=servicetype:HTTP")).Rows("lbvserver")[0]!["__count"]!.ToString());
    }

    [Fact]
    public async Task A_warning_is_209_for_those_who_ask()
    {
        await Done(Wire.Post("nsfeature?action=disable", "{\"nsfeature\":{\"feature\":[\"LB\"]}}"));
        const string Add = "{\"lbvserver\":{\"name\":\"NAME\",\"servicetype\":\"HTTP\"}}";
        await Done(Wire.Post("lbvserver", Add.Replace("NAME", "quiet", System.StringComparison.Ordinal)), 201);
        foreach (var (path, body, name) in new[] { ("lbvserver?warning=yes", Add, "a"), ("lbvserver", Add[..^1] + ",\"params\":{\"warning\":\"yes\"}}", "b") })
        {
            var reply = await Wire.Post(path, body.Replace("NAME", name, System.StringComparison.Ordinal));
            Assert.Equal("209 Netscaler specific warning", reply.Line);
            Assert.Equal("1067 - Feature(s) not enabled [LB]", reply.Headers["X-NITRO-WARNING"]);
            Assert.Equal("WARNING", (string)reply.Json["severity"]!);
        }
    }

    [Fact]
    public async Task Bindings_are_read_one_by_one_together_and_in_bulk()
    {
        Assert.Equal("svc_intranet", (string)(await Wire.Get("lbvserver_service_binding/lb_portal")).Rows("lbvserver_service_binding")[0]!["servicename"]!);
        Assert.Single((await Wire.Get("lbvserver_service_binding/lb_portal?filter=servicename:svc_intranet")).Rows("lbvserver_service_binding"));
        Assert.False((await Wire.Get("lbvserver_service_binding/lb_redirect")).Json.ContainsKey("lbvserver_service_binding"));
        await Refused(Wire.Get("lbvserver_service_binding/none"), 258, "404 Not Found");
        var missing = await Wire.Get("lbvserver_service_binding");
        Assert.Equal(("400 Bad Request", 1095, "Name argument required for binding object"), (missing.Line, missing.Code, missing.Message));
        Assert.Equal(2, (await Wire.Get("lbvserver_service_binding?bulkbindings=yes")).Rows("lbvserver_service_binding").Count);

        var all = (await Wire.Get("lbvserver_binding/lb_portal")).Rows("lbvserver_binding")[0]!.AsObject();
        Assert.Equal(["name", "lbvserver_service_binding"], all.Select(p => p.Key));
        await Refused(Wire.Get("lbvserver_binding"), 1095, "400 Bad Request");
        Assert.Equal(2, (await Wire.Get("lbvserver_binding?bulkbindings=yes")).Rows("lbvserver_binding").Count);
    }

    [Fact]
    public async Task A_policy_tells_where_it_is_bound()
    {
        await Done(Wire.Post("responderpolicy", "{\"responderpolicy\":{\"name\":\"p\",\"rule\":\"true\",\"action\":\"NOOP\"}}"), 201);
        await Done(Wire.Put("vpnvserver_responderpolicy_binding", "{\"vpnvserver_responderpolicy_binding\":{\"name\":\"gw_raadhuis\",\"policy\":\"p\",\"priority\":10,\"bindpoint\":\"REQUEST\"}}"));
        await Done(Wire.Post("responderglobal_responderpolicy_binding", "{\"responderglobal_responderpolicy_binding\":{\"policyname\":\"p\",\"priority\":10,\"type\":\"REQ_OVERRIDE\"}}"));

        Assert.Equal("gw_raadhuis", (string)(await Wire.Get("responderpolicy_vpnvserver_binding/p")).Rows("responderpolicy_vpnvserver_binding")[0]!["boundto"]!);
        Assert.True((await Wire.Get("responderpolicy_binding/p")).Rows("responderpolicy_binding")[0]!.AsObject().ContainsKey("responderpolicy_vpnvserver_binding"));
        Assert.Empty((await Wire.Get("responderglobal_responderpolicy_binding")).Rows("responderglobal_responderpolicy_binding"));
        Assert.Single((await Wire.Get("responderglobal_responderpolicy_binding?args=type:REQ_OVERRIDE")).Rows("responderglobal_responderpolicy_binding"));
        await Refused(Wire.Delete("responderpolicy/p"), 1070, "599 Netscaler specific error");
        await Done(Wire.Delete("vpnvserver_responderpolicy_binding/gw_raadhuis?args=policy:p,bindpoint:REQUEST"), 200);
        await Done(Wire.Delete("responderglobal_responderpolicy_binding?args=policyname:p,type:REQ_OVERRIDE,priority:10"), 200);
        await Done(Wire.Delete("responderpolicy/p"), 200);
    }

    [Fact]
    public async Task A_priority_that_is_taken_is_refused_and_unknown_policies_too()
    {
        foreach (var name in new[] { "p", "q" })
        {
            await Done(Wire.Post("responderpolicy", $"{{\"responderpolicy\":{{\"name\":\"{name}\",\"rule\":\"true\",\"action\":\"DROP\"}}}}"), 201);
        }

        string Bind(string policy, int priority) => $"{{\"vpnvserver_responderpolicy_binding\":{{\"name\":\"gw_raadhuis\",\"policy\":\"{policy}\",\"priority\":{priority}}}}}";
        await Done(Wire.Post("vpnvserver_responderpolicy_binding", Bind("p", 1)), 201);
        await Refused(Wire.Post("vpnvserver_responderpolicy_binding", Bind("q", 1)), 273, "409 Conflict");
        await Refused(Wire.Post("vpnvserver_responderpolicy_binding", Bind("p", 2)), 273, "409 Conflict");
        await Refused(Wire.Post("vpnvserver_responderpolicy_binding", Bind("none", 3)), 258, "404 Not Found");
        await Refused(Wire.Delete("vpnvserver_responderpolicy_binding/gw_raadhuis?args=policy:none"), 258, "404 Not Found");
    }

    [Fact]
    public async Task Counters_are_told_per_object()
    {
        var row = (await Wire.Get("stat/vpnvserver/gw_raadhuis")).Rows("vpnvserver")[0]!;
        Assert.Equal(("UP", "203.0.113.10", 443, "0"), ((string)row["state"]!, (string)row["primaryipaddress"]!, (int)row["primaryport"]!, (string)row["totalrequests"]!));
        Assert.Equal("svc_intranet", (string)(await Wire.Get("stat/lbvserver/lb_portal?statbindings=yes")).Rows("lbvserver")[0]!["lbvserver_service_binding"]![0]!["name"]!);
        await Refused(Wire.Get("stat/vpnvserver/none"), 258, "404 Not Found");
        Assert.Single((await Wire.Get("stat/nsacl/deny_telnet")).Rows("nsacl"));
        Assert.Contains("2026", (string)(await Wire.Get("stat/ns")).Json["ns"]!["starttime"]!);
    }
}
