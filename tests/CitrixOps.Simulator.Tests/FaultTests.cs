using System;
using System.Diagnostics;
using System.IO;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Simulator.Faults;
using Xunit;

namespace CitrixOps.Simulator.Tests;

/// <summary>Points 17 and 18: everything that can go wrong on the way, and TLS.</summary>
public sealed class FaultTests : SimulatorTest
{
    private const string Disable = "{\"vpnvserver\":{\"name\":\"gw_main\"}}";

    [Theory]
    [InlineData(FaultKind.CutAfterHeaders, true)]
    [InlineData(FaultKind.CutBody, true)]
    [InlineData(FaultKind.WrongLength, true)]
    [InlineData(FaultKind.LoseResponse, true)]
    [InlineData(FaultKind.Refuse, false)]
    public async Task An_answer_is_lost_after_or_before_the_command_was_executed(FaultKind kind, bool executed)
    {
        Node.Faults.Add(new Fault { Kind = kind, Method = "POST", Type = "vpnvserver", Action = "disable" });
        await Assert.ThrowsAnyAsync<IOException>(() => Wire.Post("vpnvserver?action=disable", Disable));

        Assert.Equal(executed ? "OUT OF SERVICE" : "UP", await State());
    }

    [Theory]
    [InlineData(FaultKind.HalfBulk)]
    [InlineData(FaultKind.LoseHalfBulk)]
    public async Task Half_of_a_bulk_request_is_executed(FaultKind kind)
    {
        Node.Faults.Add(new Fault { Kind = kind, Type = "server", Code = 1046 });
        var executed = new System.Collections.Generic.List<Exchange>();
        Host.Executed = executed.Add;
        Assert.Equal(201, (await Wire.Post("server", "{\"server\":{\"name\":\"alone\",\"ipaddress\":\"10.1.0.9\"}}")).Status);
        const string Three = "{\"params\":{\"onerror\":\"continue\"},\"server\":[{\"name\":\"a\",\"ipaddress\":\"10.1.0.1\"},{\"name\":\"b\",\"ipaddress\":\"10.1.0.2\"},{\"name\":\"c\",\"ipaddress\":\"10.1.0.3\"}]}";
        if (kind == FaultKind.HalfBulk)
        {
            var reply = await Wire.Post("server", Three);
            Assert.Equal(1243, reply.Code);
            Assert.Contains("1046", reply.Text, StringComparison.Ordinal);
        }
        else
        {
            await Assert.ThrowsAnyAsync<IOException>(() => Wire.Post("server", Three));
        }

        Host.Executed = null;
        Assert.Equal(["alone", "a"], System.Linq.Enumerable.Select(Node.Objects("server"), s => s["name"]));
        Assert.Equal([1, 3], System.Linq.Enumerable.Select(executed, e => e.Objects));
        Assert.All(executed, e => Assert.True(e.IsWrite));
    }

    [Theory]
    [InlineData("Html503")]
    [InlineData("ErrorCode=1138")]
    [InlineData("KillSession")]
    public async Task A_header_asks_for_a_fault_of_one_request(string fault)
    {
        var reply = await Wire.Post("vpnvserver?action=disable", Disable, "X-Simulator-Fault: " + fault);
        Assert.NotEqual(200, reply.Status);
        Assert.Equal(fault == "KillSession" ? 444 : 0, (await Wire.Get("nsversion")).Code);
        await Wire.Login();
        Assert.Equal("UP", await State());
    }

    [Fact]
    public async Task A_fault_hits_the_requests_it_names_so_many_times_after_so_many()
    {
        Node.Faults.Add(new Fault { Kind = FaultKind.ErrorCode, Code = 293, Type = "nsversion", After = 1, Times = 2 });
        Assert.Equal("0 293 293 0", $"{await Code()} {await Code()} {await Code()} {await Code()}");
        Assert.Equal(0, (await Wire.Get("nshardware")).Code);
        Node.Faults.Add(new Fault { Kind = FaultKind.ErrorCode, Code = 293, Times = 0 });
        Assert.Equal("293 293", $"{await Code()} {await Code()}");
        Node.Faults.Clear();
        Assert.Equal(0, await Code());
    }

    [Fact]
    public async Task An_answer_comes_late()
    {
        Node.Faults.Add(new Fault { Kind = FaultKind.Slow, Delay = TimeSpan.FromMilliseconds(200) });
        var clock = Stopwatch.StartNew();
        await Wire.Get("nsversion");
        Assert.True(clock.ElapsedMilliseconds >= 195);
        Host.Latency = TimeSpan.FromMilliseconds(50);
        clock.Restart();
        await Wire.Get("nsversion");
        Assert.True(clock.ElapsedMilliseconds >= 45);
    }

