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
    // only where something is waited for in vain: a busy machine is no fault
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1500);
    private static readonly bool All = Environment.GetEnvironmentVariable("CITRIXOPS_ALL_FAULTS") is { Length: > 0 };

    // the steps that all methods have
    private static readonly (string Method, string Type, string Action)[] Common = [("POST", "aaasession", "kill"), ("POST", "nsconfig", "save")];

    public static IEnumerable<object[]> Faults() => All
        ? Methods().SelectMany(m => Enum.GetValues<FaultKind>().SelectMany(k => Enumerable.Range(0, Closings(m).Length + Common.Length).SelectMany(i => new[] { "topology-ha", "topology-full" }.Select(t => new object[] { t, m, k, i }))))
        : Methods().SelectMany((m, n) => Enum.GetValues<FaultKind>().SelectMany(k => Enumerable.Range(0, m == IsolationMethod.Acl ? 2 : 1).Select(i => new object[] { k.ToString().Contains("Half", StringComparison.Ordinal) ? "topology-full" : "topology-ha", m, k, m == IsolationMethod.Acl ? i : ((int)k + n) % (Closings(m).Length + Common.Length) })));

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_leaves_it_closed_or_says_so_and_always_leads_back(string topology, IsolationMethod method, FaultKind kind, int at)
    {
        using var folder = new TemporaryFolder();
        await using var simulated = await SimulatedGateway.Start(topology);
        var host = simulated.Host;
        var before = Closing.Configurations(host);
        var saved = host.Nodes.Select(Saved).ToArray();
        var outside = (await Closing.Doors(simulated.Gateway)).Where(d => Closing.Answers(host, host.Outside, d)).ToArray();
        bool Open() => outside.Any(d => Closing.Answers(host, host.Outside, d) && !(method == IsolationMethod.Responder && d.Udp));
        using var hasty = await SimulatedGateway.Connect(host, timeout: For(kind));

        var (late, gone) = at < Closings(method).Length ? (false, Closings(method)[at]) : (true, Common[at - Closings(method).Length]);
        host.Nodes[0].Faults.Add(Fault(kind, gone));
        AccessReceipt receipt;
        try
        {
            receipt = (await Closing.Close(hasty, Closing.Options(method) with { Save = true }, folder.Path)).Receipt;
            Assert.False(Open());
            Assert.True(receipt.Problem.Length == 0 ? receipt.Status is AccessStatus.Closed or AccessStatus.ClosedPartly : late && receipt.Status == AccessStatus.ClosedPartly, receipt.Status + " " + receipt.Problem);
        }
        catch (ClosingException e)
        {
            Assert.True(kind is FaultKind.ErrorCode or FaultKind.ChangeCertificate, e.Problem.ToString());
            receipt = e.Receipt;
            Assert.Equal(AccessStatus.Failed, receipt.Status);
            Assert.Contains("Enable-ExternalAccess", e.Problem.Recommendation, StringComparison.Ordinal);
        }

        if (method is IsolationMethod.Acl or IsolationMethod.Responder)
        {
            Assert.All(host.Nodes.Select((n, i) => before[i].Split('\n').Except(n.RunningConfiguration.Split('\n'))), Assert.Empty);
        }

        host.Nodes[0].Faults.Clear();
        host.Nodes[0].Faults.Add(Fault(kind, Openings(method)[at % Openings(method).Length]));
        using var again = await SimulatedGateway.Connect(host, timeout: For(kind));
        AccessReceipt? opened = null;
        try
        {
            opened = await Closing.Open(again, receipt.Path);
        }
        catch (CitrixOpsException e)
        {
            Assert.True(kind is FaultKind.ErrorCode or FaultKind.ChangeCertificate, e.Problem.ToString());
            host.Nodes[0].Faults.Clear();
            using var last = await SimulatedGateway.Connect(host);
            opened = await Closing.Open(last, receipt.Path);
        }

        if (kind == FaultKind.ChangeCertificate && opened.Status == AccessStatus.ReopenedPartly)
        {
            // a certificate that changed is not trusted with what is left to be looked at: it is said, and done once it is
            Assert.Contains("Not seen on", opened.Problem, StringComparison.Ordinal);
            host.Nodes[0].Faults.Clear();
            using var trusted = await SimulatedGateway.Connect(host);
            opened = await Closing.Open(trusted, receipt.Path);
        }

        Assert.Equal((AccessStatus.Reopened, ""), (opened.Status, opened.Problem));
        Assert.Equal(before, Closing.Configurations(host));
        Assert.Equal(saved, host.Nodes.Select(Saved));
        Assert.All(outside, d => Assert.True(Closing.Answers(host, host.Outside, d)));
    }

    [Fact]
    public async Task A_bulk_request_of_which_half_is_refused_for_good_is_said_and_can_be_finished_and_undone()
    {
        using var folder = new TemporaryFolder();
        await using var simulated = await SimulatedGateway.Start("topology-full");
        var host = simulated.Host;
        var before = Closing.Configurations(host);
        host.Nodes[0].Faults.Add(new Fault { Kind = FaultKind.HalfBulk, Type = "vpnvserver", Action = "disable", Code = 278, Times = 0 });
        host.Nodes[0].Faults.Add(new Fault { Kind = FaultKind.ErrorCode, Type = "vpnvserver", Action = "disable", Code = 278, Times = 0 });
        var stopped = await Assert.ThrowsAsync<ClosingException>(() => Closing.Close(simulated.Gateway, Closing.Options(IsolationMethod.VirtualServer), folder.Path));

        Assert.Equal(AccessStatus.Failed, stopped.Receipt.Status);
        Assert.Contains(host.Nodes[0].Objects("vpnvserver"), v => v.TryGetValue("state", out var state) && state == "DISABLED");
        host.Nodes[0].Faults.Clear();
        var finished = await new AccessCloser(simulated.Gateway).FinishAsync(stopped.Receipt, force: false, default);
        Assert.Equal((AccessStatus.Closed, ""), (finished.Status, finished.Problem));
        Assert.Equal(AccessStatus.Reopened, (await Closing.Open(simulated.Gateway, finished.Path)).Status);
        Assert.Equal(before, Closing.Configurations(host));
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

    private static TimeSpan? For(FaultKind kind) => kind is FaultKind.Slow or FaultKind.Silence ? Patience : null;

    private static IEnumerable<IsolationMethod> Methods() => Enum.GetValues<IsolationMethod>().Where(m => m != IsolationMethod.Auto);

    private static (string Method, string Type, string Action)[] Closings(IsolationMethod method) => method switch
    {
        IsolationMethod.Acl => [("POST", "nsacl", ""), ("POST", "nsacls", "apply")],
        IsolationMethod.VirtualServer => [("POST", "vpnvserver", "disable")],
        IsolationMethod.VipAddress => [("POST", "nsip", "disable")],
        _ => [("POST", "responderpolicy", ""), ("PUT", "responderglobal_responderpolicy_binding", "")],
    };

    private static (string Method, string Type, string Action)[] Openings(IsolationMethod method) => method switch
    {
        IsolationMethod.Acl => [("DELETE", "nsacl", ""), ("POST", "nsacls", "apply"), Common[1]],
        IsolationMethod.VirtualServer => [("POST", "vpnvserver", "enable"), Common[1]],
        IsolationMethod.VipAddress => [("POST", "nsip", "enable"), Common[1]],
        _ => [("DELETE", "responderglobal_responderpolicy_binding", ""), ("DELETE", "responderpolicy", ""), Common[1]],
    };

    // without the line that says when it was saved
    private static string Saved(CitrixOps.Simulator.Hosting.NodeControl node) => string.Join("\n", node.SavedConfiguration.Split('\n').Where(l => !l.StartsWith('#')));

    private static Fault Fault(FaultKind kind, (string Method, string Type, string Action) at) => new() { Kind = kind, Method = at.Method, Type = at.Type, Action = at.Action, Delay = Patience + Patience, Code = 278 };
}
