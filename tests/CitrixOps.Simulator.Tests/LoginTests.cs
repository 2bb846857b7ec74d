using System;
using System.Net.Http;
using System.Net.Http.Json;
using System.Threading.Tasks;
using Xunit;

namespace CitrixOps.Simulator.Tests;

/// <summary>Points 3 and 9: ways to log in, and what a session may.</summary>
public sealed class LoginTests() : SimulatorTest("clean-ha-131")
{
    private const string Body = "{\"login\":{\"username\":\"nsroot\",\"password\":\"Rehearsal-1\"}}";

    [Fact]
    public async Task Login_is_201_with_the_token_in_cookie_and_body()
    {
        var reply = await new Wire(Node).Post("login", Body);

        Assert.Equal("201 Created", reply.Line);
        var token = (string)reply.Json["sessionid"]!;
        Assert.StartsWith("##", token);
        Assert.Equal($"NITRO_AUTH_TOKEN={Uri.EscapeDataString(token)}; path=/nitro/v1", reply.Headers["Set-Cookie"]);
    }

    [Theory]
    [InlineData("Cookie: NITRO_AUTH_TOKEN={raw}")]
    [InlineData("Cookie: NITRO_AUTH_TOKEN={encoded}")]
    [InlineData("Cookie: sessionid={raw}")]
    [InlineData("Cookie: other=1; sessionid={encoded}; more=2")]
    [InlineData("Set-Cookie: NITRO_AUTH_TOKEN={raw}")]
    [InlineData("Set-Cookie: NITRO_AUTH_TOKEN={encoded}; path=/nitro/v1")]
    public async Task A_cookie_is_taken_in_every_form(string header)
    {
        var wire = new Wire(Node);
        var token = (string)(await wire.Post("login", Body)).Json["sessionid"]!;

        var reply = await wire.Send("GET", "config/nsversion", null, header.Replace("{raw}", token, StringComparison.Ordinal).Replace("{encoded}", Uri.EscapeDataString(token), StringComparison.Ordinal));
        Assert.Equal("200 OK", reply.Line);
    }

    [Fact]
    public async Task Header_login_leaves_no_session_and_can_be_turned_off()
    {
        var wire = new Wire(Node);
        var before = Node.OpenSessions;
        string[] headers = ["X-NITRO-USER: nsroot", "X-NITRO-PASS: Rehearsal-1"];
        Assert.Equal(200, (await wire.Send("GET", "config/nsversion", null, headers)).Status);
        Assert.Equal(before, Node.OpenSessions);
        await Refused(wire.Send("GET", "config/nsversion", null, "X-NITRO-USER: nsroot", "X-NITRO-PASS: wrong"), 354, "401 Unauthorized");

        await Done(Wire.Put("systemparameter", "{\"systemparameter\":{\"basicauth\":\"DISABLED\"}}"));
        await Refused(wire.Send("GET", "config/nsversion", null, headers), 1244, "401 Unauthorized");
    }

    [Fact]
    public async Task The_form_of_the_SDKs_is_read_with_trailing_commas()
    {
        var wire = new Wire(Node);
        var login = "object=" + Uri.EscapeDataString("{\"params\":{},\"login\":{\"username\":\"nsroot\",\"password\":\"Rehearsal-1\",},}");
        var token = (string)(await wire.Send("POST", "config/", login, "Content-Type: application/x-www-form-urlencoded")).Json["sessionid"]!;
        var disable = "object=" + Uri.EscapeDataString("{\"params\":{\"action\":\"DISABLE\",},\"sessionid\":\"" + token + "\",\"vpnvserver\":[{\"name\":\"gw_raadhuis\"},{\"name\":\"gw_six\"},]}").Replace("%20", "+", StringComparison.Ordinal);
        await Done(wire.Send("POST", "config/", disable, "Content-Type: application/x-www-form-urlencoded"), 200);

        Assert.Equal("OUT OF SERVICE", (string)(await Wire.Get("vpnvserver/gw_six")).Rows("vpnvserver")[0]!["curstate"]!);
    }

