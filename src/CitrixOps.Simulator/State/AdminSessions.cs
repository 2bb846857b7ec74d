using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using CitrixOps.Simulator.Wire;

namespace CitrixOps.Simulator.State;

/// <summary>The sessions of administrators on one node, with the limits of the box.</summary>
internal sealed class AdminSessions
{
    private readonly List<AdminSession> _sessions = [];
    private readonly Dictionary<string, (int Failures, DateTimeOffset Until)> _failures = new(StringComparer.Ordinal);
    private int _next;
    private int _expired;

    /// <summary>Connections the box has at once, for CLI, GUI and API together.</summary>
    public int MaximumClients { get; set; } = 20;

    public IReadOnlyList<AdminSession> All => _sessions;

    /// <summary>How many were opened, ever.</summary>
    public int Opened { get; private set; }

    /// <summary>The most that were open at one time.</summary>
    public int Peak { get; private set; }

    public AdminSession Open(string user, TimeSpan timeout, int userLimit, string client, DateTimeOffset now, bool transient)
    {
        Expire(now);
        if (_sessions.Count >= MaximumClients)
        {
            throw new NitroError(446);
        }

        if (_sessions.Count(s => s.User == user) >= userLimit)
        {
            throw new NitroError(445);
        }

        var session = new AdminSession
        {
            Id = ++_next,
            Token = "##" + Convert.ToHexString(RandomNumberGenerator.GetBytes(40)),
            User = user,
            Created = now,
            LastActivity = now,
            Timeout = timeout,
            ClientAddress = client,
            Transient = transient,
        };
        _sessions.Add(session);
        Opened++;
        Peak = Math.Max(Peak, _sessions.Count);
        return session;
    }

    public AdminSession? Find(string token, DateTimeOffset now)
    {
        Expire(now);
        var session = _sessions.Find(s => s.Token == token);
        if (session is not null)
        {
            session.LastActivity = now;
        }

        return session;
    }

    public void Close(AdminSession session) => _sessions.Remove(session);

    /// <summary>Removes a session as if it had never been: the one that set a scenario up.</summary>
    public void Forget(AdminSession session)
    {
        _sessions.Remove(session);
        Opened = 0;
        Peak = 0;
        _next = 0;
    }

    public void Clear() => _sessions.Clear();

    public void Kill(string id, AdminSession own)
    {
        var session = _sessions.Find(s => s.Id.ToString(CultureInfo.InvariantCulture) == id) ?? throw new NitroError(452);
        if (session == own)
        {
            throw new NitroError(449);
        }

        _sessions.Remove(session);
    }

    public void KillOthers(AdminSession own) => _sessions.RemoveAll(s => s != own);

    /// <summary>True while an account is locked after too many wrong passwords.</summary>
    public bool IsLocked(string user, DateTimeOffset now) => _failures.TryGetValue(user, out var f) && f.Until > now;

    /// <summary>Forgets wrong passwords: after a right one, or when somebody unlocks the account.</summary>
    public void Unlock(string user) => _failures.Remove(user);

    public void Failed(string user, int limit, TimeSpan lockFor, DateTimeOffset now)
    {
        var failures = (_failures.TryGetValue(user, out var f) ? f.Failures : 0) + 1;
        _failures[user] = limit > 0 && failures >= limit ? (0, now + lockFor) : (failures, DateTimeOffset.MinValue);
    }

    /// <summary>Sessions that were left behind: still open, or ended by time alone.</summary>
    public int Leaked(DateTimeOffset now)
    {
        Expire(now);
        return _expired + _sessions.Count(s => !s.Transient);
    }

    private void Expire(DateTimeOffset now) => _expired += _sessions.RemoveAll(s => now - s.LastActivity > s.Timeout);
}
