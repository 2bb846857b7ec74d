using System;
using System.Collections.Generic;

namespace CitrixOps.Investigation.Sessions;

/// <summary>Who logged in, or was active, from which network, in bounded memory: past the bounds the newest are not kept and counted.</summary>
internal sealed class LoginIndex
{
    public const int UsersPerNetwork = 3;
    private const int MostUsers = 300_000;
    private const int MostNetworks = 300_000;
    private const int NetworksPerUser = 32;

    private readonly Dictionary<ulong, List<Stay>> _users = new();
    private readonly Dictionary<ClientAddress, HashSet<ulong>> _networks = new();

    /// <summary>Logins and stays that were not kept.</summary>
    public long Dropped { get; private set; }

    public int Users => _users.Count;

    /// <summary>A user was active.</summary>
    /// <param name="user">The user.</param>
    /// <param name="address">From where.</param>
    /// <param name="time">When.</param>
    /// <param name="login">Whether it was a login.</param>
    /// <returns>The stay and, where the user was in a distant network within ten minutes, that one.</returns>
    public (Stay? Here, Stay? There) Add(ulong user, ClientAddress address, DateTimeOffset time, bool login)
    {
        if (!_users.TryGetValue(user, out var stays))
        {
            if (_users.Count >= MostUsers)
            {
                Dropped++;
                return default;
            }

            _users[user] = stays = new List<Stay>(1);
        }

        if (login)
        {
            Network(address.Network, user);
        }

        Stay? here = null, there = null;
        foreach (var stay in stays)
        {
            if (stay.Network.Equals(address.Network))
            {
                here = stay;
            }
            else if (stay.Network.IsIPv4 == address.IsIPv4 && !stay.Network.Neighbourhood.Equals(address.Neighbourhood) && stay.IsNear(time))
            {
                there = stay;
            }
        }

        if (here is null)
        {
            if (stays.Count >= NetworksPerUser)
            {
                Dropped++;
                return default;
            }

            stays.Add(here = new Stay(address.Network, time));
        }

        here.Add(time, login);
        return (here, there);
    }

    /// <summary>Whether a user ever logged in from an address's network.</summary>
    public bool LoggedIn(ulong user, ClientAddress address) => Any(user, s => s.Login && s.Network.Equals(address.Network));

    /// <summary>Whether a user ever logged in from the provider an address belongs to.</summary>
    public bool LoggedInNear(ulong user, ClientAddress address) => Any(user, s => s.Login && s.Network.Neighbourhood.Equals(address.Neighbourhood));

    /// <summary>Whether a user ever logged in.</summary>
    public bool HasLogins(ulong user) => Any(user, s => s.Login);

    /// <summary>How many users logged in from a network; counted up to <see cref="UsersPerNetwork"/>.</summary>
    public int LoginsFrom(ClientAddress address) => _networks.TryGetValue(address.Network, out var users) ? users.Count : 0;

    private bool Any(ulong user, Predicate<Stay> holds) => _users.TryGetValue(user, out var stays) && stays.Exists(holds);

    private void Network(ClientAddress network, ulong user)
    {
        if (!_networks.TryGetValue(network, out var users))
        {
            if (_networks.Count >= MostNetworks)
            {
                Dropped++;
                return;
            }

            _networks[network] = users = new HashSet<ulong>();
        }

        if (users.Count < UsersPerNetwork)
        {
            users.Add(user);
        }
    }

    /// <summary>A user's time in one network.</summary>
    public sealed class Stay
    {
        private static readonly TimeSpan Minutes = TimeSpan.FromMinutes(10);

        public Stay(ClientAddress network, DateTimeOffset time)
        {
            Network = network;
            First = Last = Latest = time;
        }

        public ClientAddress Network { get; }

        public DateTimeOffset First { get; private set; }

        public DateTimeOffset Last { get; private set; }

        /// <summary>The last one read.</summary>
        public DateTimeOffset Latest { get; private set; }

        public bool Login { get; private set; }

        public TimeSpan Length => Last - First;

        public bool IsNear(DateTimeOffset time) => (time - Latest).Duration() <= Minutes || (time - First).Duration() <= Minutes;

        public void Add(DateTimeOffset time, bool login)
        {
            First = time < First ? time : First;
            Last = time > Last ? time : Last;
            Latest = time;
            Login |= login;
        }
    }
}
