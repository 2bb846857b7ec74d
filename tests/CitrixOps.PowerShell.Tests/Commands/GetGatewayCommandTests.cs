using System.Linq;
using CitrixOps.Appliances.Live;
using Xunit;

namespace CitrixOps.PowerShell.Tests.Commands;

public sealed class GetGatewayCommandTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    [Theory]
    [InlineData("Get-Gateway @connect")]
    [InlineData("$gw | Get-Gateway")]
    [InlineData("Get-Gateway $gw")]
    [InlineData("Get-Gateway $address -Credential $credential -ServerCertificateSha256 $pins")]
    public void A_gateway_says_what_it_is(string script)
    {
        using var session = gateway.Connected();

        var result = session.Run(script);

        Assert.Empty(result.Errors);
        var found = result.Of<Gateway>().Single();
        Assert.NotEmpty(found.Model);
        Assert.Equal(2, found.SerialNumber.Count(s => s.Length > 0));
        Assert.StartsWith("13.1-", found.Version);
        Assert.Contains("SSLVPN", found.Features);
        Assert.Contains("Amsterdam", found.TimeZone);
    }

    [Fact]
    public void Names_are_logged_out_of_again()
    {
        using var session = gateway.Session();

        Assert.False(session.Run("Get-Gateway @connect").Of<Gateway>().Single().IsConnected);
        Assert.Equal([0, 0], gateway.Host.Nodes.Select(n => n.OpenSessions));
    }

    [Fact]
    public void A_gateway_that_cannot_be_reached_stops_no_other()
    {
        using var session = gateway.Session();

        var result = session.Run("$connect.ComputerName = '127.0.0.1:9', $address; Get-Gateway @connect");

        Assert.Equal("NotConnected", result.ErrorId);
        Assert.Single(result.Output);
    }
}