    [Fact]
    public async Task Vendor_content_types_are_json() =>
        await Done(new Wire(Node).Send("POST", "config/login", Body, "Content-Type: application/vnd.com.citrix.netscaler.login+json"), 201);

    [Fact]
    public async Task An_ordinary_http_client_is_served_with_its_cookies()
    {
        using var client = Wire.Client();
        using var login = await client.PostAsync(new Uri("nitro/v1/config/login", UriKind.Relative), new StringContent(Body));
        client.DefaultRequestHeaders.Add("Cookie", string.Join("; ", login.Headers.GetValues("Set-Cookie")).Split(';')[0]);
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");
        var version = await client.GetFromJsonAsync<System.Text.Json.Nodes.JsonObject>(new Uri("nitro/v1/config/nsversion", UriKind.Relative));

        Assert.Contains("NS13.1", (string)version!["nsversion"]!["version"]!);
    }

    [Theory]
    [InlineData("{\"login\":{\"username\":\"nsroot\",\"password\":\"wrong\"}}", 354)]
    [InlineData("{\"login\":{\"username\":\"nobody\",\"password\":\"x\"}}", 354)]
    [InlineData("{\"login\":{\"username\":\"nsroot\",\"password\":\"Rehearsal-1\",\"timeout\":\"soon\"}}", 1219)]
    [InlineData("{\"login\":{\"username\":\"nsroot\",\"password\":\"Rehearsal-1\",\"partition\":\"p\"}}", 1090)]
    [InlineData("{\"login\":{\"password\":\"x\"}}", 1095)]
    public async Task A_login_that_is_wrong_is_refused(string body, int code) => Assert.Equal(code, (await new Wire(Node).Post("login", body)).Code);

    [Fact]
    public async Task Without_a_credential_login_is_asked_for_and_basic_is_none()
    {
        Assert.Equal(401, (await new Wire(Node).Get("nsversion")).Status);
        Assert.Equal(401, (await new Wire(Node).Send("GET", "config/nsversion", null, "Authorization: Basic bnNyb290OlJlaGVhcnNhbC0x")).Status);
    }

    [Fact]
    public async Task A_stale_cookie_on_login_is_444_on_late_builds()
    {
        var reply = await new Wire(Node).Send("POST", "config/login", Body, "Cookie: NITRO_AUTH_TOKEN=%23%23DEAD");

        Assert.Equal((444, "401 Unauthorized"), (reply.Code, reply.Line));
    }

    [Fact]
    public async Task Logout_ends_a_session_at_once()
    {
        await Done(Wire.Post("logout", "{\"logout\":{}}"), 200);

        await Refused(Wire.Get("nsversion"), 444, "401 Unauthorized");
        Assert.Equal(0, Host.LeakedSessions);
    }

    [Fact]
    public async Task A_session_expires_and_counts_as_left_behind()
    {
        var wire = await new Wire(Node).Login(timeout: 10);
        Host.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(200, (await wire.Get("nsversion")).Status);
        Host.Advance(TimeSpan.FromSeconds(11));

        await Refused(wire.Get("nsversion"), 444, "401 Unauthorized");
        Assert.Equal(2, Node.LeakedSessions);
    }

    [Fact]
    public async Task Half_an_hour_is_the_life_without_a_timeout()
    {
        Host.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(200, (await Wire.Get("nsversion")).Status);
        Host.Advance(TimeSpan.FromMinutes(31));
        Assert.Equal(444, (await Wire.Get("nsversion")).Code);
    }

    [Fact]
    public async Task The_box_and_a_user_have_so_many_sessions()
    {
        await Done(Wire.Post("systemuser", "{\"systemuser\":{\"username\":\"few\",\"password\":\"Few-12345\",\"maxsession\":2}}"), 201);
        await new Wire(Node).Login("few", "Few-12345");
        await new Wire(Node).Login("few", "Few-12345");
        await Refused(new Wire(Node).Post("login", "{\"login\":{\"username\":\"few\",\"password\":\"Few-12345\"}}"), 445, "599 Netscaler specific error");
        Node.MaximumSessions = 4;
        await new Wire(Node).Login();
        await Refused(new Wire(Node).Post("login", Body), 446, "599 Netscaler specific error");
        await Refused(new Wire(Node).Send("GET", "config/nsversion", null, "X-NITRO-USER: nsroot", "X-NITRO-PASS: Rehearsal-1"), 446, "599 Netscaler specific error");
    }

