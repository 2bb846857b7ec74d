namespace CitrixOps.Access.Sessions;

/// <summary>An entry of a node's persistence table: which server behind a load balancer a client comes back to.</summary>
public sealed record PersistentSession
{
    /// <summary>The node.</summary>
    public string Node { get; init; } = "";

    /// <summary>The virtual server.</summary>
    public string VirtualServer { get; init; } = "";

    /// <summary>The client.</summary>
    public string SourceAddress { get; init; } = "";

    /// <summary>The server.</summary>
    public string DestinationAddress { get; init; } = "";

    /// <summary>The port there; 0 where not shown.</summary>
    public int DestinationPort { get; init; }

    /// <summary>The kind of persistence as the appliance names or numbers it.</summary>
    public string Type { get; init; } = "";

    /// <summary>Seconds until it lapses; null where not shown.</summary>
    public int? Timeout { get; init; }
}
