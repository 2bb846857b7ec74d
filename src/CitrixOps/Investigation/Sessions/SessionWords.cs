using System;
using CitrixOps.Logs.Formats;

namespace CitrixOps.Investigation.Sessions;

/// <summary>The words of a message that tell a session: the first of each, under whatever name it is logged.</summary>
internal ref struct SessionWords
{
    private ReadOnlySpan<byte> _contextUser;
    private ReadOnlySpan<byte> _user;
    private bool _hasContext;
    private bool _hasUser;
    private bool _hasClient;
    private bool _hasSession;
    private bool _hasSource;
    private int _pairs;

    /// <summary>The user.</summary>
    public readonly ReadOnlySpan<byte> User => _hasContext ? _contextUser : _user;

    /// <summary>Whether a user is named.</summary>
    public readonly bool HasUser => _hasContext || _hasUser;

    /// <summary>Whether a user is named in another way.</summary>
    public bool HasOtherUser { get; private set; }

    /// <summary>Whether something is said twice, or in the words of the records: only those tell then what holds.</summary>
    public bool IsOdd { get; private set; }

    /// <summary>The client's address.</summary>
    public ReadOnlySpan<byte> Client { get; private set; }

    /// <summary>The same from the context.</summary>
    public ReadOnlySpan<byte> ContextClient { get; private set; }

    /// <summary>The session.</summary>
    public ReadOnlySpan<byte> SessionId { get; private set; }

    /// <summary>Where traffic came from, with its port.</summary>
    public ReadOnlySpan<byte> Source { get; private set; }

    /// <summary>Reads a message that is made of pairs.</summary>
    /// <returns>False when it has too many.</returns>
    public bool TryPairs(ReadOnlySpan<byte> text)
    {
        var pairs = new NsLogPairs(text);
        while (pairs.Next())
        {
            Add(pairs.Key, pairs.Value);
        }

        _pairs += pairs.Count;
        return _pairs < NsLogPairs.Most;
    }

    /// <summary>Reads a request (<see cref="NsLogText.Request"/>): the pairs before the host, then the parts that have a name.</summary>
    /// <returns>False when it is written in an unusual way.</returns>
    public bool TryRequest(ReadOnlySpan<byte> text)
    {
        var user = text.IndexOf(" User "u8);
        var dash = user < 0 ? -1 : text.Slice(0, user + 1).LastIndexOf(" - "u8);
        if (dash < 0)
        {
            return TryPairs(text);
        }

        if (text.IndexOf((byte)'"') >= 0 || !TryPart(text.Slice(0, dash)))
        {
            return false;
        }

        for (var rest = text.Slice(user + 1); ;)
        {
            var end = rest.IndexOf(" : "u8);
            var part = end < 0 ? rest : rest.Slice(0, end);
            if ((part.StartsWith("User "u8) || part.StartsWith("Group(s) "u8) || part.StartsWith("Vserver "u8)) && !TryPart(part))
            {
                return false;
            }

            if (end < 0)
            {
                return true;
            }

            rest = rest.Slice(end + 3);
        }
    }

    // parts are read one after the other as if " - " stood between them
    private bool TryPart(ReadOnlySpan<byte> text) => text.Length == 0 || (text[text.Length - 1] is not ((byte)'-' or (byte)' ') && TryPairs(text));

    private void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        switch (key.Length)
        {
            case 4 when !_hasUser && key.SequenceEqual("User"u8):
            case 8 when !_hasUser && key.SequenceEqual("Username"u8):
                _hasUser = true;
                _user = value;
                break;
            case 6 when !_hasSource && key.SequenceEqual("Source"u8):
                _hasSource = true;
                Source = value;
                break;
            case 7 when key.SequenceEqual("Context"u8):
                Context(value);
                break;
            case 8 when !_hasClient && (key.SequenceEqual("ClientIP"u8) || key.SequenceEqual("ClientIp"u8)):
            case 9 when !_hasClient && key.SequenceEqual("Client_ip"u8):
                _hasClient = true;
                Client = value;
                break;
            case 8 when key.SequenceEqual("username"u8):
                HasOtherUser = true;
                break;
            case 10 when key.SequenceEqual("context-ip"u8):
            case 12 when key.SequenceEqual("context-user"u8):
                IsOdd = true;
                break;
            case 9 when !_hasSession && (key.SequenceEqual("SessionId"u8) || key.SequenceEqual("Sessionid"u8) || key.SequenceEqual("SessionID"u8)):
            case 10 when !_hasSession && key.SequenceEqual("Session_id"u8):
                _hasSession = true;
                SessionId = value;
                break;
            case 19 when !_hasUser && key.SequenceEqual("username:domainname"u8):
                var colon = value.LastIndexOf((byte)':');
                _hasUser = true;
                _user = colon < 0 ? value : value.Slice(0, colon);
                break;
        }
    }

    private void Context(ReadOnlySpan<byte> value)
    {
        var at = value.LastIndexOf((byte)'@');
        IsOdd |= _hasContext;
        _hasContext = true;
        _contextUser = at < 0 ? value : value.Slice(0, at);
        ContextClient = at < 0 ? default : value.Slice(at + 1);
    }
}
