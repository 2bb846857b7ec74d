using CitrixOps.Advisories;
using CsCheck;
using Xunit;

namespace CitrixOps.Tests.Advisories;

public sealed class VersionParserTests
{
    [Theory]
    [InlineData("NetScaler NS13.0: Build 79.1002.nc, Date: Jul  7 2021, 10:31:36   (64-bit)", "13.0-79.1002")]
    [InlineData("NetScaler NS12.1: Build 63.22.nc, Date: Oct 13 2021, 01:18:50", "12.1-63.22")]
    [InlineData("Netscaler NS13.1: Build 17.42.nc", "13.1-17.42")]
    [InlineData("NetScaler NS14.1: Build 4.3401.a.nc", "14.1-4.3401")]
    [InlineData("NS13.1 Build 61.23.nc", "13.1-61.23")]
    [InlineData("#NS12.1 Build 51.19", "12.1-51.19")]
    [InlineData("kernel=\"/ns-13.1-30.52\"", "13.1-30.52")]
    [InlineData("/flash/ns-12.1-55.18.gz", "12.1-55.18")]
    [InlineData("NetScaler 13.1 build 30.52", "13.1-30.52")]
    [InlineData("build-14.1-47.46_nc_64.tgz", "14.1-47.46")]
    [InlineData("build_zion_47_46_nc_64.tar", "14.1-47.46")]
    [InlineData("build_mana_92_31_nc_64.tar", "13.0-92.31")]
    [InlineData("NSVPX-ESX-11.0-69.12_nc.zip", "11.0-69.12")]
    [InlineData("citrix-adc-vpx-fips-byol-12-1-55-330.qcow2", "12.1-55.330")]
    [InlineData("10.5.e Build 56.1505.e", "10.5-56.1505")]
    [InlineData("13.1.37.279", "13.1-37.279")]
    [InlineData("14.1-73.37 FIPS", "14.1-73.37")]
    [InlineData("12.1-64.17\u202f ", "12.1-64.17")]
    [InlineData("13.1\u00a0-\u00a045.61 ", "13.1-45.61")]
    [InlineData("cpe:2.3:a:citrix:netscaler_gateway:13.1-59.22:*:*:*:*:*:*:*", "13.1-59.22")]
    [InlineData("192.168.13.1 NetScaler NS14.1: Build 47.46.nc", "14.1-47.46")]
    [InlineData("10.1.20.30 NS13.1: Build 59.22.nc", "13.1-59.22")]
    [InlineData("10.0.0.5: NS13.1 Build 59.22", "13.1-59.22")]
    [InlineData("13.1-FIPS and 13.1-NDcPP 37.241", "13.1-37.241")]
    [InlineData("NetScaler ADC 13.1-FIPS before 37.241", "13.1-37.241")]
    [InlineData("13.1 FIPS build 37.241", "13.1-37.241")]
    [InlineData("14.1\u200b-\u200b47.46", "14.1-47.46")]
    [InlineData("NS11.1: Build 65.22.cl", "11.1-65.22")]
    [InlineData("cpe:2.3:a:citrix:netscaler_application_delivery_controller:12.1-55.302:*:*:*:ndcpp:*:*:*", "12.1-55.302")]
    [InlineData("cpe:/a:citrix:netscaler_gateway:13.1-59.22", "13.1-59.22")]
    [InlineData("ns-13.1-59.22_nc_64.gz", "13.1-59.22")]
    [InlineData("13.1-13.1", "13.1-13.1")]
    public void Every_notation_is_read(string text, string expected)
    {
        Assert.True(VersionParser.TryParse(text, out var version, out var reason), reason);
        Assert.Equal(expected, version!.ToString());
    }

    [Theory]
    [InlineData("72.61", "no branch")]
    [InlineData("NetScaler 13.1", "no build")]
    [InlineData("hello", "no branch and build")]
    [InlineData("", "empty")]
    [InlineData("99.99-1.2", "")]
    [InlineData("192.168.13.1", "")]
    [InlineData("gw 10.0.0.5", "no build")]
    [InlineData("13.1 on 24.01", "no build")]
    public void What_is_no_version_is_refused_with_a_reason(string text, string reason)
    {
        Assert.False(VersionParser.TryParse(text, out _, out var why));
        Assert.Contains(reason, why);
    }

