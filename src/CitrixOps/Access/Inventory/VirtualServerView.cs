using System;
using System.Collections.Generic;
using System.Net;

namespace CitrixOps.Access.Inventory;

/// <summary>A virtual server as configured.</summary>
internal sealed record VirtualServerView
{
    public string Type { get; init; } = "";

    /// <summary>The name as the appliance has it: for commands, not for output.</summary>
    public string Name { get; init; } = "";

    public string ServiceType { get; init; } = "";

    public IReadOnlyList<IPAddress> Addresses { get; init; } = Array.Empty<IPAddress>();

    public int Port { get; init; }

    public bool IsUdp { get; init; }

    public bool IsDtls { get; init; }

    public string State { get; init; } = "";

    public string TrafficDomain { get; init; } = "0";

    public string ListenPolicy { get; init; } = "";

    /// <summary>The content switches that lead to it.</summary>
    public IReadOnlyList<string> Behind { get; init; } = Array.Empty<string>();

    public string Backup { get; init; } = "";

    public bool IsDisabled => State == "OUT OF SERVICE" || State == "DISABLED";

    public AccessKind Kind => Type switch
    {
        "vpnvserver" => AccessKind.Vpn,
        "authenticationvserver" => AccessKind.Authentication,
        "csvserver" => AccessKind.ContentSwitching,
        "gslbvserver" => AccessKind.Gslb,
        "crvserver" => AccessKind.CacheRedirection,
        _ => AccessKind.LoadBalancing,
    };

    public string Shown => Investigation.SafeText.FromText(Name, 127);
}
