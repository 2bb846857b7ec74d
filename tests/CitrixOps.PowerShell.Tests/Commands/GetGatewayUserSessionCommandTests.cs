using System.Linq;
using CitrixOps.Access.Sessions;
using CitrixOps.Simulator.Faults;
using Xunit;

namespace CitrixOps.PowerShell.Tests.Commands;

public sealed class GetGatewayUserSessionCommandTests : GatewayFixture
{
    private const string Login = "Nov 24 07:00:00 <local0.info> 192.0.2.10  11/24/2026:06:10:00 GMT gw-1 0-PPE-0 : default SSLVPN LOGIN 1 0 :  Context abakker1@198.51.100.23 - SessionId: 7 - User abakker1 - Client_ip 198.51.100.23 - Nat_ip \"Mapped Ip\" - Vserver 203.0.113.10:443 - Browser_type \"Mozilla/5.0\" - SSLVPN_client_type ICA - Group(s) \"N/A\"";

    [Fact]
    public void All_kinds_are_listed_with_what_the_log_says()
    {
        using var session = Connected();
        Host.Nodes[0].AppendLine("/var/log/ns.log", Login);

        var result = session.Run("$gw | Get-GatewayUserSession");

        Assert.Empty(result.Errors);
        var sessions = result.Of<UserSession>().ToList();
        Assert.Equal(4, sessions.Select(s => s.Kind).Distinct().Count());
        Assert.Equal(new System.DateTime(2026, 11, 24, 6, 10, 0), sessions.Single(s => s.UserName == "abakker1").Since!.Value.UtcDateTime);
        var view = session.Rendered("Get-GatewayUserSession $gw abakker1, hsmit1");
        Assert.Contains("2026-11-24 06:10:00", view);
        Assert.Contains("unknown", view);
        Assert.Equal(0, Host.Nodes.Sum(n => n.Counters.Of("POST aaasession?action=kill")));
    }

    [Fact]
    public void Users_and_kinds_can_be_chosen_and_logs_left_alone()
    {
        using var session = Connected();

        var sessions = session.Run("Get-GatewayUserSession $gw -UserName AB*, hsmit? -Type Aaa, Rdp -SkipLog").Of<UserSession>().ToList();

        Assert.Equal((12, 2), (sessions.Count(s => s.Kind == UserSessionKind.Aaa), sessions.Count(s => s.Kind == UserSessionKind.Rdp)));
        Assert.Equal(0, Host.Nodes[0].Counters.Of("GET systemfile"));
        Assert.All(sessions, s => Assert.Null(s.Since));
    }

    [Fact]
    public void What_cannot_be_listed_is_an_error_beside_the_rest()
    {
        using var session = Connected();
        Host.Nodes[0].Faults.Add(new Fault { Kind = FaultKind.ErrorCode, Code = 257, Type = "aaasession", Method = "GET", Times = 0 });

        var result = session.Run("Get-GatewayUserSession $gw");

        Assert.Equal("NotAuthorised", result.ErrorId);
        Assert.Equal(10, result.Output.Count);
    }
}
