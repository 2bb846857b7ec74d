using System;
using CitrixOps.Access.Inventory;

namespace CitrixOps.Access.Probing;

/// <summary>A way in that is to be tested.</summary>
/// <param name="Uri">
/// Where. Its scheme says how far an ordinary request goes: http, https, tls (TLS and no request), tcp (a connection), ssh (a connection and
/// the greeting), dtls (a hello), udp (nothing can be told). Null where a name has to be tested instead.
/// </param>
public sealed record AccessTarget(Uri? Uri)
{
    /// <summary>The gateway, where it is known.</summary>
    public string Gateway { get; init; } = "";

    /// <summary>The admin partition, where it is known.</summary>
    public string Partition { get; init; } = "";

    /// <summary>The virtual server, or the address of the management, where it is known.</summary>
    public string Name { get; init; } = "";

    /// <summary>What kind of way in, where it is known.</summary>
    public AccessKind? Kind { get; init; }

    /// <summary>Who it is for, where that is known.</summary>
    public AccessScope? Scope { get; init; }

    /// <summary>The content switch it is reached through, or empty.</summary>
    public string Through { get; init; } = "";

    /// <summary>True for what goes over UDP.</summary>
    public bool IsUdp => Uri?.Scheme is "dtls" or "udp";
}
