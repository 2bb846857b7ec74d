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
    public void A_secret_is_masked_and_the_rest_kept(string text, string expected) =>
        Assert.Equal(expected, SecretMask.Apply(text));

    [Theory]
    [InlineData("GET /vpn/index.html HTTP/1.1")]
    [InlineData("password=")]
    [InlineData("")]
    public void Text_without_a_secret_is_untouched(string text) => Assert.Same(text, SecretMask.Apply(text));

    [Fact]
    public void Every_secret_of_a_line_is_masked() =>
        Assert.Equal("pwd=***&pwd=***", SecretMask.Apply("pwd=a&pwd=b"));
}
