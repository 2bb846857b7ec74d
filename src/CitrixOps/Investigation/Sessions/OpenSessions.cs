using System.Collections.Generic;

namespace CitrixOps.Investigation.Sessions;

/// <summary>
/// The state of sessions, in two generations: when the young one is full the old one is forgotten. A session that goes on is renewed.
/// </summary>
internal sealed class OpenSessions
{
    private const int PerGeneration = 120_000;
    private Dictionary<(ulong User, ulong Session), Session> _young = new();
    private Dictionary<(ulong User, ulong Session), Session> _old = new();

    /// <summary>True once sessions were forgotten: from then on nothing may be concluded from what is absent.</summary>
    public bool Forgot { get; private set; }

    public Session Of(ulong user, ulong id)
    {
        var key = (user, id);
        if (_young.TryGetValue(key, out var session))
        {
            return session;
        }

        session = _old.TryGetValue(key, out var older) ? older : new Session();
        if (_young.Count >= PerGeneration)
        {
            Forgot |= _old.Count > 0;
            (_young, _old) = (new Dictionary<(ulong, ulong), Session>(), _young);
        }

        return _young[key] = session;
    }
}
