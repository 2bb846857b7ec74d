using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Access.Inventory;
using CitrixOps.Access.Planning;
using CitrixOps.Access.Receipts;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Simulator.Hosting;
using CitrixOps.Simulator.Traffic;
using Xunit;

namespace CitrixOps.Tests.Access;

/// <summary>What a plan refuses, warns of and leaves alone.</summary>
public sealed class PlanTests
{
    private static Task<AccessInventory> Inventory(SimulatedGateway simulated) => InventoryReader.ReadAsync(simulated.Gateway, withSessions: true, CancellationToken.None);

    [Fact]
    public async Task A_plan_is_pure()
    {
        await using var simulated = await SimulatedGateway.Start();
        var inventory = await Inventory(simulated);
        var calls = simulated.Host.Nodes.Sum(n => n.Counters.Requests);
        var first = AccessPlanner.Plan(inventory, Closing.Options(IsolationMethod.Acl, "10.0.0.0/8"));
        var second = AccessPlanner.Plan(inventory, Closing.Options(IsolationMethod.Acl, "10.0.0.0/8"));

        Assert.Equal(first.Steps.Select(s => s.Title), second.Steps.Select(s => s.Title));
        Assert.Equal(calls, simulated.Host.Nodes.Sum(n => n.Counters.Requests));
    }

    [Fact]
    public async Task Every_list_denies_and_names_a_destination_and_the_caller_is_let_into_no_virtual_server()
    {
        await using var simulated = await SimulatedGateway.Start();
        var inventory = await Inventory(simulated);
        var plan = AccessPlanner.Plan(inventory, Closing.Options(IsolationMethod.Acl));

        var rows = plan.Steps.Where(s => s.Type is "nsacl" or "nsacl6").SelectMany(s => s.Objects).ToArray();
        Assert.All(rows, r => Assert.True(r.ContainsKey("destipval") || r.ContainsKey("destipv6val")));
        Assert.All(rows, r => Assert.Equal("DENY", r.TryGetValue("aclaction", out var a) ? a : r["acl6action"]));
        Assert.NotEmpty(inventory.Caller);
        Assert.Contains(rows, r => r.TryGetValue("destipval", out var d) && (string)d == "203.0.113.10" && !r.ContainsKey("srcip"));
    }

