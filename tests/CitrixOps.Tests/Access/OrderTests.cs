using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Access;
using CitrixOps.Access.Inventory;
using CitrixOps.Access.Networks;
using CitrixOps.Access.Planning;
using CitrixOps.Access.Receipts;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Errors;
using CitrixOps.Receipts;
using CitrixOps.Simulator.Faults;
using CitrixOps.Simulator.Traffic;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CitrixOps.Tests.Access;

/// <summary>What is done before what: the receipt before each step, the list of sessions before anything is changed, a last look before others' lists are put into force.</summary>
public sealed class OrderTests
{
    public static IEnumerable<object[]> Methods() => Enum.GetValues<IsolationMethod>().Where(m => m != IsolationMethod.Auto).Select(m => new object[] { m });

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Each_step_is_on_the_disk_before_the_appliance_is_asked_for_it(IsolationMethod method)
    {
        using var folder = new TemporaryFolder();
        await using var simulated = await SimulatedGateway.Start("topology-full");
        var late = new List<string>();
        var writes = 0;
        StepState expected = StepState.Started;
        simulated.Host.Executed = e =>
        {
            if (!e.IsWrite || e.Type == "nspartition")
            {
                return;
            }

            writes++;
            var kill = e.Action == "kill";
            var receipt = Directory.GetFiles(folder.Path, "*.json").Where(f => !f.EndsWith("-sessions.json", StringComparison.Ordinal)).Select(f => ReceiptFile.Read<AccessReceipt>(f)).SingleOrDefault();
            if (receipt?.Steps.Any(s => s.State == expected && (kill ? s.Verb == ChangeVerb.EndSessions : s.Type == e.Type)) != true || receipt.SessionsSha256.Length == 0 || !File.Exists(Path.Combine(folder.Path, receipt.SessionsFile)))
            {
                late.Add(e.ToString());
            }
        };
        var (closed, _) = await Closing.Close(simulated.Gateway, Closing.Options(method) with { Save = true }, folder.Path);
        expected = StepState.Undoing;
        await Closing.Open(simulated.Gateway, closed.Path);
        simulated.Host.Executed = null;

        Assert.Empty(late);
        Assert.InRange(writes, 10, 80);
    }

