using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using CitrixOps.Access.Sessions;
using CitrixOps.Errors;

namespace CitrixOps.Access.Inventory;

/// <summary>Everything that is known about the ways into a gateway at one moment.</summary>
public sealed class AccessInventory
{
    /// <summary>The gateway.</summary>
    public string Gateway { get; internal init; } = "";

    /// <summary>When it was read, UTC.</summary>
    public DateTimeOffset ReadAt { get; internal init; }

    /// <summary>True where the running configuration had changes that were not saved.</summary>
    public bool HasUnsavedChanges { get; internal init; }

    /// <summary>Where the caller comes from, as the appliance and this machine see it.</summary>
    public IReadOnlyList<IPAddress> Caller { get; internal init; } = Array.Empty<IPAddress>();

    /// <summary>The management addresses in use: of the nodes, and where this session goes to.</summary>
    public IReadOnlyList<IPAddress> Management { get; internal init; } = Array.Empty<IPAddress>();

    /// <summary>The port of the management in use.</summary>
    public int ManagementPort { get; internal init; } = 443;

    /// <summary>The users' sessions; null where they were not listed.</summary>
    public UserSessionList? Sessions { get; internal init; }

    /// <summary>What could not be seen.</summary>
    public IReadOnlyList<Problem> Problems { get; internal init; } = Array.Empty<Problem>();

    internal IReadOnlyList<PartitionView> Partitions { get; init; } = Array.Empty<PartitionView>();

    internal IEnumerable<AclView> Pending => Partitions.SelectMany(p => p.Acls).Where(a => a.IsPending && !a.IsOurs);

    /// <summary>ACLs that somebody changed and did not apply; an apply carries them along.</summary>
    public IReadOnlyList<string> PendingAccessLists => Pending.Select(a => Investigation.SafeText.FromText(a.Name, 127)).ToArray();
}
