using System.IO;
using System.Linq;
using CitrixOps.Mitigations;
using Xunit;

namespace CitrixOps.PowerShell.Tests.Commands;

public sealed class EnableGatewayMitigationCommandTests : GatewayFixture
{
    [Fact]
    public void It_is_made_with_a_receipt_and_a_warning_that_it_is_not_saved()
    {
        using var session = Connected();

        var result = session.Run("$gw | Enable-GatewayMitigation -Id CVE-2019-19781 -ReceiptPath $folder -Reason 'by night'");

        Assert.Empty(result.Errors);
        var state = result.Of<MitigationState>().Single();
        Assert.Equal(3, state.Changed);
        Assert.Contains(result.Warnings, w => w.Contains("not saved"));
        Assert.Contains("by night", File.ReadAllText(state.Receipt));
        Assert.NotEmpty(state.ManualCommand);
    }

    [Fact]
    public void WhatIf_shows_each_command_and_changes_nothing()
    {
        using var session = Connected();

        var result = session.Run("Enable-GatewayMitigation $gw CVE-2019-19781 -ReceiptPath $folder -WhatIf");

        Assert.Contains("bind responder global COPS-CTX267679", result.Rendered);
        Assert.Empty(Directory.GetFiles(session.Folder));
        Assert.False(Host.Nodes[0].HasUnsavedChanges);
    }

    [Fact]
    public void Save_saves()
    {
        using var session = Connected();

        var state = session.Run("Enable-GatewayMitigation $gw CVE-2026-88778 -ReceiptPath $folder -Save").Of<MitigationState>().Single();

        Assert.Equal((MitigationStatus.Applied, true), (state.Status, state.Saved));
        Assert.False(Host.Nodes[0].HasUnsavedChanges);
    }
}
