using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Access.Probing;
using Xunit;

namespace CitrixOps.Tests.Access.Probing;

/// <summary>Ways in over IPv6, where this machine has it.</summary>
public sealed class ProberIPv6Tests
{
    [Fact]
    public async Task A_way_in_over_ipv6_is_tested_like_any_other()
    {
        if (Listen() is not { } listener)
        {
            return;
        }

        using (listener)
        {
            var uri = $"http://[::1]:{((IPEndPoint)listener.LocalEndpoint).Port}/";
            using var prober = new Prober(new ProbeOptions { Timeout = TimeSpan.FromSeconds(5) });
            var answering = AnswerAsync(listener);
            var open = Assert.Single(await prober.TestAsync(new Uri(uri), CancellationToken.None));
            await answering;
            listener.Stop();
            var closed = Assert.Single(await prober.TestAsync(new Uri(uri), CancellationToken.None));

            Assert.Equal((AccessOutcome.Answered, "::1", "::1", 200, true), (open.Outcome, open.Address, open.From, open.Status, open.IsOpen));
            Assert.Equal((AccessOutcome.Refused, "::1", false), (closed.Outcome, closed.Address, closed.IsOpen));
        }
    }

    private static TcpListener? Listen()
    {
        var listener = new TcpListener(IPAddress.IPv6Loopback, 0);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException)
        {
            // no IPv6 here
            listener.Dispose();
            return null;
        }
    }

    private static async Task AnswerAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        var stream = client.GetStream();
        var seen = new StringBuilder();
        var buffer = new byte[1024];
        while (!seen.ToString().Contains("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(buffer) is > 0 and var read)
        {
            seen.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"));
    }
}