    [Fact]
    public async Task The_sessions_that_were_there_are_listed_whole_and_fit_their_hash()
    {
        using var folder = new TemporaryFolder();
        await using var simulated = await SimulatedGateway.Start("topology-ha");
        var (closed, _) = await Closing.Close(simulated.Gateway, Closing.Options(IsolationMethod.VirtualServer), folder.Path);
        var content = await File.ReadAllBytesAsync(Path.Combine(folder.Path, closed.SessionsFile));

        Assert.Equal(closed.SessionsSha256, Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(content)), ignoreCase: true);
        Assert.Equal(5, JObject.Parse(System.Text.Encoding.UTF8.GetString(content))["sessions"]!.Count());
        Assert.Equal(5, closed.SessionsEnded);
        Assert.Equal(0, simulated.Host.Nodes.Sum(n => n.UserSessions));
    }

    [Fact]
    public async Task Lists_that_somebody_leaves_pending_after_the_plan_are_not_put_into_force()
    {
        using var folder = new TemporaryFolder();
        await using var simulated = await SimulatedGateway.Start("topology-ha");
        var before = Closing.Configurations(simulated.Host);
        var options = Closing.Options(IsolationMethod.Acl);
        var inventory = await InventoryReader.ReadAsync(simulated.Gateway, options, CancellationToken.None);
        var plan = AccessPlanner.Plan(inventory, options);
        await simulated.Send(NitroCall.Add("nsacl", new JObject { ["aclname"] = "half_done", ["aclaction"] = "DENY", ["priority"] = 5 }));
        var closer = new AccessCloser(simulated.Gateway);
        var stopped = await Assert.ThrowsAsync<ClosingException>(() => closer.CloseAsync(closer.Draft(inventory, plan, options), inventory, options, folder.Path, CancellationToken.None));

        Assert.Equal(("ForeignAccessListsPending", AccessStatus.Refused), (stopped.Problem.Id, stopped.Receipt.Status));
        Assert.Equal("NOTAPPLIED", NitroReply.Text((await Closing.Somebody(simulated.Host).SendAsync(NitroCall.Get("nsacl"), CancellationToken.None)).Rows("nsacl").Single()["kernelstate"]));
        await simulated.Send(NitroCall.Delete("nsacl", "half_done"));
        Assert.Equal(before, Closing.Configurations(simulated.Host));
    }

    [Fact]
    public async Task A_closing_after_which_nobody_gets_in_to_manage_is_taken_back()
    {
        using var folder = new TemporaryFolder();
        await using var simulated = await SimulatedGateway.Start("topology-ha");
        var before = Closing.Configurations(simulated.Host);
        simulated.Host.Nodes[0].Faults.Add(new Fault { Kind = FaultKind.Refuse, Type = Fault.Page, Times = 0 });
        var stopped = await Assert.ThrowsAsync<ClosingException>(() => Closing.Close(simulated.Gateway, Closing.Options(IsolationMethod.Acl), folder.Path));

        Assert.Equal(("LockedOut", AccessStatus.Refused), (stopped.Problem.Id, stopped.Receipt.Status));
        Assert.Equal(before, Closing.Configurations(simulated.Host));
        Assert.Equal(Outcome.Answered, simulated.Host.Ask(simulated.Host.Outside, "203.0.113.10").Outcome);
    }

    [Fact]
    public async Task One_connection_that_does_not_come_about_is_no_lock_out()
    {
        using var folder = new TemporaryFolder();
        await using var simulated = await SimulatedGateway.Start("topology-ha");
        simulated.Host.Nodes[0].Faults.Add(new Fault { Kind = FaultKind.Refuse, Type = Fault.Page });
        var (closed, _) = await Closing.Close(simulated.Gateway, Closing.Options(IsolationMethod.Acl), folder.Path);

        Assert.Equal((AccessStatus.Closed, ""), (closed.Status, closed.Problem));
    }

    [Fact]
    public async Task Management_that_faces_outside_is_closed_to_all_but_the_caller()
    {
        using var folder = new TemporaryFolder();
        await using var simulated = await SimulatedGateway.Start("topology-plain");
        var options = Closing.Options(IsolationMethod.Acl) with { ExternalNetwork = AddressSet.Parse(["127.0.0.0/8"]) };
        bool Managed(IPAddress from) => simulated.Host.Ask(from, simulated.Host.Nodes[0].Address).Outcome == Outcome.Answered;
        Assert.True(Managed(simulated.Host.Outside));
        var (closed, _) = await Closing.Close(simulated.Gateway, options, folder.Path);

        Assert.Equal((AccessStatus.Closed, ""), (closed.Status, closed.Problem));
        Assert.False(Managed(simulated.Host.Outside));
        (await SimulatedGateway.Connect(simulated.Host)).Dispose();
        Assert.All(closed.Steps.SelectMany(s => s.Objects).Where(o => o.TryGetValue("destipval", out var to) && (string)to == "203.0.113.10"), o => Assert.False(o.ContainsKey("srcipval")));
        await Closing.Open(simulated.Gateway, closed.Path);
        Assert.True(Managed(simulated.Host.Outside));
    }

    [Fact]
    public async Task What_was_closed_before_stays_closed()
    {
        using var folder = new TemporaryFolder();
        await using var simulated = await SimulatedGateway.Start("topology-full");
        await simulated.Send(NitroCall.Do("vpnvserver", "disable", new JObject { ["name"] = "gw_second" }));
        await simulated.Send(NitroCall.Do("nsip", "disable", new JObject { ["ipaddress"] = "203.0.113.12" }));
        var before = Closing.Configurations(simulated.Host);
        foreach (var method in new[] { IsolationMethod.VirtualServer, IsolationMethod.VipAddress })
        {
            var (closed, _) = await Closing.Close(simulated.Gateway, Closing.Options(method) with { Id = method == IsolationMethod.VirtualServer ? "a1b2c3" : "d4e5f6" }, folder.Path);
            Assert.DoesNotContain(closed.Steps.SelectMany(s => s.Objects), o => o.Values.Contains("gw_second") || (method == IsolationMethod.VipAddress && o.Values.Contains("203.0.113.12")));
            await Closing.Open(simulated.Gateway, closed.Path);
            Assert.Equal(before, Closing.Configurations(simulated.Host));
        }
    }

    [Fact]
    public async Task A_receipt_of_another_gateway_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        await using var simulated = await SimulatedGateway.Start("topology-plain");
        await using var other = await SimulatedGateway.Start("clean-single-141");
        var (closed, _) = await Closing.Close(simulated.Gateway, Closing.Options(IsolationMethod.VirtualServer), folder.Path);
        var writes = other.Host.Nodes[0].Counters.Writes;

        Assert.Equal("OtherGateway", (await Assert.ThrowsAsync<CitrixOpsException>(() => Closing.Open(other.Gateway, closed.Path))).Problem.Id);
        Assert.Equal("OtherGateway", (await Assert.ThrowsAsync<CitrixOpsException>(() => new AccessCloser(other.Gateway).FinishAsync(closed, false, CancellationToken.None))).Problem.Id);
        Assert.Equal(writes, other.Host.Nodes[0].Counters.Writes);
    }

    [Fact]
    public async Task Whoever_works_through_the_gateway_itself_is_not_cut_off()
    {
        await using var simulated = await SimulatedGateway.Start("topology-plain");
        var inventory = await InventoryReader.ReadAsync(simulated.Gateway, withSessions: true, CancellationToken.None);
        var own = IPAddress.Parse("10.20.40.7");
        var session = inventory.Sessions!.Sessions[0] with { IntranetAddress = own.ToString() };
        var through = inventory.With(own, session);

        Assert.Equal("WouldCutOff", AccessPlanner.Plan(through, Closing.Options(IsolationMethod.VirtualServer)).Refusal?.Id);
        Assert.Null(AccessPlanner.Plan(through, Closing.Options(IsolationMethod.VirtualServer) with { Force = true }).Refusal);
        Assert.Null(AccessPlanner.Plan(inventory, Closing.Options(IsolationMethod.VirtualServer)).Refusal);
    }
}
