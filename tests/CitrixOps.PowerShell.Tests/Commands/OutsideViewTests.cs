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

    [Theory]
    [InlineData("https://127.0.0.1:9/", "NotConnected")]
    [InlineData("http://127.0.0.1/", "AddressNotRecognised")]
    public void What_cannot_be_seen_is_said(string uri, string id) => Assert.Equal(id, _session.Run($"Get-GatewayPatchLevel -Uri {uri}").ErrorId);
}
