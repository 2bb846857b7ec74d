using System.Linq;
using CitrixOps.Access.Probing;
using CitrixOps.Simulator.Hosting;
using Xunit;

namespace CitrixOps.PowerShell.Tests.Commands;

public sealed class TestExternalAccessCommandTests(TestExternalAccessCommandTests.WithTraffic gateway) : IClassFixture<TestExternalAccessCommandTests.WithTraffic>
{
    [Fact]
    public void Addresses_are_tested_and_can_be_tested_again()
    {
        using var session = gateway.Session();
        session.Set("uri", $"https://127.0.0.1:{gateway.Host.Ports.First(p => p.Address == "203.0.113.10" && p.IsTls).LocalPort}");

        var result = session.Run("$first = Test-ExternalAccess $uri, 'ftp://x'; $first; $first | Test-ExternalAccess");

        Assert.Equal("UriNotRecognised", result.ErrorId);
        var tests = result.Of<AccessTest>().ToList();
        Assert.Equal(2, tests.Count);
        Assert.All(tests, t => Assert.True(t.IsOpen));
        Assert.Equal(tests[0].Result, tests[1].Result);
        Assert.Contains("Answered", session.Rendered("Test-ExternalAccess $uri"));
    }

    [Fact]
    public void The_ways_in_of_a_session_are_tested()
    {
        using var session = gateway.Connected();

        var tests = session.Run("Test-ExternalAccess -Session $gw -ProbeTimeout 1").Of<AccessTest>().ToList();

        Assert.Contains(tests, t => t.Name == "gw_raadhuis" && t.Transport == "UDP" && t.IsOpen is null);
        Assert.Contains(tests, t => t.Name == "gw_raadhuis" && t.Transport == "TCP" && t.Gateway.Length > 0);
    }

    public sealed class WithTraffic : GatewayFixture
    {
        public WithTraffic()
            : base("clean-ha-131", new SimulatorOptions { Traffic = true })
        {
        }
    }
}
