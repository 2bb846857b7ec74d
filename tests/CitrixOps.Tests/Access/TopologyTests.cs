using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Access.Networks;
using CitrixOps.Access.Planning;
using CitrixOps.Access.Receipts;
using CitrixOps.Access.Sessions;
using Xunit;

namespace CitrixOps.Tests.Access;

/// <summary>Every method on every topology: closed outside, open inside where that can be, management alive, sessions gone, both nodes equal, and back to the byte.</summary>
public sealed class TopologyTests
{
    private static readonly string[] Topologies = ["topology-plain", "topology-nat", "topology-content-switch", "topology-ha", "topology-ipv6", "topology-partitions", "topology-full", "clean-ha-131", "large"];

    public static IEnumerable<object[]> Matrix() => Topologies.SelectMany(t => Enum.GetValues<IsolationMethod>().Where(m => t != "large" || m == IsolationMethod.Acl || !TestedBuild.IsPortable).Select(m => new object[] { t, m }));

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task It_closes_outside_and_opens_as_it_was(string topology, IsolationMethod method)
    {
        using var folder = new TemporaryFolder();
        await using var simulated = await SimulatedGateway.Start(topology);
        var host = simulated.Host;
        var before = Closing.Configurations(host);
        var doors = await Closing.Doors(simulated.Gateway);
        var outside = doors.Where(d => Closing.Answers(host, host.Outside, d)).ToArray();
        var inside = doors.Where(d => Closing.Answers(host, host.Inside, d)).ToArray();
        var some = outside.Where((_, i) => i % 50 == 0 || outside.Length < 50).ToArray();
        Assert.NotEmpty(outside);

        var options = Closing.Options(method, "10.0.0.0/8", "fd00::/8");
        var isTranslated = topology == "topology-nat";
        var (receipt, plan) = await Closing.Close(simulated.Gateway, isTranslated ? options with { ExternalNetwork = AddressSet.Parse(["10.20.99.1"]) } : options, folder.Path);

        Assert.True(receipt.Status is AccessStatus.Closed or AccessStatus.ClosedPartly, receipt.Status + " " + receipt.Problem);
        Assert.Equal("", receipt.Problem);
        var still = outside.Where(d => Closing.Answers(host, host.Outside, d)).ToArray();
        if (method == IsolationMethod.Responder)
        {
            Assert.All(still, d => Assert.True(d.Udp, d.ToString()));
        }
        else
        {
            Assert.Empty(still);
        }

        // a node that takes over is closed too
        Swap(host);
        Assert.Equal(some.Intersect(still), some.Where(d => Closing.Answers(host, host.Outside, d)));
        Swap(host);

        Assert.Equal(method == IsolationMethod.Auto ? isTranslated ? IsolationMethod.VirtualServer : IsolationMethod.Acl : method, plan.Method);
        if (!isTranslated && plan.Method is IsolationMethod.Acl or IsolationMethod.Responder)
        {
            Assert.All(inside, d => Assert.True(Closing.Answers(host, host.Inside, d), d.ToString()));
        }

        (await SimulatedGateway.Connect(host)).Dispose();
        Assert.Empty((await new UserSessionReader(simulated.Gateway).ListAsync(null, CancellationToken.None)).Sessions);
        Assert.All(host.Nodes, n => Assert.Equal(Closing.Shared(host, 0), Closing.Shared(host, host.Nodes.ToList().IndexOf(n))));
        Assert.True(System.IO.File.Exists(receipt.Path));

        var opened = await Closing.Open(simulated.Gateway, receipt.Path);

        Assert.Equal((AccessStatus.Reopened, ""), (opened.Status, opened.Problem));
        Assert.Equal(before, Closing.Configurations(host));
        Assert.All(outside, d => Assert.True(Closing.Answers(host, host.Outside, d), d.ToString()));
        Swap(host);
        Assert.All(some, d => Assert.True(Closing.Answers(host, host.Outside, d), d.ToString()));
        Assert.Equal(host.Nodes.Count, host.Nodes.Sum(n => n.OpenSessions));
    }

    private static void Swap(CitrixOps.Simulator.Hosting.SimulatorHost host)
    {
        if (host.Nodes.Count > 1)
        {
            host.Failover();
        }
    }

    [Fact]
    public async Task Those_allowed_stay_in_over_dtls_and_ipv6()
    {
        using var folder = new TemporaryFolder();
        await using var simulated = await SimulatedGateway.Start("topology-full");
        var host = simulated.Host;
        var (receipt, _) = await Closing.Close(simulated.Gateway, Closing.Options(IsolationMethod.Acl, "10.0.0.0/8", "fd00::/8"), folder.Path);

        Assert.Equal((AccessStatus.Closed, ""), (receipt.Status, receipt.Problem));
        foreach (var door in new[] { ("203.0.113.10", 443, false), ("203.0.113.10", 443, true), ("2001:db8:10::10", 443, false), ("2001:db8:10::10", 443, true), ("203.0.113.40", 443, false), ("203.0.113.20", 443, false) })
        {
            Assert.True(Closing.Answers(host, host.Inside, door), door.ToString());
            Assert.False(Closing.Answers(host, host.Outside, door), door.ToString());
        }
    }
}
