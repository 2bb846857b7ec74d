using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Access.Probing;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Errors;
using CitrixOps.Simulator.Hosting;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CitrixOps.Tests.Access.Probing;

public sealed class ProberTests
{
    [Fact]
    public async Task An_open_gateway_is_recognised()
    {
        await using var lab = await Lab();

        var test = await Test(lab, "203.0.113.10", 443);

        Assert.Equal((AccessOutcome.Answered, true, true, 200), (test.Outcome, test.IsOpen, test.IsGateway, test.Status));
        Assert.Equal("NetScaler Gateway", test.Title);
        Assert.Equal("/vpn/index.html", test.Location);
        Assert.StartsWith("TLS 1.", test.Tls);
        Assert.Equal(64, test.CertificateSha256.Length);
        Assert.False(test.CertificateTrusted);
        Assert.True(test.CertificateNotAfter > DateTimeOffset.UtcNow);
        Assert.Equal("127.0.0.1", test.From);
    }

    [Fact]
    public async Task What_is_no_gateway_is_not_taken_for_one()
    {
        await using var lab = await Lab();

        var test = await Test(lab, "203.0.113.10", 80);

        Assert.Equal((AccessOutcome.Answered, false, ""), (test.Outcome, test.IsGateway, test.Tls));
    }

    [Fact]
    public async Task A_way_in_that_is_closed_reads_otherwise_than_before_and_again_the_same_when_reopened()
    {
        await using var lab = await Lab();
        var before = await Test(lab, "203.0.113.10", 443);

        await lab.Send(NitroCall.Do("vpnvserver", "disable", new JObject { ["name"] = "gw_raadhuis" }));
        var closed = await Test(lab, "203.0.113.10", 443);
        await lab.Send(NitroCall.Do("vpnvserver", "enable", new JObject { ["name"] = "gw_raadhuis" }));
        var after = await Test(lab, "203.0.113.10", 443);

        Assert.Equal((AccessOutcome.Refused, false), (closed.Outcome, closed.IsOpen));
        Assert.NotEqual(before.Result, closed.Result);
        Assert.Equal(Stable(before), Stable(after));
    }

    [Fact]
    public async Task An_access_list_leaves_silence_outside_and_an_answer_inside()
    {
        await using var lab = await Lab();
        await lab.Send(NitroCall.Add("nsacl", new JObject { ["aclname"] = "deny", ["aclaction"] = "DENY", ["srcip"] = true, ["srcipop"] = "=", ["srcipval"] = lab.Host.Outside.ToString(), ["destip"] = true, ["destipop"] = "=", ["destipval"] = "203.0.113.10", ["priority"] = 100 }));
        await lab.Send(NitroCall.Do("nsacls", "apply", new JObject()));

        var outside = await Test(lab, "203.0.113.10", 443);
        var inside = await Test(lab, "203.0.113.10", 443, isInside: true);

        Assert.Equal((AccessOutcome.Silent, false), (outside.Outcome, outside.IsOpen));
        Assert.Equal(AccessOutcome.Answered, inside.Outcome);
    }

    [Fact]
    public async Task A_responder_that_drops_leaves_tls_open_and_the_test_says_so()
    {
        await using var lab = await Lab();
        await lab.Send(NitroCall.Add("responderpolicy", new JObject { ["name"] = "drop", ["rule"] = "TRUE", ["action"] = "DROP" }));
        await lab.Send(NitroCall.Put("responderglobal_responderpolicy_binding", new JObject { ["policyname"] = "drop", ["priority"] = 1, ["gotopriorityexpression"] = "END", ["type"] = "REQ_OVERRIDE" }));

        var test = await Test(lab, "203.0.113.10", 443);

        Assert.Equal((AccessOutcome.TlsOnly, true), (test.Outcome, test.IsOpen));
    }

    [Fact]
    public async Task A_port_where_nothing_listens_refuses()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();

