using System;
using System.Collections.Generic;

namespace CitrixOps.Access.Inventory;

/// <summary>What a partition of the appliance has, as far as access is concerned.</summary>
internal sealed class PartitionView
{
    public string Name { get; init; } = "default";

    public IReadOnlyList<VirtualServerView> VirtualServers { get; init; } = Array.Empty<VirtualServerView>();

    public IReadOnlyList<AddressView> Addresses { get; init; } = Array.Empty<AddressView>();

    public IReadOnlyList<AclView> Acls { get; init; } = Array.Empty<AclView>();

    /// <summary>Simple ACLs: they come before all others, are in force at once and block single sources. Empty where they were not read.</summary>
    public IReadOnlyList<AclView> SimpleAcls { get; init; } = Array.Empty<AclView>();

    /// <summary>Global responder policies that come before all others; empty where they were not read.</summary>
    public IReadOnlyList<(long Priority, string Policy)> Responders { get; init; } = Array.Empty<(long, string)>();
}
