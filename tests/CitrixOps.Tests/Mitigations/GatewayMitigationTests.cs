using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Advisories;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Errors;
using CitrixOps.Mitigations;
using CitrixOps.Simulator.Faults;
using CitrixOps.Simulator.Hosting;
using CitrixOps.Simulator.Traffic;
using Newtonsoft.Json;
using Xunit;

namespace CitrixOps.Tests.Mitigations;

public sealed class GatewayMitigationTests : IDisposable
{
    private const string Knob = "nsapimgr_wr.sh -ys skip_systemaccess_policyeval=0\n";
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _asked = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_policy_of_CVE_2019_19781_is_made_looked_at_and_taken_back()
    {
        await using var lab = await SimulatedGateway.Start("vulnerable-2020-121-ha");
        var before = lab.Host.Nodes.Select(n => n.RunningConfiguration).ToArray();
        Assert.Equal(MitigationStatus.NotApplied, (await Mitigation(lab).CheckAsync(CancellationToken.None)).Status);
        Assert.NotEqual(403, Ask(lab, "/vpn/../vpns/portal").Status);

        var state = await Mitigation(lab).EnableAsync(Options(), Yes, CancellationToken.None);

        Assert.Equal(MitigationStatus.PartlyApplied, state.Status);
        Assert.Empty(state.Problems);
        Assert.Equal(3, state.Changed);
        Assert.Equal(3, _asked.Count);
        Assert.Equal((Outcome.Answered, 200), (Ask(lab, "/vpn/../vpns/portal").Outcome, Ask(lab, "/vpn/../vpns/portal").Status));
        Assert.Contains("responder policy COPS-CTX267679", Ask(lab, "/vpn/../vpns/portal").Reason);
        Assert.DoesNotContain("responder", Ask(lab, "/vpn/index.html").Reason);
        Assert.Equal(3, state.ManualCommand.Count);
        Assert.False(state.Saved);
        Assert.All(lab.Host.Nodes, n => Assert.Contains("COPS-CTX267679", n.RunningConfiguration));

        foreach (var node in lab.Host.Nodes)
        {
            node.PutFile("/nsconfig/rc.netscaler", System.Text.Encoding.ASCII.GetBytes(Knob));
        }

        Assert.Equal(MitigationStatus.Applied, (await Mitigation(lab).CheckAsync(CancellationToken.None)).Status);
        var again = await Mitigation(lab).EnableAsync(Options(), Yes, CancellationToken.None);
        Assert.Equal((0, 3, ""), (again.Changed, _asked.Count, again.Receipt));

        var undone = await Mitigation(lab).DisableAsync([MitigationReceipt.Read(state.Receipt)], Options(), Yes, CancellationToken.None);
        Assert.Equal(3, undone.Changed);
        Assert.Empty(undone.Problems);
        Assert.Equal(before, lab.Host.Nodes.Select(n => n.RunningConfiguration));
        Assert.True(MitigationReceipt.Read(state.Receipt).IsUndone);
        Assert.Equal(0, (await Mitigation(lab).DisableAsync([MitigationReceipt.Read(state.Receipt)], Options(), Yes, CancellationToken.None)).Changed);
    }

    [Theory]
    [InlineData("12.1-50.28", true)]
    [InlineData("12.1-50.31", false)]
    [InlineData("12.1-51.14", true)]
    [InlineData("12.1-51.16", false)]
    [InlineData("12.1-49.23", true)]
    [InlineData("12.1-55.13", false)]
    [InlineData("13.0-41.28", false)]
    public void Builds_that_ignore_the_policy_are_known(string build, bool ignores)
    {
        Assert.True(VersionParser.TryParse(build, out var version, out _));
        Assert.Equal(ignores, ShippedMitigations.Load().Find("CVE-2019-19781")!.WhyIneffective(version) is not null);
    }

