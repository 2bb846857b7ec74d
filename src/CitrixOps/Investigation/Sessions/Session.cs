using System;
using System.Collections.Generic;
using CitrixOps.Investigation.Hunting;

namespace CitrixOps.Investigation.Sessions;

/// <summary>One session: where its traffic came from last, how often it changed place within two minutes, and whether it has a login.</summary>
internal sealed class Session
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromMinutes(2);
    private ClientAddress _place;
    private DateTimeOffset _at;

    /// <summary>Changes of place within two minutes.</summary>
    public int Flips { get; private set; }

    public bool Login { get; set; }

    /// <summary>What proxies said about its client at the login; null without a proxy.</summary>
    public IReadOnlyList<ClientAddress>? Forwarded { get; set; }

    /// <summary>The record that says when it began, while no login is known.</summary>
    public Evidence? Began { get; set; }

    /// <summary>New traffic from a place.</summary>
    public void Seen(ClientAddress place, DateTimeOffset time)
    {
        if (_at != default && !_place.Equals(place) && (time - _at).Duration() <= AtOnce)
        {
            Flips++;
        }

        _place = place;
        _at = time;
    }
}
