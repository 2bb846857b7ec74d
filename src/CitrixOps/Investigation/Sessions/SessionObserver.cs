using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Investigation.Hunting;
using CitrixOps.Logs;

namespace CitrixOps.Investigation.Sessions;

/// <summary>
/// Follows the sessions of ns.log over all nodes and files of a gateway. Logins count whenever they were; uses count inside the window.
/// What is kept does not depend on the order of the files, and is bounded.
/// </summary>
internal sealed class SessionObserver : LogObserver
{
    private const int MostNetworks = 50_000;
    private const int MostCandidates = 20_000;
    private static readonly byte[] Vpn = { (byte)'S', (byte)'S', (byte)'L', (byte)'V', (byte)'P', (byte)'N', (byte)' ' };
    private static readonly byte[] Aaa = { (byte)' ', (byte)'A', (byte)'A', (byte)'A' };
    private static readonly byte[] Ica = { (byte)' ', (byte)'I', (byte)'C', (byte)'A' };
    private static readonly string[] Scripts = { "python", "curl", "go-http", "wget", "okhttp", "httpx", "libwww", "aiohttp" };

    private readonly ParsedLine _line = new();
    private readonly SearchWindow _window;

    private readonly JoinedRecords _records;

    public SessionObserver(SearchWindow window) => (_window, _records) = (window, new JoinedRecords(One));

    public LoginIndex Logins { get; } = new();

    public OpenSessions Sessions { get; } = new();

    public MemoryLeaks Leaks { get; } = new();

    public Dictionary<ClientAddress, ForeignUse> Foreign { get; } = new();

    /// <summary>Users who were in two distant networks within minutes.</summary>
    public Dictionary<ulong, (string Name, LoginIndex.Stay Here, LoginIndex.Stay There, Evidence Evidence)> Travels { get; } = new();

    /// <summary>Scripted clients by network: how many users, and one of the logins.</summary>
    public Dictionary<ClientAddress, (HashSet<ulong> Users, Evidence Evidence)> Scripted { get; } = new();

    /// <summary>Sessions that ended and said when they began, without a login so far.</summary>
    public List<(Session Session, ulong User, string Name, ClientAddress Client, DateTimeOffset Began)> Unopened { get; } = new();

    public long Moved { get; private set; }

    public long Translated { get; private set; }

    public long Dropped { get; private set; }

    public long Ended { get; private set; }

    public override bool Reads(string logType) => logType == LogTypes.NsLog;

    public override bool Wants(ReadOnlySpan<byte> line) => line.IndexOf(Vpn) >= 0 || line.IndexOf(Aaa) >= 0 || line.IndexOf(Ica) >= 0;

    public override LineNotes NewNotes() => new SessionNotes(this);

    public override void Observe(LogRecord record, in LineContext context) => _records.Each(record, context);

    private void One(LogRecord record, in LineContext context)
    {
        if (!SessionEvent.TryRead(record, out var what) || context.Time is not { } time)
        {
            return;
        }

        if (what.Event is "Message" or "LOGIN_FAILED")
        {
            if (_window.Contains(time))
            {
                Refused(record, context, what.Event);
            }

            return;
        }

        if (what.User.Length == 0)
        {
            return;
        }

        var (use, line) = (what.Use, _line.Of(record, context));
        if (what.Event == "LOGIN")
        {
            Login(what, use, line, time);
            return;
        }

        if (what.Event == "LOGOUT" && !use.IsIca)
        {
            Logout(what, use, line, time);
        }

        Used(use, time, line);
    }

    /// <summary>A session is used.</summary>
    public void Used(in SessionUse what, DateTimeOffset time, ObservedLine line)
    {
        var session = what.IsIca ? null : Sessions.Of(what.User, what.Session);
        if (what.Source is { } source)
        {
            Traffic(what, session ?? new Session(), source, time, line);
        }
    }

    public override void Complete(HuntContext hunt) => new SessionJudge(this, hunt).Run();