        Assert.Equal(AccessOutcome.Refused, (await Probe($"https://127.0.0.1:{port}")).Outcome);
    }

    [Theory]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: https://evil.example/\r\n\r\n", AccessOutcome.Answered, 302)]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: /again\r\n\r\n", AccessOutcome.Answered, 302)]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n<title>\u001b[31mred</title>", AccessOutcome.Answered, 200)]
    [InlineData("SSH-2.0-OpenSSH_8.9\r\n", AccessOutcome.Silent, null)]
    [InlineData("HTTP/1.1 200", AccessOutcome.Silent, null)]
    public async Task Answers_of_strangers_are_bounded_and_harmless(string answer, AccessOutcome outcome, int? status)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var requests = 0;
        var serving = Task.Run(async () =>
        {
            while (true)
            {
                using var client = await server.AcceptTcpClientAsync();
                requests++;
                var stream = client.GetStream();
                Assert.True(await stream.ReadAsync(new byte[4096]) > 0);
                await stream.WriteAsync(Encoding.UTF8.GetBytes(answer));
            }
        });

        var test = await Probe($"http://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}/");
        server.Stop();
        await Assert.ThrowsAnyAsync<Exception>(() => serving);

        Assert.Equal((outcome, status), (test.Outcome, test.Status));
        Assert.DoesNotContain('\u001b', JsonConvert.SerializeObject(test.Title));
        Assert.InRange(requests, 1, 4);
    }

    [Fact]
    public async Task Udp_is_said_to_be_untested()
    {
        using var prober = new Prober();
        var test = Assert.Single(await prober.TestAsync(Prober.Parse("udp://203.0.113.10:53"), CancellationToken.None));

        Assert.Equal((AccessOutcome.NotTested, null), (test.Outcome, test.IsOpen));
        Assert.Contains("UDP", test.Detail);
    }

    [Theory]
    [InlineData("gateway.example.nl", "https://gateway.example.nl/")]
    [InlineData("2001:db8::10", "https://[2001:db8::10]/")]
    [InlineData("203.0.113.10:8443", "https://203.0.113.10:8443/")]
    [InlineData("http://203.0.113.10", "http://203.0.113.10/")]
    [InlineData("dtls://203.0.113.10:443/", "dtls://203.0.113.10:443/")]
    [InlineData("ssh://[2001:db8::10]", "ssh://[2001:db8::10]/")]
    public void Hosts_and_addresses_are_read(string text, string expected) => Assert.Equal(expected, Prober.Parse(text).AbsoluteUri);

    [Theory]
    [InlineData("")]
    [InlineData("ftp://x")]
    [InlineData("tcp://203.0.113.10")]
    [InlineData("https://user:secret@host/")]
    [InlineData("file:///etc/passwd")]
    public void What_cannot_be_tested_is_refused(string text) => Assert.Equal("UriNotRecognised", Assert.Throws<CitrixOpsException>(() => Prober.Parse(text)).Problem.Id);

    private static Task<SimulatedGateway> Lab() => SimulatedGateway.Start(options: new SimulatorOptions { Traffic = true });

    private static object Stable(AccessTest test) => (test.Gateway, test.Partition, test.Name, test.Through, test.Uri, test.Address, test.Result, test.IsOpen);

    private static async Task<AccessTest> Test(SimulatedGateway lab, string address, int port, bool isInside = false)
    {
        var way = lab.Host.Ports.First(p => p.Address == address && p.Port == port && p.IsInside == isInside);
        return await Probe($"{(way.IsTls ? "https" : "http")}://127.0.0.1:{way.LocalPort}");
    }

    private static async Task<AccessTest> Probe(string uri)
    {
        using var prober = new Prober(new ProbeOptions { Timeout = TimeSpan.FromSeconds(1.5) });
        return Assert.Single(await prober.TestAsync(new Uri(uri), CancellationToken.None));
    }
}