    [Fact]
    public async Task A_policy_that_somebody_made_by_hand_counts_and_is_not_taken_back()
    {
        await using var lab = await SimulatedGateway.Start("vulnerable-2020-121-ha", prepare: h =>
        {
            foreach (var node in h.Nodes)
            {
                node.Put("responderpolicy", new Dictionary<string, string> { ["name"] = "ctx267027", ["action"] = "DROP", ["rule"] = "HTTP.REQ.URL.DECODE_USING_TEXT_MODE.CONTAINS(\"/vpns/\")  &&(!CLIENT.SSLVPN.IS_SSLVPN || HTTP.REQ.URL.DECODE_USING_TEXT_MODE.CONTAINS(\"/../\"))" });
                node.Put("responderglobal_responderpolicy_binding", new Dictionary<string, string> { ["policyname"] = "ctx267027", ["priority"] = "1", ["type"] = "REQ_OVERRIDE" });
            }
        });

        var state = await Mitigation(lab).EnableAsync(Options(), Yes, CancellationToken.None);

        Assert.Equal(0, state.Changed);
        Assert.Contains(state.Steps, s => s.Target == "ctx267027" && s.State == MitigationStepState.Done);
    }

    [Fact]
    public async Task A_taken_priority_is_not_fought_over()
    {
        await using var lab = await SimulatedGateway.Start("vulnerable-2020-121-ha", prepare: h =>
        {
            foreach (var node in h.Nodes)
            {
                node.Put("responderpolicy", new Dictionary<string, string> { ["name"] = "theirs", ["action"] = "NOOP", ["rule"] = "HTTP.REQ.URL.CONTAINS(\"x\")" });
                node.Put("responderglobal_responderpolicy_binding", new Dictionary<string, string> { ["policyname"] = "theirs", ["priority"] = "1", ["type"] = "REQ_OVERRIDE" });
            }
        });

        var state = await Mitigation(lab).EnableAsync(Options(), Yes, CancellationToken.None);

        Assert.Empty(state.Problems);
        Assert.Contains(lab.Host.Nodes[0].Objects("responderglobal_responderpolicy_binding"), b => b["policyname"] == "COPS-CTX267679" && b["priority"] == "2");
    }

    [Fact]
    public async Task A_setting_is_made_on_every_profile_in_every_partition_and_restored_to_what_it_was()
    {
        await using var lab = await SimulatedGateway.Start(prepare: h => Profiles(h, "ssldtlsprofile", "helloverifyrequest", "DISABLED"));
        var before = lab.Host.Nodes.Select(n => n.RunningConfiguration).ToArray();
        var mitigation = Mitigation(lab, "CTX289674");

        var state = await mitigation.EnableAsync(Options() with { Save = true, Force = true }, Yes, CancellationToken.None);

        Assert.Equal(MitigationStatus.Applied, state.Status);
        Assert.Empty(state.Problems);
        Assert.True(state.Saved);
        Assert.Equal(["nsdtls_default_profile", "own", "sociaal"], state.Steps.Select(s => s.Target));
        Assert.Equal("partition Sociaal", state.Steps[2].Where);
        Assert.All(lab.Host.Nodes[1].Objects("ssldtlsprofile"), p => Assert.Equal("ENABLED", p["helloverifyrequest"]));

        var undone = await mitigation.DisableAsync(MitigationReceipt.Open(_folder.Path, lab.Gateway, state.Id, new Problems()), Options(), Yes, CancellationToken.None);

        Assert.Equal(3, undone.Changed);
        Assert.False(undone.Saved);
        Assert.Equal(before, lab.Host.Nodes.Select(n => n.RunningConfiguration));
        Assert.Equal(2, lab.Host.Nodes[0].OpenSessions + lab.Host.Nodes[1].OpenSessions);
    }

    [Fact]
    public async Task What_somebody_changed_since_is_left()
    {
        await using var lab = await SimulatedGateway.Start(prepare: h => Profiles(h, "nshttpprofile", "http2smallwndtimeout", "0"));
        var state = await Mitigation(lab, "CVE-2026-13474").EnableAsync(Options(), Yes, CancellationToken.None);
        await lab.Send(NitroCall.Put("nshttpprofile", new Newtonsoft.Json.Linq.JObject { ["name"] = "own", ["http2smallwndtimeout"] = 60 }));

        var undone = await Mitigation(lab, "CVE-2026-13474").DisableAsync([MitigationReceipt.Read(state.Receipt)], Options(), Yes, CancellationToken.None);

        Assert.Contains(undone.Problems, p => p.Id == "ChangedSince");
        Assert.Contains(lab.Host.Nodes[0].Objects("nshttpprofile"), p => p["name"] == "own" && p["http2smallwndtimeout"] == "60");
    }

