using System;
using System.Collections.Generic;
using CitrixOps.Investigation.Hunting;

namespace CitrixOps.Investigation.Sessions;

/// <summary>Sessions that were used from one network that did not open them.</summary>
internal sealed class ForeignUse
{
    private const int MostUsers = 500;
    private readonly Dictionary<ulong, UserUse> _users = new();

    private readonly List<ClientAddress> _addresses = new();

    public ForeignUse(ClientAddress address) => Address = address;

    /// <summary>The addresses of the network that did it, the first few.</summary>
    public IReadOnlyList<ClientAddress> Addresses => _addresses;

    /// <summary>The first address of the network that did it.</summary>
    public ClientAddress Address { get; }

    public IReadOnlyDictionary<ulong, UserUse> Users => _users;

    public void Add(in SessionUse what, Session session, ClientAddress client, ClientAddress source, ObservedLine line, DateTimeOffset time)
    {
        if (_addresses.Count < 8 && !_addresses.Contains(source))
        {
            _addresses.Add(source);
        }

        if (!_users.TryGetValue(what.User, out var use))
        {
            if (_users.Count >= MostUsers)
            {
                return;
            }

            _users[what.User] = use = new UserUse(SessionEvent.NameIn(line.Record), client, source, line.Evidence(), session, what.IsIca);
        }

        use.Ica &= what.IsIca;
        use.First = time < use.First ? time : use.First;
        use.Last = time > use.Last ? time : use.Last;
    }

    /// <summary>One user's sessions in that network.</summary>
    public sealed class UserUse
    {
        public UserUse(string name, ClientAddress client, ClientAddress source, Evidence evidence, Session session, bool ica)
        {
            Name = name;
            Client = client;
            Source = source;
            Evidence = evidence;
            Session = session;
            Ica = ica;
            First = Last = evidence.Context.Time ?? default;
        }

        public string Name { get; }

        /// <summary>The client the session belongs to.</summary>
        public ClientAddress Client { get; }

        /// <summary>The address it was used from.</summary>
        public ClientAddress Source { get; }

        public Evidence Evidence { get; }

        public Session Session { get; }

        /// <summary>True while only ICA records, which do not name the session's client, say so.</summary>
        public bool Ica { get; set; }

        public DateTimeOffset First { get; set; }

        public DateTimeOffset Last { get; set; }
    }
}
