using System;
using System.Linq;
using System.Management.Automation;
using CitrixOps.Appliances.Live;
using CitrixOps.Simulator.Faults;
using Xunit;

namespace CitrixOps.PowerShell.Tests.Commands;

public sealed class ConnectGatewayCommandTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    [Fact]
    public void One_node_of_a_pair_makes_one_gateway_with_both()
    {
        using var session = gateway.Connected();

        var connected = session.Run("$gw").Of<Gateway>().Single();

        Assert.Equal("Pair", connected.Ha);
        Assert.Equal(2, connected.Nodes.Count);
        Assert.Equal("Primary", connected.Nodes[0].Role);
        Assert.True(connected.IsConnected);
    }

    [Fact]
    public void Both_nodes_given_make_one_gateway()
    {
        using var session = gateway.Session();

        var result = session.Run("Connect-Gateway $addresses $credential -ServerCertificateSha256 $pins -OutVariable gw");
        session.AtEnd("Disconnect-Gateway $gw");

        Assert.Empty(result.Errors);
        Assert.Equal(2, result.Of<Gateway>().Single().Nodes.Count);
    }

    [Fact]
    public void WhatIf_does_not_log_in()
    {
        using var session = gateway.Session();
        var before = gateway.Host.Nodes[0].Counters.Requests;

        Assert.Empty(session.Run("Connect-Gateway @connect -WhatIf").Output);
        Assert.Equal(before, gateway.Host.Nodes[0].Counters.Requests);
    }

    [Fact]
    public void Ctrl_C_while_connecting_leaves_no_session()
    {
        using var session = gateway.Session();
        gateway.Host.Nodes[1].Faults.Add(new Fault { Kind = FaultKind.Slow, Delay = TimeSpan.FromSeconds(30), Type = "nsconfig" });

        session.Stopped("Connect-Gateway @connect", () => gateway.Host.Nodes.All(n => n.OpenSessions == 1));

        Assert.Equal([0, 0], gateway.Host.Nodes.Select(n => n.OpenSessions));
    }

    [Theory]
    [InlineData("$connect.ComputerName = 'http://gw1'", "PlainHttpRefused")]
    [InlineData("$connect.ComputerName = 'gw 1'", "AddressNotRecognised")]
    [InlineData("$connect.ComputerName = '127.0.0.1:9'", "NotConnected")]
    [InlineData("$connect.ServerCertificateSha256 = 'abc'", "FingerprintNotRecognised")]
    [InlineData("$connect.ServerCertificateSha256 = 'aa' * 32", "CertificateNotTrusted")]
    [InlineData("$connect.Partition = 'Nergens'", "ObjectNotFound")]
    [InlineData("$connect.Credential = [pscredential]::new('nsroot', [Net.NetworkCredential]::new('', 'wrong').SecurePassword)", "LoginFailed")]
    public void What_cannot_work_is_said(string change, string id)
    {
        using var session = gateway.Session();

        var result = session.Run(change + "; Connect-Gateway @connect");

        Assert.Empty(result.Output);
        Assert.Equal(id, result.ErrorId);
        Assert.NotEmpty(result.Errors[0].ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void A_full_appliance_is_waited_for_and_the_user_told()
    {
        using var session = gateway.Session();
        gateway.Host.Nodes[0].Faults.Add(new Fault { Kind = FaultKind.ErrorCode, Code = 446, Type = "login" });

        var result = session.Run("$gw = Connect-Gateway @connect; $gw.Name; $gw | Disconnect-Gateway");

        Assert.Empty(result.Errors);
        Assert.Contains("no session free", result.Warnings.Single());
    }

    [Fact]
    public void Secrets_are_in_no_output()
    {
        using var session = gateway.Connected();

        var result = session.Run("$gw | Get-Gateway -Verbose; $e = Get-Gateway 127.0.0.1:9 -Credential $credential -Verbose");
        var text = string.Join('\n', result.Output.Concat<object>(result.Errors).Select(o => o + PSSerializer.Serialize(o, 6))) + string.Join('\n', result.Verbose) + string.Join('\n', result.Errors.Select(e => e.Exception.ToString())) + session.Rendered("$gw");

        Assert.Contains("gw-raadhuis-1", text);
        Assert.DoesNotContain(gateway.Host.Password, text);
        Assert.DoesNotContain("NITRO_AUTH", text);
        Assert.DoesNotContain("##", text);
    }

    [Fact]
    public void A_record_of_a_session_is_no_session()
    {
        using var session = gateway.Connected();

        var result = session.Run("$kept = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($gw, 3)); $kept.Name; Get-Gateway -Session $kept");

        Assert.Equal("gw-raadhuis-1", result.Of<string>().Single());
        Assert.Single(result.Errors);
    }

    [Fact]
    public void A_session_that_was_disconnected_says_so()
    {
        using var session = gateway.Connected();

        Assert.Equal("SessionClosed", session.Run("Disconnect-Gateway $gw; Get-Gateway $gw").ErrorId);
    }
}
