using System.Linq;
using System.Text;
using CitrixOps.Investigation;
using CsCheck;
using Xunit;

namespace CitrixOps.Tests.Investigation;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("\u001b[31mred", "\\x1b[31mred")]
    [InlineData("a\u009b1mb", "a\\x9b1mb")]
    [InlineData("a\tb", "a b")]
    [InlineData("a\r\nb", "a\\x0d\\x0ab")]
    [InlineData("nul\0", "nul\\x00")]
    public void Control_characters_become_visible(string text, string expected) =>
        Assert.Equal(expected, SafeText.FromText(text));

    [Fact]
    public void A_bidirectional_override_becomes_visible() =>
        Assert.Equal("cod\\u202egpj.exe", SafeText.FromText("cod\u202egpj.exe"));

    [Fact]
    public void Valid_utf8_is_shown_as_text() =>
        Assert.Equal("gebruiker é", SafeText.FromRecord(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes("gebruiker é"))));

    [Fact]
    public void Bytes_that_are_no_utf8_are_shown_as_escapes() =>
        Assert.Equal("a\\xff\\xfeb", SafeText.FromRecord("a\u00ff\u00feb"));

    [Fact]
    public void A_long_record_is_cut_and_says_so()
    {
        var text = SafeText.FromRecord(new string('a', 5000));

        Assert.Equal(SafeText.ExcerptLength + 1, text.Length);
        Assert.EndsWith("\u2026", text);
    }

    [Fact]
    public void No_record_puts_a_control_character_on_the_screen() =>
        Gen.Byte.Array[0, 600].Sample(bytes =>
            SafeText.FromRecord(Encoding.Latin1.GetString(bytes)).All(c => c >= 0x20 && c != 0x7f && (c < 0x80 || c >= 0xa0)));
}