    private void Refused(LogRecord record, in LineContext context, string kind)
    {
        if (kind == "Message")
        {
            Leaks.Message(record, context);
        }
        else
        {
            Leaks.Failed(record, context);
        }
    }

    private void Login(in SessionEvent what, in SessionUse use, ObservedLine line, DateTimeOffset time)
    {
        var session = use.IsIca ? new Session() : Sessions.Of(use.User, use.Session);
        session.Login = true;
        session.Forwarded = what.Forwarded ?? session.Forwarded;
        if (what.Client is not { } client)
        {
            return;
        }

        Travel(use.User, client, time, login: true, line);
        if (what.Forwarded is { } forwarded)
        {
            foreach (var address in forwarded)
            {
                Logins.Add(use.User, address, time, login: true);
            }
        }

        var agent = line.Record["Browser_type"] ?? line.Record["Browser"] ?? "";
        if (_window.Contains(time) && Array.Exists(Scripts, s => agent.StartsWith(s, StringComparison.OrdinalIgnoreCase)))
        {
            if (!Scripted.TryGetValue(client.Network, out var seen) && Scripted.Count < MostNetworks)
            {
                Scripted[client.Network] = seen = (new HashSet<ulong>(), line.Evidence());
            }

            if (seen.Users is { Count: < 100 })
            {
                seen.Users.Add(use.User);
            }
        }
    }

    private void Logout(in SessionEvent what, in SessionUse use, ObservedLine line, DateTimeOffset time)
    {
        Ended++;
        var session = Sessions.Of(use.User, use.Session);
        if (!session.Login && what.Client is { } client && Duration(line.Record["Duration"]) is { } duration && Unopened.Count < MostCandidates && _window.Contains(time))
        {
            session.Began = line.Evidence();
            Unopened.Add((session, use.User, what.User, client, time - duration));
        }
    }

    private void Traffic(in SessionUse what, Session session, ClientAddress source, DateTimeOffset time, ObservedLine line)
    {
        if (source.IsPrivate && (what.IsIca || what.Client is { IsPrivate: false }))
        {
            Translated++;
            return;
        }

        if (session.Forwarded is not { } proxies || !proxies.Contains(source))
        {
            Travel(what.User, source, time, login: false, line);
        }

        session.Seen(source.Network, time);
        var client = what.Client ?? (what.IsIca ? default : source);
        if (!what.IsIca && (source.Equals(client) || source.Network.Equals(client.Network)))
        {
            Moved += source.Equals(client) ? 0 : 1;
            return;
        }

        // an ICA record does not name the session's client: it is compared with the user's logins in the end
        if (!_window.Contains(time) || (what.IsIca && Logins.LoggedIn(what.User, source)))
        {
            return;
        }

        if (!Foreign.TryGetValue(source.Network, out var use))
        {
            if (Foreign.Count >= MostNetworks)
            {
                Dropped++;
                return;
            }

            Foreign[source.Network] = use = new ForeignUse(source);
        }

        use.Add(what, session, client, source, line, time);
    }

    private void Travel(ulong user, ClientAddress address, DateTimeOffset time, bool login, ObservedLine line)
    {
        var (here, there) = Logins.Add(user, address, time, login);
        if (here is not null && there is not null && !address.IsPrivate && !there.Network.IsPrivate && Travels.Count < MostCandidates && !Travels.ContainsKey(user) && _window.Contains(time))
        {
            Travels[user] = (SessionEvent.NameIn(line.Record), here, there, line.Evidence());
        }
    }

    // 26:10:11 is more than a day
    private static TimeSpan? Duration(string? text)
    {
        var parts = (text ?? "").Trim().Split(':');
        return parts.Length == 3 && int.TryParse(parts[0], out var hours) && int.TryParse(parts[1], out var minutes) && int.TryParse(parts[2], out var seconds) && hours is >= 0 and < 10_000
            ? new TimeSpan(hours, minutes, seconds)
            : null;
    }
}
