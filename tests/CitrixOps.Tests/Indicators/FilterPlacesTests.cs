using System.Collections.Generic;
using System.Linq;
using System.Text;
using CitrixOps.Indicators;
using CitrixOps.Logs;
using Xunit;

namespace CitrixOps.Tests.Indicators;

/// <summary>The prefilter looks at many bytes at a time: what it looks for is found wherever it stands among them, and only that.</summary>
public sealed class FilterPlacesTests
{
    private static readonly string[] Literals = ["q!", "xq7", "w/cg", "nsepa.deb", "143.198.7.94", "5.83.144.60", "185.136.15.", "vpnplaces", "a%zq", "gs.thc.org"];

    // nine addresses, so that they are looked for as such
    private static readonly string[] MoreAddresses = ["104.21.1.180", "81.94.239.8", "95.133.231.109", "23.27.143.20", "1.1.1.1", "204.8.96.74"];

    private readonly LogMatcher _literals = SigmaText.Read("    - '" + string.Join("'\n    - '", Literals.Concat(MoreAddresses)) + "'").MatcherFor(LogTypes.HttpAccess);
    private readonly LogMatcher _nothing = SigmaText.Read("    cs-uri: 'nowhere-at-all'").MatcherFor(LogTypes.HttpAccess);

    public static IEnumerable<object[]> AllLiterals() => Literals.Concat(MoreAddresses).Select(l => new object[] { l });

    [Theory]
    [MemberData(nameof(AllLiterals))]
    public void A_literal_is_found_at_every_place_and_one_that_differs_is_not(string literal)
    {
        var other = literal[..^1] + (literal[^1] == '.' ? ':' : '~');
        for (var before = 0; before < 150; before++)
        {
            foreach (var after in new[] { 0, 1, 3, 63, 70 })
            {
                Assert.True(IsCandidate(_literals, new string('u', before) + literal + new string('u', after)), $"{before} before, {after} after");
                Assert.True(IsCandidate(_literals, new string('u', before) + literal.ToUpperInvariant() + new string('u', after)), $"{before} before, {after} after, upper case");
                Assert.False(IsCandidate(_literals, new string('u', before) + other + new string('u', after)), $"{before} before, {after} after, another");
            }
        }
    }

    [Theory]
    [InlineData("u//", true)]
    [InlineData("\u00ba//", true)]
    [InlineData("://", false)]
    [InlineData("u/.", true)]
    [InlineData(";u", true)]
    [InlineData("; ", false)]
    [InlineData(";\u00a0", true)]
    [InlineData("\\", true)]
    [InlineData("%2e", true)]
    [InlineData("%2F", true)]
    [InlineData("%41", true)]
    [InlineData("%u002e", true)]
    [InlineData("%c0%ae", true)]
    [InlineData("%E0%80%ae", true)]
    [InlineData("%20", false)]
    [InlineData("%3d", false)]
    [InlineData("%c3%a9", false)]
    [InlineData("\u00e9\u00ba\u00a0", false)]
    public void An_encoded_form_is_found_at_every_place_and_ordinary_text_is_not(string form, bool found)
    {
        for (var before = 0; before < 150; before++)
        {
            foreach (var after in new[] { 1, 3, 63, 70 })
            {
                Assert.True(found == IsCandidate(_nothing, new string('u', before) + form + new string('u', after)), $"{before} before, {after} after");
            }
        }
    }

    [Fact]
    public void In_a_block_the_place_lies_in_the_line_that_has_it()
    {
        for (var length = 0; length < 140; length++)
        {
            var first = new string('u', length);
            foreach (var form in new[] { "//u", "\\", "%2e", "gs.thc.org", "5.83.144.60", "q!" })
            {
                var block = Encoding.Latin1.GetBytes(first + "\n" + form + "\nhttps://uu; u\n" + form);
                var lines = _literals.Candidates(block);
                var place = lines.Next(0);
                Assert.InRange(place, length + 1, length + 1 + form.Length);
                place = lines.Next(length + 1 + form.Length + 1);
                Assert.InRange(place, block.Length - form.Length, block.Length - 1);
            }
        }
    }

    [Theory]
    [InlineData("200 40412", false)]
    [InlineData("404 40412", true)]
    [InlineData("404", true)]
    public void A_status_is_no_part_of_a_size(string answer, bool found)
    {
        var matcher = SigmaText.Read("    sc-status: 404").MatcherFor(LogTypes.HttpAccess);

        Assert.Equal(found, IsCandidate(matcher, "198.18.0.1 - - [01/Jun/2023:00:00:03 +0100] \"GET / HTTP/1.1\" " + answer));
    }

    private static bool IsCandidate(LogMatcher matcher, string line) => matcher.IsCandidate(Encoding.Latin1.GetBytes(line));
}
