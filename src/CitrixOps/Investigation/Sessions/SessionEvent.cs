using System;
using System.Collections.Generic;
using CitrixOps.Investigation.Hunting;
using CitrixOps.Logs;

namespace CitrixOps.Investigation.Sessions;

/// <summary>What a line of ns.log says about a session, as far as it says it.</summary>
internal struct SessionEvent
{
    public string Event;
    public string User;
    public string SessionId;

    /// <summary>The client as the gateway knows it since the login.</summary>
    public ClientAddress? Client;

    /// <summary>Where this traffic came from.</summary>
    public ClientAddress? Source;

    /// <summary>The same without texts.</summary>
    public readonly SessionUse Use => new(StableHash.Of(User), SessionId.Length == 0 ? 0 : SessionHash(StableHash.Of(SessionId), Client), Client, Source);

    /// <summary>What proxies said about the client.</summary>
    public List<ClientAddress>? Forwarded;

    /// <summary>Reads it.</summary>
    /// <returns>False when the line is not about a session.</returns>
    public static bool TryRead(LogRecord record, out SessionEvent result)
    {
        result = default;
        result.Event = record["event"] ?? "";
        if (record["module"] is not ("SSLVPN" or "AAA" or "AAATM" or "ICA") || result.Event.Length == 0)
        {
            return false;
        }

        var user = record["context-user"] ?? record["User"] ?? IcaUser(record);
        result.User = (user ?? "").Trim().ToLowerInvariant();
        result.SessionId = record["SessionId"] ?? "";
        result.Client = Address(record["Client_ip"]) ?? Address(record["context-ip"]);
        result.Source = ClientAddress.TryParseEndpoint(record["Source"], result.Client ?? default, out var source) ? source : null;
        if (record["X-Forwarded-For_ip"] is { Length: > 0 } forwarded)
        {
            foreach (var part in forwarded.Split(new[] { ',', ' ' }, 16, StringSplitOptions.RemoveEmptyEntries))
            {
                if (ClientAddress.TryParse(part, out var address))
                {
                    (result.Forwarded ??= new List<ClientAddress>()).Add(address);
                }
            }
        }

        return true;
    }

    /// <summary>The user's name, for people.</summary>
    public static string NameIn(LogRecord record) => SafeText.FromRecord(TryRead(record, out var read) ? read.User : "", 60);

    /// <summary>What tells sessions of one user apart: number and client. Never 0.</summary>
    public static ulong SessionHash(ulong number, ClientAddress? client)
    {
        var hash = client?.Mix(number) ?? number;
        return hash == 0 ? 1 : hash;
    }

    private static ClientAddress? Address(string? text) => ClientAddress.TryParse(text, out var address) ? address : null;

    // username:domainname jdoe:CORP
    private static string? IcaUser(LogRecord record)
    {
        var both = record["username:domainname"] ?? record["username"];
        var colon = both?.IndexOf(':') ?? -1;
        return colon > 0 ? both!.Substring(0, colon) : both;
    }
}
