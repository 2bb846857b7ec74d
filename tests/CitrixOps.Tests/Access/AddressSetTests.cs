using System.Linq;
using System.Net;
using CitrixOps.Access.Networks;
using CitrixOps.Errors;
using Xunit;

namespace CitrixOps.Tests.Access;

public sealed class AddressSetTests
{
    [Theory]
    [InlineData("10.0.0.0/8", "10.0.0.0-10.255.255.255")]
    [InlineData("10.1.2.3/8", "10.0.0.0-10.255.255.255")]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("192.0.2.7-192.0.2.9", "192.0.2.7-192.0.2.9")]
    [InlineData("0.0.0.0/0", "0.0.0.0-255.255.255.255")]
    [InlineData("2001:db8::/127", "2001:db8::-2001:db8::1")]
    public void A_network_is_read(string text, string range) => Assert.Equal(range, AddressRange.Parse(text).ToString());

    [Theory]
    [InlineData("10")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.9-10.0.0.1")]
    [InlineData("10.0.0.1-2001:db8::1")]
    [InlineData("fe80::1%eth0")]
    [InlineData("0x0a.0.0.1/")]
    [InlineData("")]
    public void What_is_no_network_is_refused(string text) => Assert.Equal("NetworkNotRecognised", Assert.Throws<CitrixOpsException>(() => AddressRange.Parse(text)).Problem.Id);

    [Fact]
    public void Everything_but_two_networks_has_three_parts()
    {
        var rest = AddressSet.Everything.Except(AddressSet.Parse(["10.0.0.0/8", "192.168.0.0/16"])).OfFamily(false);

        Assert.Equal(["0.0.0.0-9.255.255.255", "11.0.0.0-192.167.255.255", "192.169.0.0-255.255.255.255"], rest.Ranges.Select(r => r.ToString()));
        Assert.False(rest.Contains(IPAddress.Parse("10.1.1.1")));
        Assert.True(rest.Contains(IPAddress.Parse("11.0.0.0")));
        Assert.Equal(AddressSet.Everything.Ranges, rest.Union(AddressSet.Parse(["10.0.0.0/8", "192.168.0.0/16", "::/0"])).Ranges);
    }

    [Fact]
    public void Ranges_that_touch_become_one_and_subnets_cover_exactly()
    {
        var set = AddressSet.Parse(["203.0.113.10", "203.0.113.11", "203.0.113.12-203.0.113.17"]);

        Assert.Equal("203.0.113.10-203.0.113.17", Assert.Single(set.Ranges).ToString());
        Assert.Equal(["203.0.113.10/31", "203.0.113.12/30", "203.0.113.16/31"], set.Ranges[0].Subnets());
        Assert.Equal(set.Ranges, AddressSet.Parse(set.Ranges[0].Subnets()).Ranges);
    }
}
