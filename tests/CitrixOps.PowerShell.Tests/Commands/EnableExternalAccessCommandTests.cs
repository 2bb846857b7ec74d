using System;
using System.IO;
using System.Linq;
using CitrixOps.Access.Receipts;
using Xunit;

namespace CitrixOps.PowerShell.Tests.Commands;

public sealed class EnableExternalAccessCommandTests : IClassFixture<GatewayFixture>
{
    private readonly GatewayFixture _fixture;

    public EnableExternalAccessCommandTests(GatewayFixture fixture) => _fixture = fixture;

    [Fact]
    public void A_path_and_a_new_session_are_enough()
    {
        using var session = _fixture.Connected();
        session.Set("receipts", session.Folder);
        var before = _fixture.Host.Nodes.Select(n => n.RunningConfiguration).ToArray();
        session.Run("$path = (Disable-ExternalAccess $gw -Method VirtualServer -ReceiptPath $receipts -Confirm:$false).Path");
        var whatIf = session.Run("Enable-ExternalAccess $gw -Receipt $path -WhatIf");
        var opened = session.Run("Enable-ExternalAccess @connect -Receipt $path -Reason 'investigated' -Confirm:$false");

        Assert.Contains("Undo: Disable", whatIf.Rendered, StringComparison.Ordinal);
        Assert.Empty(opened.Errors);
        var receipt = Assert.Single(opened.Of<AccessReceipt>());
        Assert.Equal((AccessStatus.Reopened, "investigated", "no conditions: agreed"), (receipt.Status, receipt.ReopenReason, receipt.ReopenGate));
        Assert.Equal(before, _fixture.Host.Nodes.Select(n => n.RunningConfiguration));
        Assert.Equal(AccessStatus.Reopened, Assert.Single(session.Run("Enable-ExternalAccess $gw -Receipt $path -Confirm:$false").Of<AccessReceipt>()).Status);
    }

    [Fact]
    public void A_receipt_that_was_edited_or_is_none_is_refused()
    {
        using var session = _fixture.Connected();
        session.Set("receipts", session.Folder);
        session.Run("$path = (Disable-ExternalAccess $gw -Method VirtualServer -ReceiptPath $receipts -Confirm:$false).Path");
        var path = Directory.GetFiles(session.Folder, "*.json").Single(f => !f.EndsWith("-sessions.json", StringComparison.Ordinal));
        var text = File.ReadAllText(path);
        File.WriteAllText(path, text.Replace("gw_raadhuis", "gw_old", StringComparison.Ordinal));
        var edited = session.Run("Enable-ExternalAccess $gw -Receipt $path -Confirm:$false");
        File.WriteAllText(path, text);
        session.Run("Enable-ExternalAccess $gw -Receipt $path -Confirm:$false");

        Assert.StartsWith("ReceiptChanged", Assert.Single(edited.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith("ReceiptNotFound", Assert.Single(session.Run("Enable-ExternalAccess $gw -Receipt ./none.json -Confirm:$false").Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }
}
