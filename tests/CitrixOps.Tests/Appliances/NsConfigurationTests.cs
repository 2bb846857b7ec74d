using System.IO;
using System.Linq;
using CitrixOps.Appliances.Configuration;
using Xunit;

namespace CitrixOps.Tests.Appliances;

public sealed class NsConfigurationTests
{
    [Fact]
    public void Quoted_names_and_escapes_are_one_word()
    {
        var statement = Parse("add lb vserver \"intranet \\\"raad\\\" 1\" SSL 10.0.0.1 443 -comment \"-dtls OFF\"").Statements.Single();

        Assert.Equal("lb vserver", statement.Type);
        Assert.Equal("intranet \"raad\" 1", statement.Name);
        Assert.Equal(["SSL", "10.0.0.1", "443"], statement.Arguments);
        Assert.Equal("-dtls OFF", statement.Options["-COMMENT"]);
        Assert.DoesNotContain("-dtls", statement.Options.Keys);
    }

    [Fact]
    public void Later_statements_change_and_remove_objects()
    {
        var objects = Parse("add vpn vserver a SSL 1.1.1.1 443\nset vpn vserver a -dtls OFF\nadd vpn vserver b SSL 1.1.1.2 443 -state DISABLED\nadd vpn vserver c SSL 1.1.1.3 443\nrm vpn vserver c\nunset vpn vserver a -dtls\n").Objects;

        Assert.Equal(["a", "b"], objects.Select(o => o.Name));
        Assert.Empty(objects[0].Options);
        Assert.True(objects[1].IsDisabled);
    }

    [Fact]
    public void Facts_of_the_appliance_are_read()
    {
        var configuration = Parse("#NS13.1 Build 59.22\nset ns config -IPAddress 192.0.2.10 -netmask 255.255.255.0\nadd HA node 1 192.0.2.11\nset ns hostName gw1\nset ns param -timezone \"GMT+01:00-CET-Europe/Amsterdam\"\n");

        Assert.Equal("NS13.1 Build 59.22", configuration.Head);
        Assert.Equal("192.0.2.10", configuration.Nsip);
        Assert.Equal("192.0.2.11", configuration.PeerAddress);
        Assert.Equal("gw1", configuration.HostName);
        Assert.Equal("Europe/Amsterdam", configuration.TimeZone);
    }

    [Fact]
    public void A_secret_is_not_kept()
    {
        var statement = Parse("add authentication ldapAction l -serverIP 10.0.0.5 -ldapBindDnPassword 8a2f01 -encrypted -encryptmethod ENCMTHD_3").Statements.Single();

        Assert.DoesNotContain("8a2f01", statement.Options.Values);
        Assert.DoesNotContain("8a2f01", statement.ToString());
    }

    [Fact]
    public void A_console_capture_with_prompt_and_crlf_is_read()
    {
        var configuration = Parse("> show runningConfig\r\n# comment\r\n#NS12.1 Build 55.18\r\n> add vpn vserver a SSL 1.1.1.1 443\r\n Done\r\n");

        Assert.Equal("NS12.1 Build 55.18", configuration.Head);
        Assert.Equal("vpn vserver", configuration.Statements.Single().Type);
    }

    [Fact]
    public void Statements_belong_to_their_partition()
    {
        var configuration = Parse("set ns hostName a\nswitch ns partition p1\nadd lb vserver x HTTP 1.1.1.1 80\n");

        Assert.Equal(["default", "p1"], configuration.Partitions);
    }

    [Theory]
    [InlineData("#NS13.1 Build 59.22\n", true)]
    [InlineData("add lb vserver a HTTP 1.1.1.1 80\nset ns hostName x\nbind lb vserver a s\n", true)]
    [InlineData("192.0.2.1 - - [12/Jan/2020:03:14:07 +0100] \"GET / HTTP/1.1\" 200 1\n", false)]
    [InlineData("add some words to this text\n", false)]
    public void A_configuration_is_told_by_its_first_lines(string head, bool expected) => Assert.Equal(expected, NsConfiguration.LooksLike(head));

    private static NsConfiguration Parse(string text) => NsConfiguration.Parse(new StringReader(text));
}
