using System;
using System.Collections.Generic;

namespace CitrixOps.Access.Inventory;

/// <summary>One way in. The property names are part of the public interface.</summary>
public sealed record ExternalAccess
{
    /// <summary>The gateway.</summary>
    public string Gateway { get; init; } = "";

    /// <summary>The admin partition.</summary>
    public string Partition { get; init; } = "default";

    /// <summary>What kind.</summary>
    public AccessKind Kind { get; init; }

    /// <summary>The virtual server, or the address of the management.</summary>
    public string Name { get; init; } = "";

    /// <summary>The addresses, ranges and address sets resolved.</summary>
    public IReadOnlyList<string> Address { get; init; } = Array.Empty<string>();

    /// <summary>The port; 65535 for any.</summary>
    public int Port { get; init; }

    /// <summary>TCP, UDP, or TCP+UDP for a gateway with DTLS.</summary>
    public string Protocol { get; init; } = "TCP";

    /// <summary>The service type as configured.</summary>
    public string ServiceType { get; init; } = "";

    /// <summary>The state as the appliance shows it.</summary>
    public string State { get; init; } = "";

    /// <summary>True where it answers somebody from outside now; null where the gateway could not be asked.</summary>
    public bool? IsOpen { get; init; }

    /// <summary>Who it is for.</summary>
    public AccessScope Scope { get; init; }

    /// <summary>Why we think so.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The content switches that lead to it, by binding or by policy; or empty.</summary>
    public string Behind { get; init; } = "";

    /// <summary>The listen policy, or empty.</summary>
    public string ListenPolicy { get; init; } = "";

    /// <summary>Who the applied access lists let through to it.</summary>
    public string ReachableFrom { get; init; } = "";

    /// <summary>The access lists that concern it, in their order.</summary>
    public IReadOnlyList<string> AccessLists { get; init; } = Array.Empty<string>();

    /// <summary>The traffic domain.</summary>
    public string TrafficDomain { get; init; } = "0";

    /// <summary>Users' sessions on the gateway; null where not listed, 0 for what has none.</summary>
    public int? Sessions { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Name}";
}
