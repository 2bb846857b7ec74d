using System.Linq;
using CitrixOps.Advisories;
using Xunit;

namespace CitrixOps.Tests.Advisories;

/// <summary>Mistakes that other tools were seen to make, one test each. The two about looking from outside are with the command's tests.</summary>
public sealed class OtherToolsTests
{
    [Theory]
    [InlineData("13.1-37.241", "CVE-2025-7775")]
    [InlineData("12.1-55.328", "CVE-2025-5777")]
    public void Mistake_1_a_fixed_validated_build_is_not_called_vulnerable_by_the_number_of_the_ordinary_branch(string version, string cve) =>
        Assert.Equal(Verdict.Fixed, Shipped.Verdict(version, cve));

    [Theory]
    [InlineData("12.1-55.13")]
    [InlineData("12.1-55.18")]
    [InlineData("12.1-55.24")]
    public void Mistake_2_an_ordinary_build_of_train_55_is_not_taken_for_a_validated_one(string version)
    {
        var level = Shipped.Level(version);

        Assert.Equal((GatewayEdition.Regular, PatchStatus.EndOfLifeVulnerable), (level.Edition, level.Status));
        Assert.Equal(Verdict.AffectedNoFixInBranch, level.Vulnerabilities.Single(v => v.Cve == "CVE-2025-6543").Verdict);
    }

    [Theory]
    [InlineData("14.1-70.11", PatchStatus.Vulnerable)]
    [InlineData("13.1-58.99", PatchStatus.Vulnerable)]
    [InlineData("14.1-99.1", PatchStatus.NewerThanCatalogue)]
    public void Mistake_3_a_build_that_no_table_lists_is_placed_by_its_order(string version, PatchStatus expected) =>
        Assert.Equal(expected, Shipped.Level(version).Status);

    [Theory]
    [InlineData("CVE-2025-5777", "14.1-29.72", "14.1-43.56")]
    [InlineData("CVE-2025-5777", "13.1-55.18", "13.1-58.32")]
    [InlineData("CVE-2025-5777", "13.1-37.211", "13.1-37.235")]
    [InlineData("CVE-2025-6543", "14.1-38.32", "14.1-47.46")]
    [InlineData("CVE-2025-6543", "13.1-55.27", "13.1-59.19")]
    [InlineData("CVE-2025-6543", "13.1-37.220", "13.1-37.236")]
    [InlineData("CVE-2025-7775", "13.1-55.34", "13.1-59.22")]
    [InlineData("CVE-2024-5491", "13.1-51.15", "13.1-53.17")]
    [InlineData("CVE-2025-12101", "14.1-56.72", "14.1-56.73")]
    public void Mistake_4_the_fixed_build_is_the_bulletins(string cve, string wrong, string right)
    {
        Assert.Equal(Verdict.Affected, Shipped.Verdict(wrong, cve));
        Assert.Equal(Verdict.Fixed, Shipped.Verdict(right, cve));
        Assert.Equal(right, Shipped.Level(wrong).Vulnerabilities.Single(v => v.Cve == cve).FixedBuild);
    }

    [Theory]
    [InlineData("CTX686543")]
    [InlineData("CTX689025")]
    [InlineData("CTX691702")]
    [InlineData("CTX677888")]
    [InlineData("CTX694844")]
    public void Mistake_4_numbers_of_bulletins_that_do_not_exist_are_not_in_the_catalogue(string id) =>
        Assert.DoesNotContain(Shipped.Catalogue.Advisories, a => a.Id == id);

    [Theory]
    [InlineData("14.1-73.32", "CVE-2026-19490", Verdict.Fixed)]
    [InlineData("13.1-63.21", "CVE-2026-19490", Verdict.Fixed)]
    [InlineData("13.0-92.13", "CVE-2024-5492", Verdict.Affected)]
    [InlineData("13.1-33.41", "CVE-2022-27510", Verdict.Affected)]
    [InlineData("13.1-37.176", "CVE-2023-6549", Verdict.Fixed)]
    [InlineData("12.1-55.18", "CVE-2019-19781", Verdict.Fixed)]
    public void Mistake_5_bounds_of_records_are_not_taken_at_their_word(string version, string cve, Verdict expected) =>
        Assert.Equal(expected, Shipped.Verdict(version, cve));

    [Theory]
    [InlineData("NetScaler NS14.1: Build 4.3401.a.nc", 4, 3401)]
    [InlineData("NetScaler NS13.0: Build 79.1002.nc", 79, 1002)]
    [InlineData("NetScaler NS13.1: Build 9.60.nc", 9, 60)]
    public void Mistake_8_letters_and_long_numbers_do_not_break_the_version(string text, int train, int number)
    {
        Assert.True(VersionParser.TryParse(text, out var version, out var reason), reason);
        Assert.Equal((train, number), (version!.Train, version.Number));
    }

    [Fact]
    public void Mistake_8_numbers_are_compared_as_numbers()
    {
        Assert.True(new GatewayVersion("13.1", 9, 60) < new GatewayVersion("13.1", 49, 13));
        Assert.True(new GatewayVersion("13.1", 59, 9) < new GatewayVersion("13.1", 59, 22));
        Assert.Equal(Verdict.Affected, Shipped.Verdict("13.1-9.60", "CVE-2023-4966"));
    }
}
