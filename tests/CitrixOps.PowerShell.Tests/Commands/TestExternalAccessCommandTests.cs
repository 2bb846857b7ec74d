using System;
using System.Linq;
using System.Management.Automation;
using CitrixOps.Access.Inventory;
using CitrixOps.Access.Probing;
using CitrixOps.Simulator.Hosting;
using Xunit;

namespace CitrixOps.PowerShell.Tests.Commands;

public sealed class TestExternalAccessCommandTests(TestExternalAccessCommandTests.WithTraffic gateway) : IClassFixture<TestExternalAccessCommandTests.WithTraffic>
{
    private static readonly string[] Stable = ["Gateway", "Partition", "Name", "Through", "Uri", "Address", "Result", "IsOpen"];

    [Fact]
    public void Addresses_are_tested_and_can_be_tested_again()
    {
        using var session = gateway.Session();
        session.Set("uri", Door(443));

        var result = session.Run("$first = Test-ExternalAccess $uri, 'ftp://x'; $first; $first | Test-ExternalAccess");

        Assert.Equal("UriNotRecognised", result.ErrorId);
        var tests = result.Of<AccessTest>().ToList();
        Assert.Equal(2, tests.Count);
        Assert.All(tests, t => Assert.True(t.IsOpen));
        Assert.Equal(tests[0].Result, tests[1].Result);
        Assert.Contains("Answered", session.Rendered("Test-ExternalAccess $uri"));
    }

    [Theory]
    [InlineData("Test-ExternalAccess -Uri $one, $two")]
    [InlineData("Test-ExternalAccess -Uri @($one, $two)")]
    [InlineData("Test-ExternalAccess -Uri ([uri[]]($one, $two))")]
    [InlineData("Test-ExternalAccess ([uri]$one), $two")]
    [InlineData("$one, $two | ForEach-Object { [pscustomobject]@{ Uri = [uri]$_ } } | Test-ExternalAccess")]
    [InlineData("[pscustomobject]@{ Uri = [uri[]]($one, $two) } | Test-ExternalAccess")]
    public void Several_addresses_are_taken_in_every_form(string script)
    {
        using var session = gateway.Session();
        session.Set("one", Door(443));
        session.Set("two", Door(80));

        var result = session.Run(script);

        Assert.Empty(result.Errors);
        Assert.Equal([Door(443), Door(80)], result.Of<AccessTest>().Select(t => t.Uri.TrimEnd('/')));
    }

    [Fact]
    public void The_ways_in_of_a_session_are_tested()
    {
        using var session = gateway.Connected();

        var result = session.Run("Test-ExternalAccess -Session $gw -ProbeTimeout 1 -ProbeLimit 256");

        Assert.Empty(result.Errors);
        var tests = result.Of<AccessTest>().ToList();
        Assert.Contains(tests, t => t.Name == "gw_raadhuis" && t.Transport == "UDP" && t.Uri.StartsWith("dtls:", StringComparison.Ordinal));
        Assert.Contains(tests, t => t.Name == "gw_raadhuis" && t.Transport == "TCP" && t.Gateway.Length > 0);
        Assert.Contains(tests, t => t.Name == "lb_sociaal" && t.Partition == "Sociaal");
        Assert.Contains(tests, t => t.Name == "gw_behind_cs" && t.Through == "cs_portal");
        Assert.Contains(tests, t => t is { Kind: AccessKind.Management, Name: "203.0.113.2" });
    }

    [Fact]
    public void Ways_that_were_listed_elsewhere_are_tested_here()
    {
        using var session = gateway.Connected();
        session.Set("port", new Uri(Door(443)).Port);
        var listed = session.Run("$ways = Get-ExternalAccess $gw | Where-Object Name -in gw_raadhuis, gw_behind_cs, cs_portal; $ways").Of<ExternalAccess>().ToList();

        // as a file would bring them to another machine
        session.Set("kept", listed.Select(w => (PSObject)PSSerializer.Deserialize(PSSerializer.Serialize(new PSObject(w), 6))).ToArray());
        var there = session.Run("$kept | Test-ExternalAccess -ProbeTimeout 1").Of<AccessTest>().ToList();
        var here = session.Run("$ways | Test-ExternalAccess -ProbeTimeout 1").Of<AccessTest>().ToList();

        Assert.Equal(here.Select(Comparable), there.Select(Comparable));
        Assert.Equal(["cs_portal", "gw_behind_cs", "gw_raadhuis", "gw_raadhuis"], there.Select(t => t.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Two_tests_of_the_same_differ_in_nothing_that_is_compared_and_one_after_a_closing_does()
    {
        using var session = gateway.Connected();
        session.Set("uri", Door(443));
        session.Set("receipts", session.Folder);
        var before = session.Run("Test-ExternalAccess $uri").Output.Single();
        var again = session.Run("Test-ExternalAccess $uri").Output.Single();
        session.Run("$closed = Disable-ExternalAccess $gw -Method VirtualServer -KeepSession -ReceiptPath $receipts -Confirm:$false");
        var closed = session.Run("Test-ExternalAccess $uri").Output.Single();
        session.Run("Enable-ExternalAccess $gw -Receipt $closed -Confirm:$false");
        var after = session.Run("Test-ExternalAccess $uri").Output.Single();
        object?[] Values(PSObject test) => Stable.Select(p => test.Properties[p].Value).ToArray();

        Assert.Equal(Values(before), Values(again));
        Assert.NotEqual(Values(before), Values(closed));
        Assert.Equal(Values(before), Values(after));
    }

    private static object Comparable(AccessTest test) => (test.Gateway, test.Partition, test.Name, test.Through, test.Uri, test.Address);

    private string Door(int port) => (port == 80 ? "http" : "https") + $"://127.0.0.1:{gateway.Host.Ports.First(p => p.Address == "203.0.113.10" && p.Port == port).LocalPort}";

    public sealed class WithTraffic : GatewayFixture
    {
        public WithTraffic()
            : base("clean-ha-131", new SimulatorOptions { Traffic = true })
        {
        }
    }
}
