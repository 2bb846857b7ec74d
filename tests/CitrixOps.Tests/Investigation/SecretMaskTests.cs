using CitrixOps.Investigation;
using Xunit;

namespace CitrixOps.Tests.Investigation;

public sealed class SecretMaskTests
{
    [Theory]
    [InlineData("POST /cgi/login?login=a&passwd=Geheim1&x=2", "POST /cgi/login?login=a&passwd=***&x=2")]
    [InlineData("set aaa user j -password Geheim1 -encrypted", "set aaa user j -password *** -encrypted")]
    [InlineData("Cookie: NSC_AAAC=abcdef0123; other=1", "Cookie: NSC_AAAC=***; other=1")]
    [InlineData("Authorization: Basic dXNlcjpw\r\nHost: x", "Authorization: ***\r\nHost: x")]
    [InlineData("curl 'http://h/?token=abc'", "curl 'http://h/?token=***'")]
    [InlineData("Command \"add system user x Geheim1 -timeout 900\"", "Command \"add system user x *** -timeout 900\"")]
    [InlineData("set authentication ldapAction a -ldapBindDnPassword Geheim1 -x y", "set authentication ldapAction a -ldapBindDnPassword *** -x y")]
    [InlineData("curl ftp://u:Geheim1@h/x", "curl ftp://u:***@h/x")]
    [InlineData("Authorization=Bearer abc.def", "Authorization=Bearer ***")]
    public void A_secret_is_masked_and_the_rest_kept(string text, string expected) =>
        Assert.Equal(expected, SecretMask.Apply(text));

    [Theory]
    [InlineData("GET /vpn/index.html HTTP/1.1")]
    [InlineData("password=")]
    [InlineData("")]
    public void Text_without_a_secret_is_untouched(string text) => Assert.Same(text, SecretMask.Apply(text));

    [Fact]
    public void A_secret_is_shown_on_request() => Assert.Equal("pwd=a", SecretMask.Apply("pwd=a", show: true));

    [Theory]
    [InlineData("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    [InlineData("  @SUM(1)", "'  @SUM(1)")]
    [InlineData("-1", "'-1")]
    [InlineData("a=b", "a=b")]
    public void Text_cannot_become_a_formula(string text, string expected) => Assert.Equal(expected, SafeText.Cell(text));

    [Fact]
    public void Every_secret_of_a_line_is_masked() =>
        Assert.Equal("pwd=***&pwd=***", SecretMask.Apply("pwd=a&pwd=b"));
}
