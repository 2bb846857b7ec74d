using System;
using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.SampleCases;

/// <summary>
/// A month of sessions as ns.log shows them: people at home, in the office behind one address, on the move, with IPv6 beside IPv4, with a
/// provider that changes addresses, a monitoring probe. A <see cref="CaseKind.Bleed"/> adds what a thief of sessions leaves.
/// </summary>
internal sealed class SessionTraffic(CaseOptions options)
{
    /// <summary>The address that replays stolen sessions.</summary>
    public const string Thief = "192.0.2.177";

    private const string Office = "203.0.113.50";
    private readonly Random _random = new(options.Seed + 7);
    private int _message = 500_000;

    public IEnumerable<Line> NsLog()
    {
        if (options.SessionUsers == 0)
        {
            yield break;
        }

        var lines = Ordinary().Concat(options.Kind == CaseKind.Bleed ? Theft() : []);
        foreach (var line in lines.Where(l => options.ActiveFrom is not { } from || l.Time >= from).Where(l => options.ActiveUntil is not { } until || l.Time < until))
        {
            yield return line;
        }
    }

    private IEnumerable<Line> Ordinary()
    {
        var id = 20_000;
        for (var day = new DateTimeOffset(options.From.Date, options.From.Offset).AddDays(1); day < options.CollectedAt.AddDays(-1); day = day.AddDays(1))
        {
            for (var user = 0; user < options.SessionUsers; user++)
            {
                var session = new Opened("user" + user, id++, Place(user, day), day.AddHours(7).AddSeconds(_random.Next(3 * 3600)));
                foreach (var line in Day(session, user))
                {
                    yield return line;
                }
            }

            for (var hour = 0; hour < 24; hour++)
            {
                var probe = new Opened("probe", id++, "203.0.113.201", day.AddHours(hour).AddMinutes(4));
                yield return Login(probe, "python-requests/2.31.0");
                yield return Logout(probe, probe.At.AddSeconds(3));
            }

            yield return Ns(day.AddHours(9), "AAA LOGIN_FAILED", "User j\u00e9r\u00f4me - Client_ip 203.0.113.77 - Failure_reason \"External authentication server denied access\" - Browser Mozilla/5.0");
            yield return Ns(day.AddHours(9), "AAA Message", "\"Authentication is rejected for j\u00e9r\u00f4me (client ip : 203.0.113.77  , vserver ip: 203.0.113.10), extended error, if any : \"");
        }
    }

    private IEnumerable<Line> Day(Opened session, int user)
    {
        yield return Login(session, "Mozilla/5.0 (Windows NT 10.0; Win64; x64)");
        var moves = _random.Next(6) == 0;
        for (var i = 1; i <= 6; i++)
        {
            var source = moves && i > 3 ? Mobile(user) : user % 9 == 4 && i % 2 == 0 ? $"[2001:db8:{user:x}::{i}]" : session.Client;
            yield return Traffic(session, session.At.AddMinutes((i * 40) + _random.Next(20)), source);
        }

        yield return Logout(session, session.At.AddHours(8).AddSeconds(_random.Next(3600)));
    }

    private IEnumerable<Line> Theft()
    {
        var night = new DateTimeOffset(2020, 1, 9, 2, 10, 0, options.From.Offset);
        for (var i = 0; i < 40; i++)
        {
            yield return Ns(night.AddSeconds(7 * i), "AAA Message", $"\"Authentication is rejected for \u00ff\u0081{(char)(0x80 + i)}\u0002\u00fe\u00c3( (client ip : {Thief}  , vserver ip: 203.0.113.10), extended error, if any : \"");
        }

        for (var user = 0; user < options.SessionUsers; user++)
        {
            var session = new Opened("user" + user, 60_000 + user, Place(user, night), night.AddHours(-6));
            yield return Login(session, "Mozilla/5.0 (Windows NT 10.0; Win64; x64)");
            yield return Traffic(session, night.AddMinutes(20 + user), Thief);
            yield return Traffic(session, night.AddMinutes(21 + user), Thief);
        }
    }

    // Mondays in the office; the provider moves a home to another network after a fortnight
    private string Place(int user, DateTimeOffset day) => day.DayOfWeek == DayOfWeek.Monday ? Office : $"198.18.{(user * 3) + (day.Day > 14 ? 1 : 0)}.{(user % 200) + 10}";

    // a mobile provider's few addresses, which people log in from too
    private string Mobile(int user) => $"198.19.{user % 2}.{_random.Next(10, 250)}";

    private Line Login(Opened s, string agent) => Ns(s.At, "SSLVPN LOGIN", $"Context {s.User}@{s.Client} - SessionId: {s.Id} - User {s.User} - Client_ip {s.Client} - Nat_ip \"Mapped Ip\" - Vserver 203.0.113.10:443 - Browser_type \"{agent}\" - SSLVPN_client_type ICA - Group(s) \"N/A\"");

    private Line Traffic(Opened s, DateTimeOffset end, string source) => Ns(end, "SSLVPN TCPCONNSTAT", $"Context {s.User}@{s.Client} - SessionId: {s.Id} - User {s.User} - Client_ip {s.Client} - Nat_ip 10.1.1.9 - Vserver 203.0.113.10:443 - Source {source}:{_random.Next(1024, 65_000)} - Destination 10.1.2.3:443 - Start_time \"{Stamps.NsLog(end.AddSeconds(-20))}\" - End_time \"{Stamps.NsLog(end)}\" - Duration 00:00:20  - Total_bytes_send 4011 - Total_bytes_recv 3625 - Access Allowed - Group(s) \"N/A\"");

    private Line Logout(Opened s, DateTimeOffset end) => Ns(end, "SSLVPN LOGOUT", $"Context {s.User}@{s.Client} - SessionId: {s.Id} - User {s.User} - Client_ip {s.Client} - Nat_ip \"Mapped Ip\" - Vserver 203.0.113.10:443 - Start_time \"{Stamps.NsLog(s.At)}\" - End_time \"{Stamps.NsLog(end)}\" - Duration {end - s.At:hh\\:mm\\:ss}  - Http_resources_accessed 0 - LogoutMethod \"Explicit\" - Group(s) \"N/A\"");

    private Line Ns(DateTimeOffset time, string what, string text) =>
        new(time, $"{Stamps.Syslog(time)} <local0.info> {options.Nsip}  {Stamps.NsLog(time)} {options.HostName} 0-PPE-0 : default {what} {_message++} 0 :  {text}");

    private sealed record Opened(string User, int Id, string Client, DateTimeOffset At);
}
