using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Access.Inventory;
using CitrixOps.Access.Probing;
using Xunit;

namespace CitrixOps.Tests.Access.Probing;

/// <summary>Ways in that do not speak HTTP: DTLS, SSH, TCP.</summary>
public sealed class ServiceProbeTests
{
    private static readonly byte[] Head = [22, 0xfe, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];

    [Theory]
    [InlineData(22, 3, AccessOutcome.Answered, "DTLS, asks for proof of the address first")]
    [InlineData(22, 2, AccessOutcome.Answered, "DTLS, asks for no proof of the address")]
    [InlineData(21, 2, AccessOutcome.Answered, "DTLS, refuses this client")]
    [InlineData(47, 1, AccessOutcome.Connected, "answers, but not with DTLS")]
    public async Task A_dtls_door_is_said_hello_to(byte record, byte message, AccessOutcome outcome, string result)
    {
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var serving = Task.Run(async () =>
        {
            // the first is lost: it is sent again
            await server.ReceiveAsync();
            var hello = await server.ReceiveAsync();
            byte[] answer = [.. Head, message, 0, 0];
            answer[0] = record;
            await server.SendAsync(answer, answer.Length, hello.RemoteEndPoint);
            return hello.Buffer;
        });

        var test = await Probe($"dtls://127.0.0.1:{((IPEndPoint)server.Client.LocalEndPoint!).Port}");
        var sent = await serving.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal((outcome, result, true, "UDP"), (test.Outcome, test.Result, test.IsOpen, test.Transport));
        Assert.Equal((22, 1, sent.Length - 13, sent.Length - 25), (sent[0], sent[13], (sent[11] << 8) | sent[12], (sent[15] << 8) | sent[16]));
    }

    [Fact]
    public async Task Silence_over_udp_is_not_taken_for_closed()
    {
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));

        var test = await Probe($"dtls://127.0.0.1:{((IPEndPoint)server.Client.LocalEndPoint!).Port}", 0.3);

        Assert.Equal((AccessOutcome.NoAnswer, null), (test.Outcome, test.IsOpen));
        Assert.Contains("does not mean", test.Detail);
        await server.ReceiveAsync();
        await server.ReceiveAsync();
        Assert.Equal(0, server.Available);
    }

    [Fact]
    public async Task A_udp_port_where_nothing_listens_refuses()
    {
        var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)server.Client.LocalEndPoint!).Port;
        server.Dispose();

        var test = await Probe($"dtls://127.0.0.1:{port}");

        Assert.Equal((AccessOutcome.Refused, false), (test.Outcome, test.IsOpen));
    }

    [Theory]
    [InlineData("ssh", "SSH-2.0-OpenSSH_9.1\r\n", AccessOutcome.Answered, "SSH-2.0-OpenSSH_9.1")]
    [InlineData("ssh", "220 ftp\r\n", AccessOutcome.Connected, "connects")]
    [InlineData("tcp", "", AccessOutcome.Connected, "connects")]
    public async Task Other_services_are_connected_to_and_sent_nothing(string scheme, string greeting, AccessOutcome outcome, string result)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var serving = Task.Run(async () =>
        {
            using var client = await server.AcceptTcpClientAsync();
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(greeting));
            return await client.GetStream().ReadAsync(new byte[10]);
        });

        var test = await Probe($"{scheme}://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}");

        Assert.Equal((outcome, result, true), (test.Outcome, test.Result, test.IsOpen));
        Assert.Equal(0, await serving);
    }

    [Fact]
    public async Task An_ssh_server_that_does_not_greet_in_time_is_open()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();

        var test = await Probe($"ssh://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}", 0.3);

        Assert.Equal((AccessOutcome.Connected, true), (test.Outcome, test.IsOpen));
    }

    [Fact]
    public async Task What_has_no_path_from_here_is_not_taken_for_closed()
    {
        using var prober = new Prober(new ProbeOptions { Timeout = TimeSpan.FromSeconds(1) });

        var test = Assert.Single(await prober.TestAsync(new Uri("https://no-such-name.invalid"), CancellationToken.None));

        Assert.Equal((AccessOutcome.NotResolved, null), (test.Outcome, test.IsOpen));
    }

    [Fact]
    public async Task What_ways_have_in_common_is_asked_once_and_shown_for_each()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var port = ((IPEndPoint)server.LocalEndpoint).Port;
        var connections = 0;
        var serving = Task.Run(async () =>
        {
            while (true)
            {
                using var client = await server.AcceptTcpClientAsync();
                connections++;
            }
        });
        ExternalAccess[] ways =
        [
            new() { Gateway = "gw", Kind = AccessKind.ContentSwitching, Name = "cs", Address = ["127.0.0.1"], Port = port, ServiceType = "TCP" },
            new() { Gateway = "gw", Kind = AccessKind.Vpn, Name = "vpn", Behind = "cs", ServiceType = "SSL" },
            new() { Gateway = "gw", Kind = AccessKind.Gslb, Name = "gslb", ServiceType = "SSL" },
        ];
        using var prober = new Prober();

        var tests = await prober.TestAsync(AccessTargets.Of(ways), CancellationToken.None);
        server.Stop();
        await Assert.ThrowsAnyAsync<Exception>(() => serving);

        Assert.Equal([("cs", "", true), ("vpn", "cs", true), ("gslb", "", (bool?)null)], tests.Select(t => (t.Name, t.Through, t.IsOpen)));
        Assert.Equal(1, connections);
    }

    private static async Task<AccessTest> Probe(string uri, double seconds = 2)
    {
        using var prober = new Prober(new ProbeOptions { Timeout = TimeSpan.FromSeconds(seconds) });
        return Assert.Single(await prober.TestAsync(Prober.Parse(uri), CancellationToken.None));
    }
}
