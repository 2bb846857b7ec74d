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
    public void Without_a_receipt_there_is_nothing_to_take_back()
    {
        using var session = Connected();
        Assert.Equal("NothingToTakeBack", session.Run("Disable-GatewayMitigation $gw CVE-2019-19781 -ReceiptPath $folder").ErrorId);
    }
}
