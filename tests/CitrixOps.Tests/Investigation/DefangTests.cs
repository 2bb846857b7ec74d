using CitrixOps.Investigation;
using Xunit;

namespace CitrixOps.Tests.Investigation;

public sealed class DefangTests
{
    [Theory]
    [InlineData("GET http://a.example:80/x.php?y=1 HTTP/1.1", "GET hxxp://a[.]example:80/x.php?y=1 HTTP/1.1")]
    [InlineData("curl https://192.0.2.1/a.b", "curl hxxps://192[.]0[.]2[.]1/a.b")]
    [InlineData("from 192.0.2.1:443 (2001:db8::1)", "from 192[.]0[.]2[.]1:443 (2001[:]db8[:][:]1)")]
    [InlineData("12.1-55.18 at 03:14:07 in /a/b.c", "12.1-55.18 at 03:14:07 in /a/b.c")]
    public void Addresses_are_written_so_that_nothing_opens_them(string text, string expected)
    {
        Assert.Equal(expected, Defang.Text(text));
        Assert.Equal(expected, Defang.Text(expected));
    }
}
