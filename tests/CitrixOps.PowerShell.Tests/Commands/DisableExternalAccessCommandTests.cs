using System;
using System.IO;
using System.Linq;
using CitrixOps.Access.Receipts;
using Xunit;

namespace CitrixOps.PowerShell.Tests.Commands;

public sealed class DisableExternalAccessCommandTests : IClassFixture<GatewayFixture>
{
    private readonly GatewayFixture _fixture;

    public DisableExternalAccessCommandTests(GatewayFixture fixture) => _fixture = fixture;

    [Fact]
    public void WhatIf_shows_the_real_plan_and_changes_nothing()
    {
        using var session = _fixture.Connected();
        session.Set("receipts", session.Folder);
        var before = _fixture.Host.Nodes[0].RunningConfiguration;
        var result = session.Run("Disable-ExternalAccess $gw -AllowNetwork 10.0.0.0/8 -Method Acl -Save -Force -ReceiptPath $receipts -WhatIf");

        var receipt = Assert.Single(result.Of<AccessReceipt>());
        Assert.Equal(AccessStatus.Planned, receipt.Status);
        Assert.Contains("deny everybody but 10.0.0.0/8", result.Rendered, StringComparison.Ordinal);
        Assert.Contains("203.0.113.10", result.Rendered, StringComparison.Ordinal);
        Assert.Contains("End users' sessions", result.Rendered, StringComparison.Ordinal);
        Assert.Contains("Save the configuration", result.Rendered, StringComparison.Ordinal);
        Assert.Equal(before, _fixture.Host.Nodes[0].RunningConfiguration);
        Assert.Empty(Directory.GetFiles(session.Folder, "*.json"));
    }

    [Fact]
    public void It_closes_writes_a_receipt_and_is_opened_again_by_it()
    {
        using var session = _fixture.Connected();
        session.Set("receipts", session.Folder);
        var before = _fixture.Host.Nodes.Select(n => n.RunningConfiguration).ToArray();
        var closed = session.Run("$closed = Disable-ExternalAccess $gw -AllowNetwork 10.0.0.0/8 -ReceiptPath $receipts -Reason advice -Confirm:$false; $closed");
        try
        {
            var receipt = Assert.Single(closed.Of<AccessReceipt>());
            Assert.Empty(closed.Errors);
            Assert.Equal((AccessStatus.Closed, ""), (receipt.Status, receipt.Problem));
            Assert.True(File.Exists(receipt.Path));
            Assert.True(File.Exists(Path.Combine(session.Folder, receipt.SessionsFile)));
            Assert.Contains(closed.Warnings, w => w.Contains("restart", StringComparison.Ordinal));
            Assert.Contains(closed.Warnings, w => w.Contains("preserved", StringComparison.Ordinal));
            Assert.NotEqual(CitrixOps.Simulator.Traffic.Outcome.Answered, _fixture.Host.Ask(_fixture.Host.Outside, "203.0.113.10").Outcome);
            Assert.Equal(AccessStatus.NothingOpen, Assert.Single(session.Run("Disable-ExternalAccess $gw -AllowNetwork 10.0.0.0/8 -ReceiptPath $receipts -Confirm:$false").Of<AccessReceipt>()).Status);
        }
        finally
        {
            session.Run("Enable-ExternalAccess $gw -Receipt $closed -Confirm:$false");
        }

        Assert.Equal(before, _fixture.Host.Nodes.Select(n => n.RunningConfiguration));
    }

    [Fact]
    public void What_opens_by_itself_is_asked_for_also_without_confirmation()
    {
        using var session = _fixture.Connected();
        session.Set("receipts", session.Folder);
        var before = _fixture.Host.Nodes[0].RunningConfiguration;
        session.Run("try { Disable-ExternalAccess $gw -Method Acl -ExpiresAfter 00:10:00 -ReceiptPath $receipts -Confirm:$false } catch { }");

        Assert.Equal(before, _fixture.Host.Nodes[0].RunningConfiguration);
        Assert.Empty(Directory.GetFiles(session.Folder, "*.json"));
    }

    [Fact]
    public void Sessions_can_be_left_and_a_page_is_answered_with()
    {
        using var session = _fixture.Connected();
        session.Set("receipts", session.Folder);
        var closed = session.Run("$closed = Disable-ExternalAccess $gw -Method Responder -MaintenancePage '<p>Gesloten</p>' -KeepSession -ReceiptPath $receipts -Confirm:$false; $closed");
        var answer = _fixture.Host.Ask(_fixture.Host.Outside, "203.0.113.10");
        session.Run("Enable-ExternalAccess $gw -Receipt $closed -Confirm:$false");

        Assert.Contains(closed.Warnings, w => w.Contains("after TLS and HTTP were parsed", StringComparison.Ordinal));
        Assert.DoesNotContain(Assert.Single(closed.Of<AccessReceipt>()).Steps, s => s.Verb == ChangeVerb.EndSessions);
        Assert.Contains("Gesloten", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-ExpiresAfter 00:10:00", "ExpiryNotPossible")]
    [InlineData("-ExpiresAfter 00:10:00 -Method Acl -Save", "ExpiryNotPossible")]
    [InlineData("-ExpiresAfter 00:00:06 -Method Acl", "ExpiryNotUsable")]
    [InlineData("-MaintenancePage '<p>closed</p>'", "MaintenancePageNotPossible")]
    [InlineData("-MaintenancePage '<p>closed</p>' -Method Acl", "MaintenancePageNotPossible")]
    [InlineData("-MaintenanceVip 203.0.113.99", "MaintenanceVipNotUsable")]
    [InlineData("-AllowNetwork town-hall", "NetworkNotRecognised")]
    public void What_contradicts_itself_is_refused(string arguments, string id)
    {
        using var session = _fixture.Connected();
        Assert.StartsWith(id, Assert.Single(session.Run($"Disable-ExternalAccess $gw {arguments} -Confirm:$false").Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }
}
