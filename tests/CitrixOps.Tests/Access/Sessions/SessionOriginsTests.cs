using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Access.Sessions;
using CitrixOps.Simulator.Faults;
using CitrixOps.Simulator.Hosting;
using Newtonsoft.Json.Linq;
using Xunit;

namespace CitrixOps.Tests.Access.Sessions;

/// <summary>Since when sessions are there, as far as ns.log says so.</summary>
public sealed class SessionOriginsTests
{
    [Fact]
    public async Task Logons_and_starts_of_ica_tell_since_when_and_the_rest_is_unknown()
    {
        await using var lab = await SimulatedGateway.Start();
        Log(lab.Host, Login("06:10:00", "abakker1", "198.51.100.23", 71), Login("06:20:00", "cdevries1", "198.51.100.24", 72), Login("06:21:00", "hsmit1", "198.51.100.27", 73), Login("06:22:00", "gvisser", "198.51.100.26", 74), Ica("06:30:00", "cdevries1", "198.51.100.24:51000", "c1"));

        var sessions = await Dated(lab);

        Assert.Equal(("2026-11-24T06:10:00Z", SinceSource.SessionRecord), Of(sessions, "abakker1"));
        Assert.Equal(("2026-11-24T06:30:00Z", SinceSource.SessionRecord), Of(sessions, "cdevries1"));
        Assert.Equal(("2026-11-24T06:21:00Z", SinceSource.UserLogon), Of(sessions, "hsmit1"));
        Assert.Equal(("2026-11-24T06:22:00Z", SinceSource.UserLogon), Of(sessions, "gvisser"));
        Assert.Equal(("unknown", SinceSource.Unknown), Of(sessions, "abakker2"));
        Assert.Matches("^no record of it in ns.log from 2026-1[01]-", sessions.First(s => s.UserName == "abakker2").SinceDetail);
    }

    [Fact]
    public async Task What_ended_or_came_from_elsewhere_is_not_taken_for_it()
    {
        await using var lab = await SimulatedGateway.Start();
        Log(
            lab.Host,
            Login("06:10:00", "abakker1", "198.51.100.23", 71),
            Logout("06:15:00", "abakker1", "198.51.100.23", 71),
            Login("06:16:00", "abakker2", "198.51.100.99", 72),
            Login("06:17:00", "abakker3", "198.51.100.23", 73),
            Logout("06:18:00", "abakker3", "198.51.100.23", 73),
            Login("06:40:00", "abakker3", "198.51.100.23", 73),
            Ica("06:41:00", "cdevries1", "198.51.100.24:51000", "c1"),
            Ica("06:42:00", "cdevries1", "198.51.100.24:51000", "c1", end: true));

        var sessions = await Dated(lab);

        Assert.Equal("unknown", Of(sessions, "abakker1").Since);
        Assert.Equal("unknown", Of(sessions, "abakker2").Since);
        Assert.Equal("2026-11-24T06:40:00Z", Of(sessions, "abakker3").Since);
        Assert.Equal("unknown", Of(sessions, "cdevries1").Since);
    }

    [Fact]
    public async Task Logs_that_were_turned_over_are_read_newest_first_as_far_as_is_needed()
    {
        await using var lab = await SimulatedGateway.Start();
        var node = lab.Host.Nodes[0];
        foreach (var old in node.Files().Where(f => f.StartsWith("/var/log/ns.log", StringComparison.Ordinal)).ToArray())
        {
            node.PutFile(old, []);
        }

        Log(lab.Host, Login("06:50:00", "abakker2", "198.51.100.23", 80), Logout("06:55:00", "abakker3", "198.51.100.23", 81));
        node.PutFile("/var/log/ns.log.0.gz", Compressed(Login("05:10:00", "abakker1", "198.51.100.23", 71) + "\n" + Login("05:11:00", "abakker3", "198.51.100.23", 81) + "\n" + Login("05:12:00", "abakker2", "198.51.100.23", 80) + "\n"));

        var sessions = await Dated(lab);

        Assert.Equal("2026-11-24T05:10:00Z", Of(sessions, "abakker1").Since);
        Assert.Equal("2026-11-24T06:50:00Z", Of(sessions, "abakker2").Since);
        Assert.Equal("unknown", Of(sessions, "abakker3").Since);
        var few = await new SessionOrigins(lab.Gateway) { MostFiles = 1 }.AddAsync(await List(lab), CancellationToken.None);
        Assert.Null(few.Sessions.First(s => s.UserName == "abakker1").Since);
    }

