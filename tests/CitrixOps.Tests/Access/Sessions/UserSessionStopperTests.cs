using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Access.Sessions;
using CitrixOps.Errors;
using CitrixOps.Simulator.Faults;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CitrixOps.Tests.Access.Sessions;

public sealed class UserSessionStopperTests
{
    private readonly List<UserSessionList> _kept = [];

    [Fact]
    public async Task Lists_all_kinds_on_both_nodes_with_who_and_from_where()
    {
        await using var lab = await SimulatedGateway.Start();

        var list = await new UserSessionReader(lab.Gateway).ListAsync(null, CancellationToken.None);

        Assert.True(list.IsComplete);
        Assert.Equal(lab.Host.Nodes.Select(n => n.Address), list.Nodes);
        var first = list.Sessions.Where(s => s.Node == list.Nodes[0]).ToList();
        Assert.Equal([12, 7, 1, 2], UserSessionKinds().Select(k => first.Count(s => s.Kind == k)));
        Assert.Equal(2, first.Count(s => s.Transport == "UDP"));
        Assert.All(list.Sessions, s => Assert.True(s.UserName.Length > 0 && s.SourceAddress.StartsWith("198.51.100.", StringComparison.Ordinal) && s.SourcePort > 0 && s.DestinationAddress.Length > 0, s.ToString()));
        Assert.Equal("198.51.100.23", first.First(s => s.UserName == "abakker1").SourceAddress);
    }

    [Fact]
    public async Task Ends_all_kinds_on_both_nodes_and_looks()
    {
        await using var lab = await Both();

        var result = await Stop(lab, UserSessionSelection.All);

        Assert.True(result.Verified);
        Assert.Empty(result.Problems);
        Assert.Equal((result.Found, 0, 0), (result.Ended, result.Remaining, result.Appeared));
        Assert.Equal(result.Found, result.Aaa + result.Ica + result.Pcoip + result.Rdp);
        Assert.All(lab.Host.Nodes, n => Assert.Equal(3, n.UserSessions));
        Assert.All(lab.Host.Nodes, n => Assert.Equal(1, n.Counters.Of("POST aaasession?action=kill")));
        Assert.Equal(result.Found, Assert.Single(_kept).Sessions.Count);
        Assert.True(lab.Host.Nodes.Sum(n => n.Counters.Requests) <= 60, lab.Host.Nodes[0].Counters.ToString());
    }

    [Fact]
    public async Task Ends_only_the_user_that_is_meant()
    {
        await using var lab = await SimulatedGateway.Start();

        var result = await Stop(lab, new UserSessionSelection { User = u => u == "abakker3" });

        Assert.Equal(1, result.Ended);
        var left = await new UserSessionReader(lab.Gateway).ListAsync(null, CancellationToken.None);
        Assert.DoesNotContain(left.Sessions, s => s.UserName == "abakker3");
        Assert.Equal(11, left.Sessions.Count(s => s.Kind == UserSessionKind.Aaa && s.Node == left.Nodes[0]));
    }

    [Fact]
    public async Task Ends_only_the_kind_that_is_meant()
    {
        await using var lab = await SimulatedGateway.Start();

        var result = await Stop(lab, new UserSessionSelection { Kinds = [UserSessionKind.Ica] });

        Assert.Equal((0, 0, 0), (result.Aaa, result.Pcoip, result.Rdp));
        Assert.True(result.Ica > 0 && result.Verified);
        Assert.Equal(0, lab.Host.Nodes[0].Counters.Of("POST aaasession?action=kill"));
    }

    [Theory]
    [InlineData(2653)]
    [InlineData(2657)]
    public async Task Waits_while_another_kill_is_pending(int code)
    {
        await using var lab = await SimulatedGateway.Start();
        lab.Host.Nodes[0].Faults.Add(new Fault { Kind = FaultKind.ErrorCode, Code = code, Action = "kill", Times = 3 });

        var result = await Stop(lab, UserSessionSelection.All);

        Assert.True(result.Verified);
        Assert.Equal(3, lab.Host.Nodes[0].UserSessions);
    }

