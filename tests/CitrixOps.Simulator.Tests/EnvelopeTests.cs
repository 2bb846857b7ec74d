using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CitrixOps.Simulator.Faults;
using CitrixOps.Simulator.Hosting;
using Xunit;

namespace CitrixOps.Simulator.Tests;

/// <summary>Points 1 and 2: the envelope, the types of the wire, status lines.</summary>
public sealed class EnvelopeTests : SimulatorTest
{
    [Fact]
    public async Task An_error_is_laid_out_with_spaces()
    {
        var reply = await Wire.Get("vpnvserver/gw9");

        Assert.Equal("404 Not Found", reply.Line);
        Assert.Equal("{ \"errorcode\": 258, \"message\": \"No such resource [name, gw9]\", \"severity\": \"ERROR\" }", reply.Text);
    }

    [Fact]
    public async Task Nothing_found_is_the_envelope_alone() =>
        Assert.Equal("{\"errorcode\":0,\"message\":\"Done\",\"severity\":\"NONE\"}", (await Wire.Get("crvserver")).Text);

    [Fact]
    public async Task Singletons_are_objects_and_collections_arrays()
    {
        foreach (var type in new[] { "nsversion", "nsconfig", "nshardware", "nsfeature", "nsmode", "systemparameter", "nsrunningconfig", "nslicense" })
        {
            Assert.IsType<JsonObject>((await Wire.Get(type)).Json[type]);
        }

        Assert.IsType<JsonObject>((await Wire.Get("stat/hanode")).Json["hanode"]);
        Assert.Single((await Wire.Get("vpnvserver/gw_main")).Rows("vpnvserver"));
    }

    [Fact]
    public async Task Numbers_are_strings_ports_are_numbers_and_a_star_is_65535()
    {
        await Done(Wire.Post("lbvserver", "{\"lbvserver\":{\"name\":\"any\",\"servicetype\":\"ANY\",\"ipv46\":\"203.0.113.77\",\"port\":\"*\",\"timeout\":5}}"), 201);
        var row = (await Wire.Get("lbvserver/any")).Rows("lbvserver")[0]!;

        Assert.Equal(JsonValueKind.Number, row["port"]!.GetValueKind());
        Assert.Equal(65535, (int)row["port"]!);
        Assert.Equal(JsonValueKind.String, row["timeout"]!.GetValueKind());
        Assert.Equal(JsonValueKind.True, (await Wire.Get("nsfeature")).Json["nsfeature"]!["lb"]!.GetValueKind());
    }

    [Fact]
    public async Task Headers_are_those_of_the_appliance()
    {
        var headers = (await Wire.Get("nsversion")).Headers;

        Assert.Equal("Apache", headers["Server"]);
        Assert.Equal("application/json; charset=utf-8", headers["Content-Type"]);
        Assert.Equal("SAMEORIGIN", headers["X-Frame-Options"]);
        Assert.Equal("Thu, 19 Nov 1981 08:52:00 GMT", headers["Expires"]);
    }

    [Theory]
    [InlineData(278, "599 Netscaler specific error")]
    [InlineData(257, "599 Netscaler specific error")]
    [InlineData(368, "599 Netscaler specific error")]
    [InlineData(1070, "599 Netscaler specific error")]
    [InlineData(273, "409 Conflict")]
    [InlineData(344, "404 Not Found")]
    [InlineData(354, "401 Unauthorized")]
    [InlineData(444, "401 Unauthorized")]
    [InlineData(1027, "401 Unauthorized")]
    [InlineData(2138, "403 Forbidden")]
    [InlineData(269, "403 Forbidden")]
    [InlineData(1090, "400 Bad Request")]
    [InlineData(1232, "400 Bad Request")]
    [InlineData(1237, "405 Method Not Allowed")]
    public async Task A_code_has_its_status_line(int code, string line)
    {
        Node.Faults.Add(new Fault { Kind = FaultKind.ErrorCode, Code = code });

        await Refused(Wire.Get("nsversion"), code, line);
    }

    [Fact]
    public async Task An_old_build_answers_errors_with_200()
    {
        Node.OldStatus = true;

        await Refused(Wire.Get("vpnvserver/gw9"), 258, "200 OK");
    }

    [Theory]
    [InlineData("PATCH", "config/lbvserver", "{}", 1237, "405 Method Not Allowed")]
    [InlineData("POST", "config/lbvserver", "{\"lbvserver\":", 1233, "400 Bad Request")]
    [InlineData("POST", "config/lbvserver", "[]", 1233, "400 Bad Request")]
    [InlineData("POST", "config/lbvserver", "{\"csvserver\":{}}", 1232, "400 Bad Request")]
    [InlineData("POST", "config/lbvserver", "{\"lbvserver\":{\"name\":\"a\",\"bogus\":1}}", 1090, "400 Bad Request")]
    [InlineData("POST", "config/lbvserver", "{\"lbvserver\":{\"servicetype\":\"HTTP\"}}", 1095, "400 Bad Request")]
    [InlineData("POST", "config/lbvserver", "{\"lbvserver\":{\"name\":\"a\",\"servicetype\":\"BOGUS\"}}", 1097, "400 Bad Request")]
    [InlineData("POST", "config/lbvserver", "{\"lbvserver\":{\"name\":[\"a\"],\"servicetype\":\"HTTP\"}}", 1234, "400 Bad Request")]
    [InlineData("POST", "config/lbvserver", "{\"lbvserver\":{\"name\":\"a?b\",\"servicetype\":\"HTTP\"}}", 1075, "400 Bad Request")]
    [InlineData("POST", "config/lbvserver", "{\"lbvserver\":{\"name\":\"a\",\"servicetype\":\"HTTP\",\"timeout\":99999}}", 1108, "599 Netscaler specific error")]
    [InlineData("POST", "config/lbvserver?action=bogus", "{\"lbvserver\":{\"name\":\"gw_main\"}}", 1240, "400 Bad Request")]
    [InlineData("GET", "config/bogus", null, 1232, "400 Bad Request")]
    [InlineData("GET", "config/lbvserver?bogus=1", null, 1090, "400 Bad Request")]
    [InlineData("GET", "config/nsversion?args=bogus:1", null, 1090, "400 Bad Request")]
    [InlineData("DELETE", "config/lbvserver/lb_intranet?args=bogus:1", null, 1090, "400 Bad Request")]
    [InlineData("PUT", "config/lbvserver", "{\"lbvserver\":{\"name\":\"lb_intranet\",\"curstate\":\"UP\"}}", 278, "599 Netscaler specific error")]
    public async Task A_request_that_is_wrong_is_told_so(string method, string path, string? body, int code, string line) =>
        await Refused(Wire.Send(method, path, body), code, line);

