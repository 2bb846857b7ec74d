using System;
using System.Linq;
using System.Threading.Tasks;
using CitrixOps.Advisories;
using CitrixOps.Simulator.Hosting;
using Xunit;

namespace CitrixOps.PowerShell.Tests.Commands;

/// <summary>A gateway as anybody sees it.</summary>
public sealed class OutsideViewTests : IDisposable
{
    private readonly PowerShellSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public async Task Public_files_tell_the_build_and_how_sure_it_is()
    {
        await using var host = await SimulatorHost.Start("vulnerable-2020-121-ha", new SimulatorOptions { Traffic = true });
        _session.Set("uris", host.Ports.Where(p => p.IsTls && !p.IsInside).Select(p => new Uri($"https://127.0.0.1:{p.LocalPort}/")).ToArray());

        var result = _session.Run("Get-GatewayPatchLevel -Uri $uris");

        var level = result.Of<PatchLevel>().First();
        Assert.Equal("12.1-55.13", level.Version);
        Assert.Equal(VersionTrust.Inferred, level.VersionTrust);
        Assert.Contains(level.Notes, n => n.StartsWith("Confidence", StringComparison.Ordinal));
        Assert.Equal(0, host.Nodes[0].Counters.Requests);
    }

    [Fact]
    public async Task Mistake_6_nothing_is_probed_two_public_files_are_asked_for_without_cookie_or_body()
    {
        using var server = new HttpsServer(_ => HttpsServer.Raw("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));

        Assert.Equal("FingerprintNotFound", (await Task.Run(() => _session.Run($"Get-GatewayPatchLevel -Uri {server.Root}"))).ErrorId);
        Assert.Equal(["GET /vpn/js/rdx/core/lang/rdx_en.json.gz HTTP/1.1", "GET /vpn/index.html HTTP/1.1"], server.Requests.Select(r => r.Split('\r')[0]));
        Assert.All(server.Requests, r => Assert.DoesNotContain("Cookie", r, StringComparison.OrdinalIgnoreCase));
        Assert.All(server.Requests, r => Assert.EndsWith("\r\n\r\n", r));
    }

    [Theory]
    [InlineData("Last-Modified: Tue, 18 Jul 2023 10:00:00 GMT")]
    [InlineData("Last-Modified: Wed, 07 Oct 2026 10:00:00 GMT")]
    public async Task Mistake_7_a_day_in_Last_Modified_makes_no_build_and_no_verdict(string header)
    {
        using var server = new HttpsServer(_ => HttpsServer.Ok("<html><title>NetScaler Gateway</title></html>"u8.ToArray(), header));

        var result = await Task.Run(() => _session.Run($"Get-GatewayPatchLevel -Uri {server.Root}"));

        Assert.Equal("FingerprintNotFound", result.ErrorId);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("Get-GatewayPatchLevel -Uri $uris", "NotConnected")]
    [InlineData("Get-GatewayPatchLevel -Uri ([uri[]]$uris)", "NotConnected")]
    [InlineData("Get-GatewayPatchLevel -Uri https://127.0.0.1:9/, gw.example, ftp://127.0.0.1/", "NotConnected")]
    [InlineData("Import-GatewayAdvisory -AdvisoryFolder $folder -Uri $uris", "DocumentNotFetched")]
    [InlineData("Import-GatewayAdvisory -AdvisoryFolder $folder -Uri ([uri[]]$uris)", "DocumentNotFetched")]
    public void Several_addresses_are_taken_one_by_one_and_each_that_is_none_is_named(string script, string id)
    {
        _session.Run("$uris = 'https://127.0.0.1:9/', 'gw.example', 'ftp://127.0.0.1/'");

        var errors = _session.Run(script).Errors.ToDictionary(e => (string)e.TargetObject, e => e.FullyQualifiedErrorId.Split(',')[0]);

        Assert.Equal(3, errors.Count);
        Assert.Contains(errors, e => e.Key.Contains("127.0.0.1:9", StringComparison.Ordinal) && e.Value == id);
        Assert.All(errors.Where(e => !e.Key.Contains(":9", StringComparison.Ordinal)), e => Assert.Contains(e.Value, new[] { "AddressNotRecognised", "PlainHttpRefused" }));
    }

    [Theory]
    [InlineData("https://127.0.0.1:9/", "NotConnected")]
    [InlineData("http://127.0.0.1/", "AddressNotRecognised")]
    public void What_cannot_be_seen_is_said(string uri, string id) => Assert.Equal(id, _session.Run($"Get-GatewayPatchLevel -Uri {uri}").ErrorId);
}