    [Theory]
    [InlineData("12.1-55.24", GatewayEdition.Regular)]
    [InlineData("12.1-55.328", GatewayEdition.FipsOrNdcpp)]
    [InlineData("13.1-37.38", GatewayEdition.Regular)]
    [InlineData("13.1-37.241", GatewayEdition.FipsOrNdcpp)]
    [InlineData("13.1-37.241 FIPS", GatewayEdition.Fips)]
    [InlineData("13.1-37.279 and NDcPP", GatewayEdition.Ndcpp)]
    [InlineData("13.0-92.31", GatewayEdition.Regular)]
    [InlineData("14.1-47.46", GatewayEdition.Unknown)]
    [InlineData("13.1-FIPS and 13.1-NDcPP 37.241", GatewayEdition.FipsOrNdcpp)]
    [InlineData("cpe:2.3:a:citrix:netscaler_application_delivery_controller:14.1-47.46:*:*:*:-:*:*:*", GatewayEdition.Regular)]
    [InlineData("cpe:2.3:a:citrix:netscaler_application_delivery_controller:13.1-37.176:*:*:*:fips:*:*:*", GatewayEdition.Fips)]
    public void The_edition_goes_by_number_and_words(string text, GatewayEdition expected)
    {
        Assert.True(VersionParser.TryParse(text, out var version, out _));
        Assert.Equal(expected, version!.Edition);
    }

    [Fact]
    public void Builds_are_ordered_as_integers_and_read_back()
    {
        var build = Gen.Select(Gen.Int[1, 99], Gen.Int[1, 999]);
        Gen.Select(build, build).Sample((a, b) =>
        {
            var (x, y) = (new GatewayVersion("13.1", a.Item1, a.Item2), new GatewayVersion("13.1", b.Item1, b.Item2));
            Assert.Equal(a.CompareTo(b) < 0, x < y);
            Assert.Equal(x < y, y > x);
            Assert.True(VersionParser.TryParse(x.ToString(), out var read, out _));
            Assert.Equal(x, read);
        });
    }

    [Fact]
    public void The_order_is_total_and_agrees_with_equality()
    {
        var version = Gen.Select(Any("12.1", "13.0", "13.1", "14.1"), Gen.Int[1, 60], Gen.Int[1, 400], Gen.Enum<GatewayEdition>()).Select((b, t, n, e) => new GatewayVersion(b, t, n, e));
        Gen.Select(version, version, version).Sample((a, b, c) =>
        {
            Assert.Equal(System.Math.Sign(a.CompareTo(b)), -System.Math.Sign(b.CompareTo(a)));
            Assert.Equal(a.CompareTo(b) == 0, a == b);
            Assert.True(a != b || a.GetHashCode() == b.GetHashCode());
            Assert.False(a <= b && b <= c && a > c);
        });
    }

    [Fact]
    public void Every_notation_of_a_build_is_the_same_build()
    {
        string[] notations = ["{0}-{1}.{2}", "NS{0}: Build {1}.{2}.nc", "#NS{0} Build {1}.{2}", "kernel=\"/ns-{0}-{1}.{2}\"", "build-{0}-{1}.{2}_nc_64.tgz", "{0}.{1}.{2}", " {0} \u202f{1}.{2} ", "198.51.100.7 NetScaler NS{0}: Build {1}.{2}.e, Date: Jul  7 2021, 10:31:36", "cpe:2.3:a:citrix:netscaler_gateway:{0}-{1}.{2}:*:*:*:*:*:*:*"];
        Gen.Select(Any("10.5", "11.1", "12.0", "12.1", "13.0", "13.1", "14.1"), Gen.Int[1, 99], Gen.Int[1, 999], Any(notations)).Sample((branch, train, number, notation) =>
        {
            Assert.True(VersionParser.TryParse(string.Format(System.Globalization.CultureInfo.InvariantCulture, notation, branch, train, number), out var read, out var reason), reason);
            Assert.Equal(new GatewayVersion(branch, train, number), read);
        });
    }

    [Fact]
    public void No_text_makes_it_fail() => Gen.String.Sample(text => VersionParser.TryParse(text, out _, out _) || true);

    private static Gen<string> Any(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
