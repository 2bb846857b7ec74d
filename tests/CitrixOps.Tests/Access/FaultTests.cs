using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CitrixOps.Access;
using CitrixOps.Access.Planning;
using CitrixOps.Access.Receipts;
using CitrixOps.Errors;
using CitrixOps.Simulator.Faults;
using Xunit;

namespace CitrixOps.Tests.Access;

/// <summary>Every fault the simulator has, in the closing and in the reopening: whatever is said, the receipt leads back to the byte.</summary>
public sealed class FaultTests
{
    private static readonly (string Method, string Type, string Action)[] Closings = [("POST", "nsacl", ""), ("POST", "nsacls", "apply")];
    private static readonly (string Method, string Type, string Action)[] Openings = [("DELETE", "nsacl", ""), ("POST", "nsacls", "apply")];

    // silence is what a lost answer is, only slower
    public static IEnumerable<object[]> Faults() => Enum.GetValues<FaultKind>().Where(k => k.ToString() != "Silence").SelectMany(k => Closings.Select((_, i) => new object[] { k, i }));

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_leaves_it_closed_or_says_so_and_always_leads_back(FaultKind kind, int at)
    {
        using var folder = new TemporaryFolder();
        await using var simulated = await SimulatedGateway.Start("topology-ha");
        var host = simulated.Host;
        var before = Closing.Configurations(host);
        var outside = (await Closing.Doors(simulated.Gateway)).Where(d => Closing.Answers(host, host.Outside, d)).ToArray();

        host.Nodes[0].Faults.Add(Fault(kind, Closings[at]));
        AccessReceipt receipt;
        try
        {
            receipt = (await Closing.Close(simulated.Gateway, Closing.Options(IsolationMethod.Acl), folder.Path)).Receipt;
            Assert.Equal((AccessStatus.Closed, ""), (receipt.Status, receipt.Problem));
            Assert.DoesNotContain(outside, d => Closing.Answers(host, host.Outside, d));
        }
        catch (ClosingException e)
        {
            Assert.True(kind is FaultKind.ErrorCode or FaultKind.ChangeCertificate, e.Problem.ToString());
            receipt = e.Receipt;
            Assert.Equal(AccessStatus.Failed, receipt.Status);
            Assert.Contains("Enable-ExternalAccess", e.Problem.Recommendation, StringComparison.Ordinal);
        }

        host.Nodes[0].Faults.Clear();
        host.Nodes[0].Faults.Add(Fault(kind, Openings[at]));
        using var again = await SimulatedGateway.Connect(host);
        AccessReceipt? opened = null;
        try
        {
            opened = await Closing.Open(again, receipt.Path);
        }
        catch (CitrixOpsException)
        {
            host.Nodes[0].Faults.Clear();
            using var last = await SimulatedGateway.Connect(host);
            opened = await Closing.Open(last, receipt.Path);
        }

        Assert.Equal((AccessStatus.Reopened, ""), (opened.Status, opened.Problem));
        Assert.Equal(before, Closing.Configurations(host));
        Assert.All(outside, d => Assert.True(Closing.Answers(host, host.Outside, d)));
    }

    [Theory]
    [InlineData(347)]
    [InlineData(349)]
    [InlineData(457)]
    [InlineData(458)]
    public async Task What_the_pair_does_not_propagate_is_done_on_both(int code)
    {
        using var folder = new TemporaryFolder();
        await using var simulated = await SimulatedGateway.Start("topology-ha");
        var before = Closing.Configurations(simulated.Host);
        simulated.Host.FailPropagation(code);
        var (receipt, _) = await Closing.Close(simulated.Gateway, Closing.Options(IsolationMethod.VirtualServer), folder.Path);

        Assert.Equal((AccessStatus.Closed, ""), (receipt.Status, receipt.Problem));
        Assert.Equal(Closing.Shared(simulated.Host, 0), Closing.Shared(simulated.Host, 1));
        simulated.Host.FailPropagation(code);
        Assert.Equal(AccessStatus.Reopened, (await Closing.Open(simulated.Gateway, receipt.Path)).Status);
        Assert.Equal(before, Closing.Configurations(simulated.Host));
    }

    [Fact]
    public async Task A_failover_between_closing_and_reopening_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        await using var simulated = await SimulatedGateway.Start("topology-ha");
        var before = Closing.Configurations(simulated.Host);
        var (receipt, _) = await Closing.Close(simulated.Gateway, Closing.Options(IsolationMethod.Acl), folder.Path);
        simulated.Host.Failover();

        Assert.NotEqual(CitrixOps.Simulator.Traffic.Outcome.Answered, simulated.Host.Ask(simulated.Host.Outside, "203.0.113.10").Outcome);
        Assert.Equal(AccessStatus.Reopened, (await Closing.Open(simulated.Gateway, receipt.Path)).Status);
        Assert.Equal(before, Closing.Configurations(simulated.Host));
    }

    private static Fault Fault(FaultKind kind, (string Method, string Type, string Action) at) => new() { Kind = kind, Method = at.Method, Type = at.Type, Action = at.Action, Delay = TimeSpan.FromMilliseconds(50), Code = 278 };
}
