namespace CitrixOps.Access.Inventory;

/// <summary>What kind of way in.</summary>
public enum AccessKind
{
    /// <summary>Citrix Gateway: a vpn virtual server.</summary>
    Vpn,

    /// <summary>An authentication virtual server.</summary>
    Authentication,

    /// <summary>A load balancing virtual server.</summary>
    LoadBalancing,

    /// <summary>A content switching virtual server.</summary>
    ContentSwitching,

    /// <summary>A GSLB virtual server: it answers with addresses, it has none itself.</summary>
    Gslb,

    /// <summary>A cache redirection virtual server.</summary>
    CacheRedirection,

    /// <summary>Management of the appliance itself.</summary>
    Management,

    /// <summary>Not known: the gateway could not be asked.</summary>
    Unknown,
}
