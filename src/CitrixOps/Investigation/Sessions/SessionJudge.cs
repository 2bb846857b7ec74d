using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Indicators.Heuristics;
using CitrixOps.Investigation.Hunting;
using CitrixOps.Logs;

namespace CitrixOps.Investigation.Sessions;

/// <summary>Grades what the sessions of a gateway show, once every login is known.</summary>
internal sealed class SessionJudge
{
    private const int ManyUsers = 10;
    private const int SomeUsers = 3;
    private const int FlipsAtOnce = 4;
    private const int MostLeads = 500;
    private static readonly TimeSpan Days = TimeSpan.FromDays(3);

    private readonly SessionObserver _seen;
    private readonly HuntContext _hunt;
    private readonly FindingCollector _collector;
    private long _proxies;
    private long _alsoLoggedIn;
    private long _leads;

    public SessionJudge(SessionObserver seen, HuntContext hunt)
    {
        _seen = seen;
        _hunt = hunt;
        _collector = hunt.Collector;
    }

    public void Run()
    {
        _seen.Leaks.Complete(_collector);
        var proxies = Proxies();
        foreach (var use in _seen.Foreign.Values.OrderBy(f => f.Address.ToString(), StringComparer.Ordinal))
        {
            Judge(use, proxies);
        }

        Unopened();
        Scripts();
        Travels(proxies);
        _collector.Exclude("records of sessions that moved within one /24 or /64", _seen.Moved);
        _collector.Exclude("records of sessions from private addresses: a translation or proxy in front hides the client", _seen.Translated);
        _collector.Exclude("sessions through proxies in front of the gateway (X-Forwarded-For): theft through the same proxy cannot be seen", _proxies);
        _collector.Exclude("sessions that moved to a network their user logged in from too", _alsoLoggedIn);
        _collector.Exclude("further sessions used from another network, not listed", Math.Max(0, _leads - MostLeads));
        _collector.Exclude("records too many to follow every session", _seen.Dropped + _seen.Logins.Dropped);
    }

    // a proxy carries a share of all users that no thief has
    private HashSet<ClientAddress> Proxies()
    {
        var users = _seen.Foreign.Values.SelectMany(f => f.Users).Where(u => u.Value.Session.Forwarded is not null).Select(u => u.Key).Distinct().Count();
        return new HashSet<ClientAddress>(_seen.Foreign
            .Where(f => f.Value.Users.Count(u => u.Value.Session.Forwarded is not null) is var through && through >= SomeUsers && through * 10 >= users)
            .Select(f => f.Key));
    }

    private void Judge(ForeignUse use, HashSet<ClientAddress> proxies)
    {
        var uses = new List<(ulong User, ForeignUse.UserUse Use)>();
        foreach (var pair in use.Users.OrderBy(u => u.Value.First).ThenBy(u => u.Value.Name, StringComparer.Ordinal))
        {
            var forwarded = pair.Value.Session.Forwarded;
            if (forwarded is not null && (forwarded.Contains(pair.Value.Source) || proxies.Contains(use.Address.Network)))
            {
                _proxies++;
            }
            else if (_seen.Logins.LoggedIn(pair.Key, use.Address))
            {
                _alsoLoggedIn++;
            }
            else if (!pair.Value.Ica || _seen.Logins.HasLogins(pair.Key))
            {
                uses.Add((pair.Key, pair.Value));
            }
        }

        if (uses.Count == 0)
        {
            return;
        }

        var logins = _seen.Logins.LoginsFrom(use.Address);
        if (logins == 0 && use.Addresses.FirstOrDefault(a => _collector.Attacked(a.ToString())) is var attacker && uses.Find(u => u.Use.Source.Equals(attacker) && !attacker.Equals(default)) is { Use: not null } taken)
        {
            Conclude(SessionHeuristics.Attacker, uses, taken.Use, logins);
            return;
        }

        // the same provider as a login of the user is roaming within it; ICA alone may be a gateway in front
        var far = uses.Where(u => !u.Use.Ica && !_seen.Logins.LoggedInNear(u.User, use.Address)).ToList();
        var together = Together(far);
        var heuristic = together.Count >= ManyUsers && logins < LoginIndex.UsersPerNetwork ? SessionHeuristics.ManyUsers
            : together.Count >= ManyUsers || (together.Count >= SomeUsers && logins < LoginIndex.UsersPerNetwork) ? SessionHeuristics.SomeUsers
            : null;
        if (heuristic is not null)
        {
            Conclude(heuristic, together, together[0].Use, logins);
            return;
        }

        Single(use, uses, far, logins);
    }

    // within three days, and two users or more to an address: a thief has few addresses, a mobile provider's pool has many
    private static List<(ulong User, ForeignUse.UserUse Use)> Together(List<(ulong User, ForeignUse.UserUse Use)> uses)
    {
        var best = new List<(ulong User, ForeignUse.UserUse Use)>();
        var end = 0;
        for (var start = 0; start < uses.Count; start++)
        {
            end = Math.Max(end, start);
            while (end < uses.Count && uses[end].Use.First - uses[start].Use.First <= Days)
            {
                end++;
            }

            if (end - start > best.Count)
            {
                best = uses.GetRange(start, end - start);
            }
        }

        return best.Select(u => u.Use.Source).Distinct().Count() * 2 <= best.Count ? best : new List<(ulong User, ForeignUse.UserUse Use)>();
    }

