using System;
using System.Net;
using CitrixOps.Access.Networks;

namespace CitrixOps.Access.Planning;

/// <summary>What is wanted of a closing.</summary>
public sealed record ClosingOptions
{
    /// <summary>The id, which names carry: six hexadecimal digits.</summary>
    public string Id { get; init; } = "";

    /// <summary>The method.</summary>
    public IsolationMethod Method { get; init; }

    /// <summary>Networks that stay in.</summary>
    public AddressSet AllowNetwork { get; init; } = AddressSet.Empty;

    /// <summary>Networks that count as outside.</summary>
    public AddressSet ExternalNetwork { get; init; } = AddressSet.Empty;

    /// <summary>Networks that count as inside.</summary>
    public AddressSet InternalNetwork { get; init; } = AddressSet.Empty;

    /// <summary>A page that tells people why, as HTML; empty for none.</summary>
    public string MaintenancePage { get; init; } = "";

    /// <summary>An address of its own for that page.</summary>
    public IPAddress? MaintenanceVip { get; init; }

    /// <summary>True to leave users' sessions.</summary>
    public bool KeepSession { get; init; }

    /// <summary>True to save, so that a restart does not reopen.</summary>
    public bool Save { get; init; }

    /// <summary>After which time it opens by itself; null for never.</summary>
    public TimeSpan? ExpiresAfter { get; init; }

    /// <summary>True to carry along what others have pending or unsaved.</summary>
    public bool Force { get; init; }

    /// <summary>Why, in words.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Networks as the options say they lie.</summary>
    public NetworkPlan Networks => new(ExternalNetwork, InternalNetwork);

    /// <summary>Who stays in: what was said to be outside never does.</summary>
    internal AddressSet Allowed => AllowNetwork.Except(ExternalNetwork);
}
