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
        Assert.Contains(result.Warnings, w => w.Contains("a person has to do this") && w.Contains("nsapimgr_wr.sh -ys skip_systemaccess_policyeval=0"));
        Assert.Contains("skip_systemaccess_policyeval=0", File.ReadAllText(state.Receipt));
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
    public void What_a_person_decides_is_set_with_Value()
    {
        using var session = Connected();
        foreach (var node in Host.Nodes)
        {
            node.Put("authenticationsamlaction", new System.Collections.Generic.Dictionary<string, string> { ["name"] = "idp" });
        }

        var state = session.Run("Enable-GatewayMitigation $gw CVE-2020-8300 -Value @{ 'relay-state' = 'AAA.LOGIN.RELAYSTATE.EQ(1)' } -ReceiptPath $folder").Of<MitigationState>().Single();

        Assert.Equal((MitigationStatus.Applied, 1), (state.Status, state.Changed));
        Assert.Contains("AAA.LOGIN.RELAYSTATE.EQ(1)", Host.Nodes[1].RunningConfiguration, System.StringComparison.OrdinalIgnoreCase);
        Assert.Equal("ValueNotUsed", session.Run("Enable-GatewayMitigation $gw CVE-2021-22956 -Value @{ sessions = 20 }").ErrorId);
        Assert.Equal("ValueNotUsable", session.Run("Enable-GatewayMitigation $gw CVE-2021-22956 -Value @{ 'max-sessions' = 0 }").ErrorId);
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
