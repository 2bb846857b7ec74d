using System.Linq;
using CitrixOps.Mitigations;
using Xunit;

namespace CitrixOps.PowerShell.Tests.Commands;

public sealed class DisableGatewayMitigationCommandTests : GatewayFixture
{
    [Fact]
    public void What_was_made_is_taken_back_exactly()
    {
        using var session = Connected();
        var before = Host.Nodes[0].RunningConfiguration;
        session.Run("Enable-GatewayMitigation $gw CVE-2019-19781 -ReceiptPath $folder");

        var result = session.Run("Disable-GatewayMitigation $gw CVE-2019-19781 -ReceiptPath $folder");

        Assert.Empty(result.Errors);
        Assert.Equal(3, result.Of<MitigationState>().Single().Changed);
        Assert.Equal(before, Host.Nodes[0].RunningConfiguration);
    }

    [Fact]
    public void What_a_person_did_has_to_be_taken_back_by_a_person()
    {
        using var session = Connected();
        Host.Nodes[0].PutFile("/nsconfig/rc.netscaler", System.Text.Encoding.ASCII.GetBytes("nsapimgr_wr.sh -ys skip_systemaccess_policyeval=0\n"));
        session.Run("Enable-GatewayMitigation $gw CVE-2019-19781 -ReceiptPath $folder");

        var result = session.Run("Disable-GatewayMitigation $gw CVE-2019-19781 -ReceiptPath $folder");

        var warning = Assert.Single(result.Warnings, w => w.Contains("a person has to take this back"));
        Assert.Contains("skip_systemaccess_policyeval=1", warning);
        Assert.Contains(Host.Nodes[0].Address, warning);
        Assert.DoesNotContain(Host.Nodes[1].Address + ",", warning);
    }

    [Fact]
    public void Without_a_receipt_there_is_nothing_to_take_back()
    {
        using var session = Connected();
        Assert.Equal("NothingToTakeBack", session.Run("Disable-GatewayMitigation $gw CVE-2019-19781 -ReceiptPath $folder").ErrorId);
    }
}
