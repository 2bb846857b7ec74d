using System;
using System.Linq;
using System.Net.Http;
using System.Net.Security;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Simulator.Hosting;
using Xunit;

namespace CitrixOps.Simulator.Tests;

/// <summary>The data plane for real: virtual servers answer on loopback ports as the gateway would.</summary>
public sealed class TrafficTests
{
    [Fact]
    public async Task A_gateway_closes_outside_and_stays_open_inside_on_real_sockets()
    {
        await using var host = await SimulatorHost.Start("clean-ha-131", new SimulatorOptions { Traffic = true });
        var wire = await new Wire(host.Nodes[0]).Login();
        var (outside, inside) = (Port(host, false), Port(host, true));
        Assert.Contains("NetScaler Gateway", await Page(outside));
        await wire.Post("nsacl", "{\"nsacl\":{\"aclname\":\"a\",\"aclaction\":\"ALLOW\",\"srcip\":true,\"srcipval\":\"10.0.0.0-10.255.255.255\",\"priority\":11}}");
        await wire.Post("nsacl", "{\"nsacl\":{\"aclname\":\"d\",\"aclaction\":\"DENY\",\"destip\":true,\"destipval\":\"203.0.113.10\",\"priority\":20}}");
        await wire.Post("nsacls?action=apply", "{\"nsacls\":{}}");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Page(outside));
        Assert.Contains("NetScaler Gateway", await Page(inside));
        await wire.Post("vpnvserver?action=disable", "{\"vpnvserver\":{\"name\":\"gw_raadhuis\"}}");
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => Page(inside));
        Assert.Equal(200, (await wire.Get("nsversion")).Status);
    }

    private static TrafficPort Port(SimulatorHost host, bool inside) => host.Ports.First(p => p.Address == "203.0.113.10" && p.Port == 443 && p.IsInside == inside);

    private static async Task<string> Page(TrafficPort port)
    {
        using var client = new HttpClient(new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.Subject.StartsWith("CN=gateway.example", StringComparison.Ordinal) == true } });
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(1500));
        return await client.GetStringAsync(new Uri($"https://127.0.0.1:{port.LocalPort}/vpn/index.html"), soon.Token);
    }
}