    [Fact]
    public async Task Another_administrator_ends_a_session_but_not_his_own()
    {
        var other = await new Wire(Node).Login();
        var rows = (await Wire.Get("systemsession")).Rows("systemsession");
        Assert.Equal(2, rows.Count);
        var (own, his) = ((string)rows[0]!["sid"]!, (string)rows[1]!["sid"]!);

        await Refused(Wire.Post("systemsession?action=kill", $"{{\"systemsession\":{{\"sid\":{own}}}}}"), 449, "599 Netscaler specific error");
        await Done(Wire.Post("systemsession?action=kill", $"{{\"systemsession\":{{\"sid\":{his}}}}}"));
        await Refused(Wire.Post("systemsession?action=kill", $"{{\"systemsession\":{{\"sid\":{his}}}}}"), 452, "599 Netscaler specific error");
        await Refused(other.Get("nsversion"), 444, "401 Unauthorized");
        await new Wire(Node).Login();
        await Done(Wire.Post("systemsession?action=kill", "{\"systemsession\":{\"all\":true}}"));
        Assert.Equal(1, Node.OpenSessions);
    }

    [Fact]
    public async Task A_restricted_timeout_caps_what_is_asked_for()
    {
        await Done(Wire.Put("systemparameter", "{\"systemparameter\":{\"restrictedtimeout\":\"ENABLED\"}}"));
        var wire = new Wire(Node);
        await Refused(wire.Post("login", "{\"login\":{\"username\":\"nsroot\",\"password\":\"Rehearsal-1\",\"timeout\":901}}"), 1219, "599 Netscaler specific error");
        await Refused(wire.Post("login", "{\"login\":{\"username\":\"nsroot\",\"password\":\"Rehearsal-1\",\"timeout\":10}}"), 1219, "599 Netscaler specific error");
        await wire.Login(timeout: 600);
    }

    [Fact]
    public async Task An_account_is_locked_after_wrong_passwords_and_unlocked_by_time_or_hand()
    {
        await Done(Wire.Put("aaaparameter", "{\"aaaparameter\":{\"maxloginattempts\":3,\"failedlogintimeout\":5}}"));
        const string Wrong = "{\"login\":{\"username\":\"cops\",\"password\":\"wrong\"}}";
        const string Right = "{\"login\":{\"username\":\"cops\",\"password\":\"Look-only-1\"}}";
        var wire = new Wire(Node);
        for (var i = 0; i < 2; i++)
        {
            await wire.Post("login", Wrong);
        }

        Assert.Equal(201, (await wire.Post("login", Right)).Status);
        for (var i = 0; i < 3; i++)
        {
            await wire.Post("login", Wrong);
        }

        await Refused(wire.Post("login", Right), 354, "401 Unauthorized");
        Host.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(201, (await wire.Post("login", Right)).Status);
        for (var i = 0; i < 3; i++)
        {
            await wire.Post("login", Wrong);
        }

        await Done(Wire.Post("aaauser?action=unlock", "{\"aaauser\":{\"username\":\"cops\"}}"));
        Assert.Equal(201, (await wire.Post("login", Right)).Status);
    }

    [Fact]
    public async Task An_account_for_the_command_line_is_not_let_in()
    {
        await Done(Wire.Post("systemuser", "{\"systemuser\":{\"username\":\"cli\",\"password\":\"Cli-12345\",\"allowedmanagementinterface\":[\"CLI\"]}}"), 201);

        await Refused(new Wire(Node).Post("login", "{\"login\":{\"username\":\"cli\",\"password\":\"Cli-12345\"}}"), 384, "401 Unauthorized");
    }
}