    [Fact]
    public async Task Several_sessions_of_one_user_from_one_address_have_the_newest_logons()
    {
        await using var lab = await SimulatedGateway.Start();
        Log(lab.Host, Login("06:10:00", "abakker1", "198.51.100.23", 71), Login("06:11:00", "abakker1", "198.51.100.23", 72));
        var one = (await List(lab)).Sessions.First(s => s.UserName == "abakker1");

        var list = await new SessionOrigins(lab.Gateway).AddAsync((await List(lab)) with { Sessions = [one, one with { SourcePort = 2 }, one with { SourcePort = 3 }] }, CancellationToken.None);

        Assert.Equal(["2026-11-24T06:11:00Z", "2026-11-24T06:10:00Z", "unknown"], list.Sessions.Select(Since));
    }

    [Fact]
    public async Task A_log_that_cannot_be_read_makes_it_unknown_and_hinders_nothing()
    {
        await using var lab = await SimulatedGateway.Start();
        using var folder = new TemporaryFolder();
        lab.Host.Nodes[0].Faults.Add(new Fault { Kind = FaultKind.ErrorCode, Code = 257, Type = "systemfile", Method = "GET", Times = 0 });
        var list = await List(lab);
        var path = "";

        var result = await new UserSessionStopper(lab.Gateway).StopAsync(list, UserSessionSelection.All, l => UserSessionRecord.Write(path = UserSessionRecord.PathFor(folder.Path, l), l), CancellationToken.None);

        Assert.True(result.Verified);
        Assert.All(result.Sessions.Where(s => s.Node == list.Nodes[0]), s => Assert.StartsWith("ns.log was not read: ", s.SinceDetail, StringComparison.Ordinal));
        Assert.Contains((JArray)JObject.Parse(File.ReadAllText(path))["sessions"]!, s => (string?)s["since"] == "unknown" && ((string)s["sinceDetail"]!).Length > 0);
    }

    [Fact]
    public async Task The_record_before_a_kill_says_since_when()
    {
        await using var lab = await SimulatedGateway.Start();
        Log(lab.Host, Login("06:10:00", "abakker1", "198.51.100.23", 71));
        UserSessionList? kept = null;

        var result = await new UserSessionStopper(lab.Gateway).StopAsync(
            await List(lab),
            UserSessionSelection.All,
            l =>
            {
                kept = l;
                Assert.Equal(0, lab.Host.Nodes.Sum(n => n.Counters.Writes));
            },
            CancellationToken.None);

        Assert.Equal("2026-11-24T06:10:00Z", Of(kept!.Sessions, "abakker1").Since);
        Assert.Equal("2026-11-24T06:10:00Z", Of(result.Sessions, "abakker1").Since);
    }

    private static Task<UserSessionList> List(SimulatedGateway lab) => new UserSessionReader(lab.Gateway).ListAsync(null, CancellationToken.None);

    private static async Task<IReadOnlyList<UserSession>> Dated(SimulatedGateway lab) => (await new SessionOrigins(lab.Gateway).AddAsync(await List(lab), CancellationToken.None)).Sessions.Where(s => s.Node == lab.Host.Nodes[0].Address).ToArray();

    private static (string Since, SinceSource Source) Of(IReadOnlyList<UserSession> sessions, string user) => sessions.Where(s => s.UserName == user).Select(s => (Since(s), s.SinceSource)).First();

    private static string Since(UserSession session) => session.Since?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture) ?? "unknown";

    private static void Log(SimulatorHost host, params string[] lines) => lines.ToList().ForEach(l => host.Nodes[0].AppendLine("/var/log/ns.log", l));

    private static string Line(string time, string text) => $"Nov 24 07:00:00 <local0.info> 192.0.2.10  11/24/2026:{time} GMT gw-1 0-PPE-0 : default {text}";

    private static string Login(string time, string user, string address, int id) => Line(time, $"SSLVPN LOGIN 100{id} 0 :  Context {user}@{address} - SessionId: {id} - User {user} - Client_ip {address} - Nat_ip \"Mapped Ip\" - Vserver 203.0.113.10:443 - Browser_type \"Mozilla/5.0\" - SSLVPN_client_type ICA - Group(s) \"N/A\"");

    private static string Logout(string time, string user, string address, int id) => Line(time, $"SSLVPN LOGOUT 200{id} 0 :  Context {user}@{address} - SessionId: {id} - User {user} - Client_ip {address} - Nat_ip \"Mapped Ip\" - Vserver 203.0.113.10:443 - Duration 00:05:00 - LogoutMethod \"TimedOut\" - Group(s) \"N/A\"");

    private static string Ica(string time, string user, string source, string id, bool end = false) => Line(time, $"ICA {(end ? "ICAEND_CONNSTAT" : "ICASTART")} 300 0 :  Source {source} - Destination 10.1.5.20:2598 - customername  - username:domainname {user}:RAADHUIS - applicationName Desktop - startTime \"11/24/2026:{time} GMT\" - connectionId {id}");

    private static byte[] Compressed(string text)
    {
        using var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.ASCII.GetBytes(text));
        }

        return result.ToArray();
    }
}
