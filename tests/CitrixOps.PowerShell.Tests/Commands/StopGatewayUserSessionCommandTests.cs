using System.IO;
using System.Linq;
using CitrixOps.Access.Sessions;
using CitrixOps.Simulator.Faults;
using Xunit;

namespace CitrixOps.PowerShell.Tests.Commands;

public sealed class StopGatewayUserSessionCommandTests : GatewayFixture
{
    [Fact]
    public void Sessions_are_written_down_ended_and_looked_for()
    {
        using var session = Connected();

        var result = session.Run("$gw | Stop-GatewayUserSession -ReceiptPath $folder -Confirm:$false");

        Assert.Empty(result.Errors);
        var stop = result.Of<UserSessionStop>().Single();
        Assert.True(stop.Verified);
        Assert.True(stop.Found > 0 && stop.Found == stop.Ended);
        Assert.Contains("abakker1", File.ReadAllText(stop.Evidence));
        Assert.DoesNotContain(Host.Password, File.ReadAllText(stop.Evidence));
    }

    [Fact]
    public void Only_what_is_meant_is_ended()
    {
        using var session = Connected();

        var stop = session.Run("Stop-GatewayUserSession $gw abakker* -Type Aaa -ReceiptPath $folder -Confirm:$false").Of<UserSessionStop>().Single();

        Assert.Equal((12, 12, 0), (stop.Ended, stop.Aaa, stop.Ica));
        Assert.Equal(0, Host.Nodes[0].Counters.Of("POST rdpconnections?action=kill"));
    }

    [Fact]
    public void After_an_update_persistence_is_cleared_too_and_the_record_has_it()
    {
        using var session = Connected();

        var stop = session.Run("Stop-GatewayUserSession $gw -ClearPersistence -ReceiptPath $folder -Confirm:$false").Of<UserSessionStop>().Single();

        Assert.Equal(3, stop.PersistenceCleared);
        Assert.Equal(0, Host.Nodes.Sum(n => n.UserSessions));
        Assert.Contains("lb_storefront", File.ReadAllText(stop.Evidence));
        Assert.All(stop.Sessions, s => Assert.NotEmpty(s.SourceAddress));
    }

    [Fact]
    public void WhatIf_ends_and_writes_nothing()
    {
        using var session = Connected();

        var result = session.Run("Stop-GatewayUserSession $gw -ReceiptPath $folder -WhatIf");

        Assert.Empty(result.Output);
        Assert.Contains("12 Aaa", result.Rendered);
        Assert.Empty(Directory.GetFiles(session.Folder));
        Assert.Equal(0, Host.Nodes[0].Counters.Of("POST aaasession?action=kill"));
    }

    [Fact]
    public void What_stays_is_an_error_and_in_the_row()
    {
        using var session = Connected();
        Host.Nodes[0].Faults.Add(new Fault { Kind = FaultKind.ErrorCode, Code = 257, Type = "rdpconnections", Action = "kill", Times = 0 });

        var result = session.Run("Stop-GatewayUserSession $gw -Type Rdp -ReceiptPath $folder -Confirm:$false");

        Assert.Contains(result.Errors, e => e.FullyQualifiedErrorId.StartsWith("SessionsRemain", System.StringComparison.Ordinal));
        Assert.Equal(2, result.Of<UserSessionStop>().Single().Remaining);
    }
}