    [Fact]
    public async Task Says_so_where_a_kill_stays_pending()
    {
        await using var lab = await SimulatedGateway.Start();
        lab.Host.Nodes[0].Faults.Add(new Fault { Kind = FaultKind.ErrorCode, Code = 2653, Type = "rdpconnections", Action = "kill", Times = 0 });

        var result = await Stop(lab, UserSessionSelection.All);

        Assert.False(result.Verified);
        Assert.Equal(2, result.Remaining);
        Assert.All(result.StillThere, s => Assert.Equal(UserSessionKind.Rdp, s.Kind));
        Assert.Contains(result.Problems, p => p.Id == "SessionsRemain");
    }

    [Theory]
    [InlineData(FaultKind.LoseResponse)]
    [InlineData(FaultKind.CutBody)]
    [InlineData(FaultKind.KillSession)]
    [InlineData(FaultKind.Refuse)]
    public async Task An_answer_that_goes_wrong_does_not_leave_sessions(FaultKind kind)
    {
        await using var lab = await SimulatedGateway.Start();
        lab.Host.Nodes[0].Faults.Add(new Fault { Kind = kind, Type = "vpnicaconnection", Action = "kill" });
        lab.Host.Nodes[1].Faults.Add(new Fault { Kind = kind, Type = "aaasession", Method = "GET", After = 1 });

        var result = await Stop(lab, UserSessionSelection.All);

        Assert.True(result.Verified, string.Join("; ", result.Problems));
        Assert.Equal(0, result.Remaining);
    }

    [Fact]
    public async Task What_cannot_be_listed_is_not_ended_unrecorded()
    {
        await using var lab = await Both();
        lab.Host.Nodes[0].Faults.Add(new Fault { Kind = FaultKind.ErrorCode, Code = 257, Type = "aaasession", Method = "GET", Times = 0 });

        var result = await Stop(lab, UserSessionSelection.All);

        Assert.Contains(result.Problems, p => p.Id == "SessionsNotListed");
        Assert.Equal(0, lab.Host.Nodes[0].Counters.Of("POST aaasession?action=kill"));
        Assert.Equal(1, lab.Host.Nodes[1].Counters.Of("POST aaasession?action=kill"));
        Assert.Equal(1, lab.Host.Nodes[0].Counters.Of("POST vpnicaconnection?action=kill"));
        Assert.False(result.Verified);

        var forced = await Stop(lab, new UserSessionSelection { EvenUnlisted = true });
        Assert.Equal(1, lab.Host.Nodes[0].Counters.Of("POST aaasession?action=kill"));
        Assert.False(forced.Verified);
    }