    [Fact]
    public async Task A_setting_of_the_appliance_is_unset_again_where_it_was_not_set()
    {
        await using var lab = await SimulatedGateway.Start();
        var before = lab.Host.Nodes.Select(n => n.RunningConfiguration).ToArray();
        var mitigation = Mitigation(lab, "CVE-2026-88778");

        var state = await mitigation.EnableAsync(Options(), Yes, CancellationToken.None);
        Assert.Equal((MitigationStatus.Applied, 2), (state.Status, state.Changed));

        Assert.Equal(MitigationStatus.NotApplied, (await mitigation.DisableAsync([MitigationReceipt.Read(state.Receipt)], Options(), Yes, CancellationToken.None)).Status);
        Assert.Equal("", string.Join("|", lab.Host.Nodes.SelectMany((n, i) => n.RunningConfiguration.Split('\n').Except(before[i].Split('\n')).Select(l => "+" + l).Concat(before[i].Split('\n').Except(n.RunningConfiguration.Split('\n')).Select(l => "-" + l)))));
        Assert.Equal(before, lab.Host.Nodes.Select(n => n.RunningConfiguration));
    }

    [Fact]
    public async Task What_a_person_has_to_decide_is_checked_and_not_set()
    {
        await using var lab = await SimulatedGateway.Start(prepare: h =>
        {
            foreach (var node in h.Nodes)
            {
                node.Put("authenticationsamlaction", new Dictionary<string, string> { ["name"] = "idp" });
            }
        });

        var state = await Mitigation(lab, "CVE-2020-8300").EnableAsync(Options(), Yes, CancellationToken.None);

        Assert.Equal((MitigationStatus.NotApplied, 0), (state.Status, state.Changed));
        Assert.Contains("set authentication samlAction idp -relaystateRule <expression>", state.ManualCommand);
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task An_old_build_does_not_know_the_setting()
    {
        await using var lab = await SimulatedGateway.Start("vulnerable-2020-121-ha", prepare: h => h.Nodes[0].Put("ssldtlsprofile", new Dictionary<string, string> { ["name"] = "nsdtls_default_profile" }));
        Assert.Equal(MitigationStatus.NotKnownToBuild, (await Mitigation(lab, "CTX289674").CheckAsync(CancellationToken.None)).Status);
    }

    [Fact]
    public async Task Nothing_is_written_where_nothing_is_agreed_to()
    {
        await using var lab = await SimulatedGateway.Start();

        await Mitigation(lab, "CVE-2026-88778").EnableAsync(Options(), (_, _) => Task.FromResult(false), CancellationToken.None);

        Assert.All(lab.Host.Nodes, n => Assert.False(n.HasUnsavedChanges));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData(FaultKind.LoseResponse, "responderpolicy")]
    [InlineData(FaultKind.LoseResponse, "responderglobal_responderpolicy_binding")]
    [InlineData(FaultKind.CutBody, "responderaction")]
    [InlineData(FaultKind.KillSession, "responderpolicy")]
    [InlineData(FaultKind.Slow, "responderpolicy")]
    public async Task An_answer_that_goes_wrong_does_not_stop_it(FaultKind kind, string type)
    {
        await using var lab = await SimulatedGateway.Start("vulnerable-2020-121-ha");
        var before = lab.Host.Nodes[0].RunningConfiguration;
        foreach (var method in new[] { "POST", "PUT" })
        {
            lab.Host.Nodes[0].Faults.Add(new Fault { Kind = kind, Type = type, Method = method, Delay = TimeSpan.FromMilliseconds(20) });
        }

        var state = await Mitigation(lab).EnableAsync(Options(), Yes, CancellationToken.None);

        Assert.Empty(state.Problems);
        Assert.Equal(3, state.Changed);
        await Mitigation(lab).DisableAsync([MitigationReceipt.Read(state.Receipt)], Options(), Yes, CancellationToken.None);
        Assert.Equal(before, lab.Host.Nodes[0].RunningConfiguration);
    }

    [Fact]
    public async Task A_step_that_is_refused_ends_it_and_the_rest_is_taken_back()
    {
        await using var lab = await SimulatedGateway.Start("vulnerable-2020-121-ha");
        var before = lab.Host.Nodes[0].RunningConfiguration;
        lab.Host.Nodes[0].Faults.Add(new Fault { Kind = FaultKind.ErrorCode, Code = 257, Type = "responderglobal_responderpolicy_binding", Method = "PUT" });

        var state = await Mitigation(lab).EnableAsync(Options(), Yes, CancellationToken.None);

        Assert.Equal(2, state.Changed);
        Assert.Contains(state.Problems, p => p.Id == "NotAuthorised");
        await Mitigation(lab).DisableAsync([MitigationReceipt.Read(state.Receipt)], Options(), Yes, CancellationToken.None);
        Assert.Equal(before, lab.Host.Nodes[0].RunningConfiguration);
    }

    [Fact]
    public async Task A_secondary_that_does_not_take_it_is_named()
    {
        await using var lab = await SimulatedGateway.Start();
        lab.Host.FailPropagation(457);

        var state = await Mitigation(lab, "CVE-2026-88778").EnableAsync(Options(), Yes, CancellationToken.None);

        Assert.Contains(state.Problems, p => p.Id == "NotPropagated");
        Assert.Contains(state.Problems, p => p.Id == "NodesDiffer");
    }

    [Fact]
    public async Task Changes_of_others_are_not_saved_along()
    {
        await using var lab = await SimulatedGateway.Start(prepare: h => h.Nodes[0].Put("server", new Dictionary<string, string> { ["name"] = "theirs", ["ipaddress"] = "10.0.0.1" }));

        var state = await Mitigation(lab, "CVE-2026-88778").EnableAsync(Options() with { Save = true }, Yes, CancellationToken.None);

        Assert.Contains(state.Problems, p => p.Id == "OthersNotSaved");
        Assert.False(state.Saved);
        Assert.Equal(0, lab.Host.Nodes[0].Counters.Of("POST nsconfig?action=save"));
    }

    [Fact]
    public async Task A_receipt_that_was_altered_is_refused()
    {
        await using var lab = await SimulatedGateway.Start();
        var state = await Mitigation(lab, "CVE-2026-88778").EnableAsync(Options(), Yes, CancellationToken.None);
        Assert.DoesNotContain(lab.Host.Password, File.ReadAllText(state.Receipt));
        File.WriteAllText(state.Receipt, File.ReadAllText(state.Receipt).Replace("nstcpparam", "nsparam", StringComparison.Ordinal));

        Assert.Equal("ReceiptChanged", Assert.Throws<CitrixOpsException>(() => MitigationReceipt.Read(state.Receipt)).Problem.Id);
    }

    [Fact]
    public async Task The_rights_for_it_are_enough()
    {
        await using var lab = await SimulatedGateway.Start(user: "worker", password: "Little-1", prepare: h =>
        {
            foreach (var node in h.Nodes)
            {
                var tasks = TaskPolicy.Load(Path.Combine(Repository.ModuleData, "policies", "tasks.json")).ToDictionary(t => t.Task, t => t.CommandSpec, StringComparer.Ordinal);
                node.Put("systemuser", new Dictionary<string, string> { ["username"] = "worker", ["password"] = "Little-1" });
                node.Put("systemcmdpolicy", new Dictionary<string, string> { ["policyname"] = "p", ["action"] = "ALLOW", ["cmdspec"] = string.Join("|", new[] { "connect", "partition", "mitigations", "apply mitigations", "list sessions", "end sessions" }.Select(t => tasks[t])) });
                node.Put("systemuser_systemcmdpolicy_binding", new Dictionary<string, string> { ["username"] = "worker", ["policyname"] = "p", ["priority"] = "1" });
            }
        });

        foreach (var mitigation in ShippedMitigations.Load().All)
        {
            var subject = new GatewayMitigation(lab.Gateway, mitigation);
            var state = await subject.EnableAsync(Options(), Yes, CancellationToken.None);
            Assert.Empty(state.Problems);
            Assert.NotEqual(MitigationStatus.Unknown, state.Status);
            if (state.Receipt.Length > 0)
            {
                Assert.Empty((await subject.DisableAsync([MitigationReceipt.Read(state.Receipt)], Options(), Yes, CancellationToken.None)).Problems);
            }
        }

        var list = await new CitrixOps.Access.Sessions.UserSessionReader(lab.Gateway).ListAsync(null, CancellationToken.None);
        var stopped = await new CitrixOps.Access.Sessions.UserSessionStopper(lab.Gateway).StopAsync(list, CitrixOps.Access.Sessions.UserSessionSelection.All, _ => { }, CancellationToken.None);
        Assert.True(stopped.Verified, string.Join("; ", stopped.Problems));
    }

    [Fact]
    public async Task A_receipt_is_found_and_used_after_a_failover()
    {
        await using var lab = await SimulatedGateway.Start();
        var state = await Mitigation(lab, "CVE-2026-88778").EnableAsync(Options(), Yes, CancellationToken.None);
        Assert.All(lab.Host.Nodes, n => Assert.Contains("enhancedISN", n.RunningConfiguration, StringComparison.OrdinalIgnoreCase));
        lab.Host.Failover();
        await lab.Gateway.RefreshAsync(CancellationToken.None);
        Assert.NotEqual(state.Gateway, lab.Gateway.Name);

        var undone = await Mitigation(lab, "CVE-2026-88778").DisableAsync(MitigationReceipt.Open(_folder.Path, lab.Gateway, "CVE-2026-88778", new Problems()), Options(), Yes, CancellationToken.None);

        Assert.Equal(2, undone.Changed);
        Assert.All(lab.Host.Nodes, n => Assert.DoesNotContain("enhancedISN", n.RunningConfiguration, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_receipt_of_another_appliance_is_not_used()
    {
        await using var lab = await SimulatedGateway.Start();
        await using var other = await SimulatedGateway.Start("clean-single-130");
        var state = await Mitigation(lab, "CVE-2026-88778").EnableAsync(Options(), Yes, CancellationToken.None);
        await other.Gateway.RefreshAsync(CancellationToken.None);
        var receipt = MitigationReceipt.Read(state.Receipt);

        Assert.True(receipt.IsFor(lab.Gateway));
        receipt.SerialNumbers = ["ANOTHER"];
        Assert.False(receipt.IsFor(lab.Gateway));
        receipt.SerialNumbers = [];
        receipt.Nodes = ["192.0.2.99"];
        Assert.False(receipt.IsFor(lab.Gateway));
    }

    [Fact]
    public async Task What_a_person_has_to_do_is_kept_in_the_receipt_with_how_it_stood()
    {
        await using var lab = await SimulatedGateway.Start("vulnerable-2020-121-ha");
        lab.Host.Nodes[1].PutFile("/nsconfig/rc.netscaler", System.Text.Encoding.ASCII.GetBytes(Knob));

        var state = await Mitigation(lab).EnableAsync(Options(), Yes, CancellationToken.None);

        var manual = MitigationReceipt.Read(state.Receipt).Manual;
        Assert.Equal([MitigationStepState.Open, MitigationStepState.Done], manual.Select(m => m.State));
        Assert.All(manual, m => Assert.Contains(m.Commands, c => c.Contains("skip_systemaccess_policyeval=0", StringComparison.Ordinal)));
        Assert.All(manual, m => Assert.Contains(m.UndoCommands, c => c.Contains("skip_systemaccess_policyeval=1", StringComparison.Ordinal)));
        Assert.Equal(lab.Gateway.Nodes.Select(n => n.Address), manual.Select(m => m.Where));
    }

    [Fact]
    public async Task A_state_survives_json()
    {
        await using var lab = await SimulatedGateway.Start();
        var state = await Mitigation(lab).CheckAsync(CancellationToken.None);

        var copy = JsonConvert.DeserializeObject<MitigationState>(JsonConvert.SerializeObject(state))!;

        Assert.Equal((state.Id, state.Status, state.Steps.Count), (copy.Id, copy.Status, copy.Steps.Count));
    }

    private static void Profiles(SimulatorHost host, string type, string property, string value)
    {
        foreach (var node in host.Nodes)
        {
            node.Put(type, new Dictionary<string, string> { ["name"] = "nsdtls_default_profile", [property] = value });
            node.Put(type, new Dictionary<string, string> { ["name"] = "own", [property] = value });
            node.Put(type, new Dictionary<string, string> { ["name"] = "sociaal", [property] = value }, "Sociaal");
        }
    }

    private static GatewayMitigation Mitigation(SimulatedGateway lab, string id = "CVE-2019-19781") => new(lab.Gateway, ShippedMitigations.Load().Find(id)!);

    private static Answer Ask(SimulatedGateway lab, string url) => lab.Host.Ask(new Packet(lab.Host.Outside, IPAddress.Parse("203.0.113.10"), 443, Url: url));

    private MitigationOptions Options() => new() { ReceiptFolder = _folder.Path };

    private Task<bool> Yes(string target, string command)
    {
        _asked.Add(command);
        return Task.FromResult(true);
    }
}