    [Fact]
    public async Task An_answer_that_never_comes_was_still_executed()
    {
        Node.Faults.Add(new Fault { Kind = FaultKind.Silence, Type = "vpnvserver" });
        using var client = Wire.Client();
        using var soon = new CancellationTokenSource(300);
        client.DefaultRequestHeaders.Add("Cookie", Wire.Cookie["Cookie: ".Length..]);
        using var body = new StringContent(Disable);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.PostAsync(new Uri("/nitro/v1/config/vpnvserver?action=disable", UriKind.Relative), body, soon.Token));
        Assert.Equal("OUT OF SERVICE", await State());
    }

    [Fact]
    public async Task Compression_comes_when_asked_for_or_as_a_fault()
    {
        Assert.False((await Wire.Get("nsversion")).Headers.ContainsKey("Content-Encoding"));
        using var client = Wire.Client();
        client.DefaultRequestHeaders.Add("Cookie", Wire.Cookie["Cookie: ".Length..]);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/nitro/v1/config/nsversion", UriKind.Relative));
        request.Headers.Add("X-Simulator-Fault", "Gzip");
        using var reply = await client.SendAsync(request);
        Assert.Contains("NS13.1", await reply.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_connection_is_closed_after_so_many_requests()
    {
        Node.RequestsPerConnection = 2;
        using var client = Wire.Client();
        client.DefaultRequestHeaders.Add("Cookie", Wire.Cookie["Cookie: ".Length..]);
        var before = Node.Counters.Connections;
        for (var i = 0; i < 6; i++)
        {
            using var reply = await client.GetAsync(new Uri("/nitro/v1/config/nsversion", UriKind.Relative));
            Assert.Equal(i % 2 == 1, reply.Headers.ConnectionClose == true);
        }

        Assert.Equal(before + 3, Node.Counters.Connections);
        using var closed = new HttpRequestMessage(HttpMethod.Get, new Uri("/nitro/v1/config/nsversion", UriKind.Relative));
        closed.Headers.Add("X-Simulator-Fault", "CloseAfter");
        using var last = await client.SendAsync(closed);
        Assert.True(last.Headers.ConnectionClose);
    }

    [Fact]
    public async Task The_clocks_of_the_nodes_go_apart()
    {
        Peer.SetSkew(TimeSpan.FromMinutes(7));
        var here = long.Parse((string)(await Wire.Get("nsconfig")).Json["nsconfig"]!["systemtime"]!, System.Globalization.CultureInfo.InvariantCulture);
        var there = long.Parse((string)(await (await OnPeer()).Get("nsconfig")).Json["nsconfig"]!["systemtime"]!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(there - here, 415, 430);
    }

    [Fact]
    public async Task The_certificate_is_self_signed_and_can_change()
    {
        var before = Node.Thumbprint;
        var shown = await Shown();
        Assert.Equal((before, shown.Subject), (shown.GetCertHashString(HashAlgorithmName.SHA256), shown.Issuer));
        Assert.StartsWith("CN=default ", shown.Subject);
        Assert.Equal(2048, shown.GetRSAPublicKey()!.KeySize);
        using var strict = new HttpClient { BaseAddress = Node.Uri };
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => strict.GetAsync(new Uri("/", UriKind.Relative)));
        Assert.IsType<AuthenticationException>(refused.InnerException);

        await Wire.Send("GET", "config/nsversion", null, "X-Simulator-Fault: ChangeCertificate");
        Assert.NotEqual(before, Node.Thumbprint);
        Assert.Equal(Node.Thumbprint, (await Shown()).GetCertHashString(HashAlgorithmName.SHA256));
        Assert.NotEqual(Peer.Thumbprint, Node.Thumbprint);
    }

    [Fact]
    public async Task It_speaks_no_http_2_and_answers_a_page_elsewhere()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Node.Uri.Host, Node.Uri.Port);
        await using var tls = new SslStream(socket.GetStream(), false, (_, c, _, _) => c?.GetCertHashString(HashAlgorithmName.SHA256) == Node.Thumbprint);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "gateway", ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11] });
        Assert.Equal(SslApplicationProtocol.Http11, tls.NegotiatedApplicationProtocol);
        Assert.Contains("<html>", (await Wire.Raw("GET", "/")).Text);
        Assert.Equal(404, (await Wire.Raw("GET", "/nitro/v2/config/login")).Status);
    }

    [Fact]
    public async Task Requests_are_counted_by_kind()
    {
        await Wire.Get("nsversion");
        await Wire.Post("vpnvserver?action=Disable", Disable);
        Assert.Equal((1, 1, 1, 1), (Node.Counters.Of("GET nsversion"), Node.Counters.Of("POST vpnvserver?action=disable"), Node.Counters.Of("POST login"), Node.Counters.Writes));
    }

    private async Task<int> Code() => (await Wire.Get("nsversion")).Code;

    private async Task<string> State() => (string)(await Wire.Get("vpnvserver/gw_main")).Rows("vpnvserver")[0]!["curstate"]!;

    private async Task<X509Certificate2> Shown()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Node.Uri.Host, Node.Uri.Port);
        await using var tls = new SslStream(socket.GetStream(), false, (_, c, _, _) => c?.GetCertHashString(HashAlgorithmName.SHA256) == Node.Thumbprint);
        await tls.AuthenticateAsClientAsync("gateway");
        return X509CertificateLoader.LoadCertificate(tls.RemoteCertificate!.GetRawCertData());
    }
}