    [Fact]
    public async Task A_node_that_cannot_be_reached_does_not_stop_the_other()
    {
        await using var lab = await SimulatedGateway.Start();
        lab.Host.Nodes[1].Faults.Add(new Fault { Kind = FaultKind.Refuse, Times = 0 });

        var result = await Stop(lab, UserSessionSelection.All);

        Assert.Equal(3, lab.Host.Nodes[0].UserSessions);
        Assert.False(result.Verified);
        Assert.Contains(result.Problems, p => p.Message.Contains(lab.Host.Nodes[1].Address, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_ended_where_the_record_cannot_be_written()
    {
        await using var lab = await SimulatedGateway.Start();
        using var folder = new TemporaryFolder();
        var list = await new UserSessionReader(lab.Gateway).ListAsync(null, CancellationToken.None);
        var taken = Path.Combine(folder.Path, "taken");
        File.WriteAllText(taken, "a file, no folder");

        var e = await Assert.ThrowsAsync<CitrixOpsException>(() => new UserSessionStopper(lab.Gateway).StopAsync(list, UserSessionSelection.All, l => UserSessionRecord.Write(UserSessionRecord.PathFor(taken, l), l), CancellationToken.None));

        Assert.Equal("SessionsNotRecorded", e.Problem.Id);
        Assert.All(lab.Host.Nodes, n => Assert.Equal(0, n.Counters.Writes));
    }

    [Fact]
    public async Task The_record_is_whole_and_readable_by_others()
    {
        await using var lab = await SimulatedGateway.Start();
        using var folder = new TemporaryFolder();
        var list = await new UserSessionReader(lab.Gateway).ListAsync(null, CancellationToken.None);
        var path = UserSessionRecord.PathFor(folder.Path, list);

        var hash = UserSessionRecord.Write(path, list);

        var record = JObject.Parse(File.ReadAllText(path));
        Assert.Equal(list.Sessions.Count, ((JArray)record["sessions"]!).Count);
        Assert.Equal("abakker1", (string?)record["sessions"]![0]!["userName"]);
        Assert.Equal("198.51.100.23", (string?)record["sessions"]![0]!["sourceAddress"]);
        Assert.Equal(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))), hash, ignoreCase: true);
        Assert.Equal([path], Directory.GetFiles(folder.Path));
        Assert.NotEqual(path, UserSessionRecord.PathFor(folder.Path, list));
        Assert.Throws<CitrixOpsException>(() => UserSessionRecord.Write(path, list));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public async Task The_other_node_is_only_told_to_end_what_it_has()
    {
        await using var lab = await Both();
        await Stop(lab, UserSessionSelection.All);
        int Kills(int node) => UserSessionKinds().Zip(["aaasession", "vpnicaconnection", "vpnpcoipconnection", "rdpconnections"]).Sum(k => lab.Host.Nodes[node].Counters.Of($"POST {k.Second}?action=kill"));
        var before = (Kills(0), Kills(1), lab.Host.Nodes.Sum(n => n.Counters.Requests));

        var again = await Stop(lab, UserSessionSelection.All);

        Assert.True(again.Verified);
        Assert.Equal((before.Item1 + 4, before.Item2), (Kills(0), Kills(1)));
        Assert.Equal(before.Item3 + 23, lab.Host.Nodes.Sum(n => n.Counters.Requests));
    }

    [Theory]
    [InlineData(1067)]
    [InlineData(356)]
    [InlineData(1232)]
    public async Task What_a_gateway_cannot_have_is_neither_ended_nor_asked_for_again(int code)
    {
        await using var lab = await SimulatedGateway.Start();
        var faults = lab.Host.Nodes.Select(_ => new Fault { Kind = FaultKind.ErrorCode, Code = code, Type = "rdpconnections", Times = 0 }).ToArray();
        foreach (var (node, fault) in lab.Host.Nodes.Zip(faults))
        {
            node.Faults.Add(fault);
        }

        var result = await Stop(lab, UserSessionSelection.All);

        Assert.True(result.Verified);
        Assert.All(faults, f => Assert.Equal(1, f.Seen));
    }

    [Fact]
    public async Task Sessions_that_move_to_the_other_node_are_ended_there()
    {
        await using var lab = await SimulatedGateway.Start();
        var list = await new UserSessionReader(lab.Gateway).ListAsync(null, CancellationToken.None);
        lab.Host.Nodes[1].TakeUserSessions(lab.Host.Nodes[0]);
        lab.Host.Failover();

        var result = await new UserSessionStopper(lab.Gateway) { Pauses = [TimeSpan.Zero] }.StopAsync(list, UserSessionSelection.All, _kept.Add, CancellationToken.None);

        Assert.True(result.Verified);
        Assert.All(lab.Host.Nodes, n => Assert.Equal(3, n.UserSessions));
    }

    [Fact]
    public async Task Persistence_is_recorded_and_cleared_where_that_is_asked_for()
    {
        await using var lab = await Both();

        var result = await Stop(lab, new UserSessionSelection { ClearPersistence = true });

        Assert.All(lab.Host.Nodes, n => Assert.Equal(0, n.UserSessions));
        Assert.Equal(6, result.PersistenceCleared);
        Assert.Equal(("lb_storefront", "198.51.100.24", "10.1.5.30"), _kept[0].Persistence.Select(p => (p.VirtualServer, p.SourceAddress, p.DestinationAddress)).First());
    }

    [Fact]
    public async Task Persistence_that_is_not_shown_is_not_cleared_unrecorded()
    {
        await using var lab = await Both();
        lab.Host.Nodes[0].Faults.Add(new Fault { Kind = FaultKind.ErrorCode, Code = 257, Type = "lbpersistentsessions", Method = "GET", Times = 0 });

        var result = await Stop(lab, new UserSessionSelection { ClearPersistence = true });

        Assert.Contains(result.Problems, p => p.Message.Contains("lbpersistentsessions", StringComparison.Ordinal) || p.Id == "NotAuthorised");
        Assert.Equal([3, 0], lab.Host.Nodes.Select(n => n.UserSessions));
        Assert.Equal(3, result.PersistenceCleared);
    }

    [Fact]
    public async Task Who_logged_on_while_it_was_asked_is_recorded_before_anything_is_ended()
    {
        await using var lab = await SimulatedGateway.Start();
        var list = await new UserSessionReader(lab.Gateway).ListAsync(null, CancellationToken.None);
        var earlier = list with { Sessions = list.Sessions.Where(s => s.Kind != UserSessionKind.Aaa).ToArray() };
        var kept = new List<(int Sessions, int Kills)>();

        var result = await new UserSessionStopper(lab.Gateway) { Pauses = [TimeSpan.Zero] }.StopAsync(
            earlier, UserSessionSelection.All, l => kept.Add((l.Sessions.Count, lab.Host.Nodes[0].Counters.Of("POST aaasession?action=kill"))), CancellationToken.None);

        Assert.Equal([(list.Sessions.Count, 0)], kept);
        Assert.Equal((list.Sessions.Count, list.Sessions.Count, 0), (result.Found, result.Ended, result.Appeared));
    }

    [Fact]
    public async Task Who_came_up_meanwhile_is_recorded_before_being_ended()
    {
        await using var lab = await SimulatedGateway.Start();
        var list = await new UserSessionReader(lab.Gateway).ListAsync(null, CancellationToken.None);
        var earlier = list with { Sessions = list.Sessions.Where(s => s.Kind != UserSessionKind.Rdp).ToArray() };
        lab.Host.Nodes[0].Faults.Add(new Fault { Kind = FaultKind.ErrorCode, Code = 257, Type = "rdpconnections", Action = "kill" });

        var result = await new UserSessionStopper(lab.Gateway) { Pauses = [TimeSpan.Zero, TimeSpan.Zero] }.StopAsync(earlier, UserSessionSelection.All, _kept.Add, CancellationToken.None);

        Assert.Equal(2, _kept.Count);
        Assert.Equal(2, _kept[1].Sessions.Count(s => s.Kind == UserSessionKind.Rdp));
        Assert.Equal((20, 20, 0), (result.Found, result.Ended, result.Appeared));
        Assert.Equal(3, lab.Host.Nodes[0].UserSessions);
    }

    private static Task<SimulatedGateway> Both() => SimulatedGateway.Start(prepare: h => h.Nodes[1].TakeUserSessions(h.Nodes[0]));

    private static UserSessionKind[] UserSessionKinds() => [UserSessionKind.Aaa, UserSessionKind.Ica, UserSessionKind.Pcoip, UserSessionKind.Rdp];

    private async Task<UserSessionStop> Stop(SimulatedGateway lab, UserSessionSelection selection)
    {
        var list = await new UserSessionReader(lab.Gateway).ListAsync(null, CancellationToken.None);
        return await new UserSessionStopper(lab.Gateway) { Pauses = [.. Enumerable.Repeat(TimeSpan.FromMilliseconds(1), 5)] }.StopAsync(list, selection, _kept.Add, CancellationToken.None);
    }
}