    [Fact]
    public async Task Lists_of_others_that_are_pending_need_force()
    {
        using var folder = new TemporaryFolder();
        await using var simulated = await SimulatedGateway.Start();
        simulated.Host.Nodes.ToList().ForEach(n => n.Put("nsacl", new Dictionary<string, string> { ["aclname"] = "half_done", ["aclaction"] = "DENY", ["priority"] = "70", ["destip"] = "true", ["destipval"] = "203.0.113.77" }));
        var (refused, plan) = await Closing.Close(simulated.Gateway, Closing.Options(IsolationMethod.Acl), folder.Path);
        var (forced, _) = await Closing.Close(simulated.Gateway, Closing.Options(IsolationMethod.Acl) with { Force = true }, folder.Path);

        Assert.Equal((AccessStatus.Refused, "ForeignAccessListsPending"), (refused.Status, plan.Refusal?.Id));
        Assert.Contains("half_done", plan.Refusal!.Message, StringComparison.Ordinal);
        Assert.Equal(AccessStatus.Closed, forced.Status);
        Assert.Contains(forced.Warnings, w => w.Contains("half_done", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pending_list_that_would_cut_off_management_is_not_carried_along()
    {
        await using var simulated = await SimulatedGateway.Start();
        simulated.Host.Nodes[0].Put("nsacl", new Dictionary<string, string> { ["aclname"] = "oops", ["aclaction"] = "DENY", ["priority"] = "70", ["destip"] = "true", ["destipval"] = simulated.Host.Nodes[0].Address });
        var plan = AccessPlanner.Plan(await Inventory(simulated), Closing.Options(IsolationMethod.Acl) with { Force = true });

        Assert.Equal("WouldLockOut", plan.Refusal?.Id);
    }

    [Fact]
    public async Task Unsaved_changes_of_others_need_force_to_be_saved()
    {
        await using var simulated = await SimulatedGateway.Start();
        simulated.Host.Nodes[0].Put("server", new Dictionary<string, string> { ["name"] = "someones", ["ipaddress"] = "10.1.1.1" });
        var inventory = await Inventory(simulated);

        Assert.Equal("ForeignChangesUnsaved", AccessPlanner.Plan(inventory, Closing.Options(IsolationMethod.VirtualServer) with { Save = true }).Refusal?.Id);
        Assert.Null(AccessPlanner.Plan(inventory, Closing.Options(IsolationMethod.VirtualServer) with { Save = true, Force = true }).Refusal);
        Assert.Null(AccessPlanner.Plan(inventory, Closing.Options(IsolationMethod.VirtualServer)).Refusal);
    }

    [Fact]
    public async Task A_list_of_others_that_lets_people_in_comes_after_ours()
    {
        using var folder = new TemporaryFolder();
        await using var simulated = await SimulatedGateway.Start();
        using (var link = Closing.Somebody(simulated.Host))
        {
            await link.SendAsync(NitroCall.Add("nsacl", new Newtonsoft.Json.Linq.JObject { ["aclname"] = "let_all", ["aclaction"] = "ALLOW", ["priority"] = "40", ["destip"] = true, ["destipval"] = "203.0.113.10" }), CancellationToken.None);
            await link.SendAsync(NitroCall.Do("nsacls", "apply", new Newtonsoft.Json.Linq.JObject()), CancellationToken.None);
        }

        await Closing.Close(simulated.Gateway, Closing.Options(IsolationMethod.Acl), folder.Path);

        Assert.NotEqual(Outcome.Answered, simulated.Host.Ask(simulated.Host.Outside, "203.0.113.10").Outcome);
    }

    [Fact]
    public async Task A_translated_address_does_not_stay_in()
    {
        await using var simulated = await SimulatedGateway.Start("topology-nat");
        Assert.Equal("AllowedNetworkIsTranslated", AccessPlanner.Plan(await Inventory(simulated), Closing.Options(IsolationMethod.Acl, "10.0.0.0/8")).Refusal?.Id);
    }

    [Fact]
    public async Task A_trial_opens_by_itself()
    {
        using var folder = new TemporaryFolder();
        await using var simulated = await SimulatedGateway.Start("topology-plain");
        var (receipt, _) = await Closing.Close(simulated.Gateway, Closing.Options(IsolationMethod.Acl) with { ExpiresAfter = TimeSpan.FromMinutes(10) }, folder.Path);
        var closed = simulated.Host.Ask(simulated.Host.Outside, "203.0.113.10").Outcome;
        simulated.Host.Advance(TimeSpan.FromMinutes(11));

        Assert.NotEqual(Outcome.Answered, closed);
        Assert.NotNull(receipt.ExpiresAt);
        Assert.Equal(Outcome.Answered, simulated.Host.Ask(simulated.Host.Outside, "203.0.113.10").Outcome);
    }

    [Fact]
    public async Task A_page_on_an_address_of_its_own_tells_people_why()
    {
        using var folder = new TemporaryFolder();
        await using var simulated = await SimulatedGateway.Start("topology-plain");
        var before = Closing.Configurations(simulated.Host);
        var (receipt, _) = await Closing.Close(simulated.Gateway, Closing.Options(IsolationMethod.Acl) with { MaintenancePage = "<p>Gesloten</p>", MaintenanceVip = IPAddress.Parse("203.0.113.99") }, folder.Path);
        var answer = simulated.Host.Ask(simulated.Host.Outside, "203.0.113.99", 80);

        Assert.Equal((AccessStatus.Closed, ""), (receipt.Status, receipt.Problem));
        Assert.Contains("Gesloten", answer.Body, StringComparison.Ordinal);
        Assert.Equal(AccessStatus.Reopened, (await Closing.Open(simulated.Gateway, receipt.Path)).Status);
        Assert.Equal(before, Closing.Configurations(simulated.Host));
    }

    [Fact]
    public async Task What_others_changed_of_ours_is_shown_and_left()
    {
        using var folder = new TemporaryFolder();
        await using var simulated = await SimulatedGateway.Start("topology-plain");
        var (receipt, _) = await Closing.Close(simulated.Gateway, Closing.Options(IsolationMethod.Acl), folder.Path);
        var name = simulated.Host.Nodes[0].Objects("nsacl")[0]["aclname"];
        using var somebody = Closing.Somebody(simulated.Host);
        await somebody.SendAsync(NitroCall.Put("nsacl", new Newtonsoft.Json.Linq.JObject { ["aclname"] = name, ["priority"] = "999" }), CancellationToken.None);
        simulated.Host.Nodes[0].Put("lbvserver", new Dictionary<string, string> { ["name"] = "lb_new", ["servicetype"] = "SSL", ["ipv46"] = "203.0.113.88", ["port"] = "443" });
        var opened = await Closing.Open(simulated.Gateway, receipt.Path);

        Assert.Equal(AccessStatus.ReopenedPartly, opened.Status);
        Assert.Contains(opened.Drift, d => d.Contains(name, StringComparison.Ordinal));
        Assert.Contains(opened.Drift, d => d.Contains("lb_new was added", StringComparison.Ordinal));
        Assert.Equal(AccessStatus.Reopened, (await Closing.Open(simulated.Gateway, receipt.Path, force: true)).Status);
    }

    [Theory]
    [InlineData(IsolationMethod.Acl)]
    [InlineData(IsolationMethod.VirtualServer)]
    [InlineData(IsolationMethod.VipAddress)]
    [InlineData(IsolationMethod.Responder)]
    public async Task The_documented_rights_suffice(IsolationMethod method)
    {
        using var folder = new TemporaryFolder();
        await using var simulated = await SimulatedGateway.Start("topology-partitions", "closer", "Close-it-1", Account);
        var (receipt, _) = await Closing.Close(simulated.Gateway, Closing.Options(method, "10.0.0.0/8") with { Save = true, Force = true }, folder.Path);

        Assert.Equal("", receipt.Problem);
        Assert.True(receipt.Status is AccessStatus.Closed or AccessStatus.ClosedPartly, receipt.Status.ToString());
        Assert.DoesNotContain(receipt.Warnings, w => w.Contains("cannot be", StringComparison.Ordinal));
        Assert.Equal(AccessStatus.Reopened, (await Closing.Open(simulated.Gateway, receipt.Path, force: true)).Status);
    }

    private static void Account(SimulatorHost host)
    {
        var tasks = Newtonsoft.Json.Linq.JObject.Parse(System.IO.File.ReadAllText(System.IO.Path.Combine(Repository.Root, "module", "data", "policies", "tasks.json")))["tasks"]!;
        var lines = tasks.Where(t => (string?)t["task"] is "connect" or "partition" or "close and reopen" or "end sessions").SelectMany(t => t["allow"]!.Select(l => (string)l!)).ToArray();
        foreach (var node in host.Nodes)
        {
            node.Put("systemuser", new Dictionary<string, string> { ["username"] = "closer", ["password"] = "Close-it-1", ["externalauth"] = "DISABLED", ["timeout"] = "900" });
            for (var i = 0; i < lines.Length; i++)
            {
                node.Put("systemcmdpolicy", new Dictionary<string, string> { ["policyname"] = "p" + i, ["action"] = "ALLOW", ["cmdspec"] = lines[i] });
                node.Put("systemuser_systemcmdpolicy_binding", new Dictionary<string, string> { ["username"] = "closer", ["policyname"] = "p" + i, ["priority"] = (100 + i).ToString(System.Globalization.CultureInfo.InvariantCulture) });
            }
        }
    }
}
