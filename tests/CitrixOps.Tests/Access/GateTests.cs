using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Access;
using CitrixOps.Access.Planning;
using CitrixOps.Access.Receipts;
using CitrixOps.Errors;
using CitrixOps.Receipts;
using CitrixOps.Simulator.Traffic;
using Xunit;

namespace CitrixOps.Tests.Access;

/// <summary>The gate is asked before anything is reopened, and what it said is kept.</summary>
public sealed class GateTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task A_gate_that_does_not_agree_keeps_it_closed_unless_it_is_overruled(bool agrees, bool force)
    {
        using var folder = new TemporaryFolder();
        await using var simulated = await SimulatedGateway.Start("topology-plain");
        var (closed, _) = await Closing.Close(simulated.Gateway, Closing.Options(IsolationMethod.Acl), folder.Path);
        var gate = new Gate(agrees);
        var opener = new AccessOpener(simulated.Gateway) { Gate = gate, Force = force };

        if (!agrees && !force)
        {
            var calls = simulated.Host.Nodes[0].Counters.Requests;
            Assert.Equal("NotYet", (await Assert.ThrowsAsync<CitrixOpsException>(() => opener.PlanAsync(closed, CancellationToken.None))).Problem.Id);
            Assert.Equal(calls, simulated.Host.Nodes[0].Counters.Requests);
        }
        else
        {
            await opener.OpenAsync(await opener.PlanAsync(closed, CancellationToken.None), "", CancellationToken.None);
            Assert.Equal(agrees ? "test: agreed" : "test: forced, although not investigated yet.", ReceiptFile.Read<AccessReceipt>(closed.Path).ReopenGate);
        }

        Assert.Equal(1, gate.Asked);
        Assert.Equal(agrees || force, simulated.Host.Ask(simulated.Host.Outside, "203.0.113.10").Outcome == Outcome.Answered);
    }

    private sealed class Gate(bool agrees) : IReopenGate
    {
        public int Asked { get; private set; }

        public string Name => "test";

        public Task<Problem?> AskAsync(AccessReceipt receipt, CancellationToken cancellationToken)
        {
            Asked++;
            return Task.FromResult(agrees ? null : new Problem("NotYet", ErrorKind.SecurityRefusal, "not investigated yet.", receipt.Gateway, "Wait."));
        }
    }
}
