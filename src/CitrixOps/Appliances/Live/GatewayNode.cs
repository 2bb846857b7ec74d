using System;
using System.Collections.Generic;
using CitrixOps.Appliances.Nitro;

namespace CitrixOps.Appliances.Live;

/// <summary>One node of a gateway that is connected.</summary>
public sealed class GatewayNode
{
    internal GatewayNode(NitroConnection connection) => Connection = connection;

    /// <summary>Makes an empty one, for deserialisation.</summary>
    public GatewayNode()
    {
    }

    /// <summary>The management address as it was connected to.</summary>
    public string Address => Connection?.Address.ToString() ?? "";

    /// <summary>The NSIP.</summary>
    public string Nsip { get; set; } = "";

    /// <summary>The host name.</summary>
    public string HostName { get; set; } = "";

    /// <summary>Primary, Secondary or UNKNOWN; Primary where the node is alone.</summary>
    public string Role { get; set; } = "";

    /// <summary>The NSIP of the other node, or null.</summary>
    public string? PeerAddress { get; set; }

    /// <summary>How HA synchronisation stands, as the appliance says it.</summary>
    public string Synchronisation { get; set; } = "";

    /// <summary>True where commands go on to the other node by themselves.</summary>
    public bool Propagates { get; set; }

    /// <summary>The build that runs, as the appliance says it.</summary>
    public string Version { get; set; } = "";

    /// <summary>The model, in words.</summary>
    public string Model { get; set; } = "";

    /// <summary>The serial number.</summary>
    public string SerialNumber { get; set; } = "";

    /// <summary>True where the running configuration has changes that a restart would lose.</summary>
    public bool UnsavedChanges { get; set; }

    /// <summary>The node's clock less this machine's.</summary>
    public TimeSpan ClockDifference { get; set; }

    /// <summary>The zone of the node's clock as configured, in the appliance's spelling.</summary>
    public string TimeZone { get; set; } = "";

    /// <summary>The features that are on.</summary>
    public IReadOnlyList<string> Features { get; set; } = Array.Empty<string>();

    /// <summary>SHA-256 of the certificate it showed.</summary>
    public string CertificateSha256 { get; set; } = "";

    /// <summary>The time on the node, last time it was asked, UTC.</summary>
    internal DateTimeOffset Clock { get; set; }

    /// <summary>True for a node of a cluster, by its own word.</summary>
    internal bool IsClustered { get; set; }

    /// <summary>UP, or STAYPRIMARY, STAYSECONDARY where the node is held in its role; empty where it is alone.</summary>
    internal string HaStatus { get; set; } = "";

    internal bool IsPrimary => string.Equals(Role, "Primary", StringComparison.OrdinalIgnoreCase);

    internal bool IsInSync => Synchronisation is "ENABLED" or "SUCCESS" or "";

    internal NitroConnection? Connection { get; }

    internal void Listen(Action<string>? listener, bool on)
    {
        if (Connection is null)
        {
            return;
        }

        if (on)
        {
            Connection.Notice += listener;
        }
        else
        {
            Connection.Notice -= listener;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Address} {Role}";
}