    [Fact]
    public async Task The_types_are_listed()
    {
        var list = (await Wire.Get("config/")).Json["configobjects"]!["objects"]!.AsArray().Select(n => (string)n!);

        Assert.Contains("vpnvserver_responderpolicy_binding", list);
    }

    [Fact]
    public async Task A_profile_decides_what_a_release_knows()
    {
        await using var old = await SimulatorHost.Start("vulnerable-2020-121-ha");
        await using var late = await SimulatorHost.Start("clean-single-141");
        var (before, after) = (await new Wire(old.Nodes[0]).Login(), await new Wire(late.Nodes[0]).Login());
        const string Range = "{\"policydataset_value_binding\":{\"name\":\"d\",\"value\":\"10.0.0.0\",\"endrange\":\"10.255.255.255\"}}";
        foreach (var wire in new[] { before, after })
        {
            await Done(wire.Post("policydataset", "{\"policydataset\":{\"name\":\"d\",\"type\":\"ipv4\"}}"), 201);
        }

        await Refused(before.Post("policydataset_value_binding", Range), 1090, "400 Bad Request");
        await Done(after.Post("policydataset_value_binding", Range));
        await Refused(before.Get("hasyncfailures"), 1232, "400 Bad Request");
        Assert.Equal(200, (await after.Get("hasyncfailures")).Status);
        Assert.False((await before.Get("vpnvserver")).Rows("vpnvserver")[0]!.AsObject().ContainsKey("_nextgenapiresource"));
        Assert.True((await after.Get("vpnvserver")).Rows("vpnvserver")[0]!.AsObject().ContainsKey("_nextgenapiresource"));
        Assert.False((await before.Get("systemsession")).Rows("systemsession")[0]!.AsObject().ContainsKey("clientipaddress"));
        Assert.Equal("127.0.0.1", (string)(await after.Get("systemsession")).Rows("systemsession")[0]!["clientipaddress"]!);
        Assert.Equal(JsonValueKind.String, (await before.Get("vpnvserver?count=yes")).Rows("vpnvserver")[0]!["__count"]!.GetValueKind());
        Assert.Equal(JsonValueKind.Number, (await after.Get("vpnvserver?count=yes")).Rows("vpnvserver")[0]!["__count"]!.GetValueKind());
        Assert.StartsWith("NetScaler NS12.1: Build 55.13.nc", (string)(await before.Get("nsversion")).Json["nsversion"]!["version"]!);
        Assert.StartsWith("NetScaler NS14.1: Build ", (string)(await after.Get("nsversion")).Json["nsversion"]!["version"]!);
    }

    [Fact]
    public async Task A_13_0_knows_data_sets_and_takes_an_encoded_colon()
    {
        await using var host = await SimulatorHost.Start("clean-single-130");
        var wire = await new Wire(host.Nodes[0]).Login();

        Assert.StartsWith("NetScaler NS13.0: Build 92.31.nc", (string)(await wire.Get("nsversion")).Json["nsversion"]!["version"]!);
        Assert.Equal(200, (await wire.Get("hasyncfailures")).Status);
        Assert.Equal(200, (await wire.Get("systemfile?args=filelocation%3A%2Fvar%2Flog")).Status);
        Assert.False((await wire.Get("vpnvserver")).Rows("vpnvserver")[0]!.AsObject().ContainsKey("_nextgenapiresource"));
    }

    [Theory]
    [InlineData("clean-single-141", 1047)]
    [InlineData("topology-plain", 1046)]
    public async Task The_default_password_is_refused_until_it_is_changed(string scenario, int code)
    {
        await using var host = await SimulatorHost.Start(scenario, new SimulatorOptions { Password = "nsroot" });
        var wire = new Wire(host.Nodes[0]);
        await Refused(wire.Post("login", "{\"login\":{\"username\":\"nsroot\",\"password\":\"nsroot\"}}"), code, "401 Unauthorized");
        await Done(wire.Post("login", "{\"login\":{\"username\":\"nsroot\",\"password\":\"nsroot\",\"new_password\":\"Another-1\"}}"), 201);
        await wire.Login("nsroot", "Another-1");
    }

    [Fact]
    public async Task On_12_1_the_default_password_is_taken()
    {
        await using var host = await SimulatorHost.Start("vulnerable-2020-121-ha", new SimulatorOptions { Password = "nsroot" });

        Assert.NotEmpty((await new Wire(host.Nodes[0]).Login("nsroot", "nsroot")).Cookie);
    }
}