    private void Single(ForeignUse use, List<(ulong User, ForeignUse.UserUse Use)> uses, List<(ulong User, ForeignUse.UserUse Use)> far, int logins)
    {
        foreach (var one in uses)
        {
            var atOnce = one.Use.Session.Flips >= FlipsAtOnce && one.Use.Client.IsIPv4 == use.Address.IsIPv4 && logins < LoginIndex.UsersPerNetwork && far.Contains(one);
            var heuristic = atOnce ? SessionHeuristics.TwoPlaces : one.Use.Ica ? SessionHeuristics.ForeignIca : SessionHeuristics.OtherAddress;
            if (atOnce || ++_leads <= MostLeads)
            {
                Conclude(heuristic, new[] { one }, one.Use, logins);
            }
        }
    }

    private void Conclude(Heuristic heuristic, IReadOnlyCollection<(ulong User, ForeignUse.UserUse Use)> uses, ForeignUse.UserUse shown, int logins)
    {
        var names = string.Join(", ", uses.Take(5).Select(u => u.Use.Name)) + (uses.Count > 5 ? ", ..." : "");
        var (first, last) = (uses.Min(u => u.Use.First), uses.Max(u => u.Use.Last));
        var where = logins == 0 ? "nobody logged in from its network" : logins < LoginIndex.UsersPerNetwork ? "others logged in from its network" : "several others logged in from its network";
        var client = shown.Ica ? "" : FormattableString.Invariant($"; the first was opened from {shown.Client}");
        var reason = FormattableString.Invariant($"{shown.Source} used sessions of {uses.Count} {(uses.Count == 1 ? "user" : "users")} ({names}) between {first:yyyy-MM-dd HH:mm}Z and {last:yyyy-MM-dd HH:mm}Z{client}; none of them logged in from there, {where}.");
        var key = shown.Source.Network + "\0" + (uses.Count == 1 ? shown.Name : "") + "\0" + shown.Client;
        _collector.Conclude(heuristic, shown.Evidence, shown.Source.ToString(), reason, key);
    }

    private void Unopened()
    {
        var open = _seen.Unopened.Where(u => !u.Session.Login).ToList();
        if (open.Count == 0)
        {
            return;
        }

        // a pair of which one node was not searched, sessions that were forgotten, or a log that has few logins at all say nothing
        var nodes = new HashSet<string>(_hunt.Nodes.Select(n => n.Nsip ?? n.Node), StringComparer.Ordinal);
        var whole = !_seen.Sessions.Forgot && _hunt.Nodes.All(n => n.PeerAddress is null || nodes.Contains(n.PeerAddress)) && open.Count * 10 <= _seen.Ended;
        var logs = _hunt.Coverage.Where(c => c.LogType == LogTypes.NsLog && c.First is not null).ToList();
        long unsure = 0;
        foreach (var one in open)
        {
            var covered = logs.Any(l => l.First < one.Began.AddMinutes(-1) && !l.Gaps.Any(g => g.From <= one.Began && g.To >= one.Began));
            if (!whole || !covered || _seen.Logins.LoggedIn(one.User, one.Client))
            {
                unsure++;
                continue;
            }

            var name = SafeText.FromRecord(one.Name, 60);
            _collector.Conclude(SessionHeuristics.WithoutLogin, one.Session.Began!, one.Client.ToString(), FormattableString.Invariant($"The session of {name} began {one.Began:yyyy-MM-dd HH:mm}Z, which the log covers, and has no login."), name + "\0" + one.Client + "\0" + one.Began.UtcTicks);
        }

        _collector.Exclude("sessions without a login whose beginning the logs do not cover, or that may have opened on another node", unsure);
    }

    private void Scripts()
    {
        foreach (var pair in _seen.Scripted.OrderBy(s => s.Key.ToString(), StringComparer.Ordinal))
        {
            var users = pair.Value.Users.Count;
            _collector.Conclude(users > 1 ? SessionHeuristics.ScriptedUsers : SessionHeuristics.Scripted, pair.Value.Evidence, pair.Key.ToString(), FormattableString.Invariant($"{users} {(users == 1 ? "user" : "users")} from the network {pair.Key}."), pair.Key.ToString());
        }
    }

    private void Travels(HashSet<ClientAddress> proxies)
    {
        foreach (var travel in _seen.Travels.Values.Where(t => !proxies.Contains(t.Here.Network) && !proxies.Contains(t.There.Network)).Where(t => t.Here.Length < TimeSpan.FromHours(1) || t.There.Length < TimeSpan.FromHours(1)).OrderBy(t => t.Name, StringComparer.Ordinal).Take(MostLeads))
        {
            _collector.Conclude(SessionHeuristics.TwoNetworks, travel.Evidence, travel.Here.Network.ToString(), FormattableString.Invariant($"{travel.Name} was active from the networks {travel.There.Network} and {travel.Here.Network} within ten minutes."), travel.Name);
        }
    }
}
