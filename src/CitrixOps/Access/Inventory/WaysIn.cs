using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using CitrixOps.Access.Networks;
using CitrixOps.Investigation;

namespace CitrixOps.Access.Inventory;

/// <summary>Tells ways in from outside from what is inside only. Pure: it looks at an inventory, not at an appliance.</summary>
public static class WaysIn
{
    private static readonly int[] ManagementPorts = { 443, 80, 22 };

    /// <summary>The ways in.</summary>
    /// <param name="inventory">The inventory.</param>
    /// <param name="networks">Which addresses lie inside.</param>
    public static IReadOnlyList<ExternalAccess> Of(AccessInventory inventory, NetworkPlan networks)
    {
        _ = inventory ?? throw new ArgumentNullException(nameof(inventory));
        _ = networks ?? throw new ArgumentNullException(nameof(networks));
        return inventory.Partitions.SelectMany(p => p.VirtualServers.Select(v => Way(inventory, p, v, networks)).Concat(p.Addresses.Where(a => a.HasManagement).Select(a => Management(inventory, p, a, networks)))).ToArray();
    }

    internal static (AccessScope Scope, string Reason) Scope(VirtualServerView server, PartitionView partition, NetworkPlan networks)
    {
        if (server.Addresses.Count == 0)
        {
            return (AccessScope.NotAddressable, server.Behind.Count > 0 ? $"no address of its own; behind content switch {SafeText.FromText(string.Join(", ", server.Behind), 400)}" : server.Kind == AccessKind.Gslb ? "answers with addresses, has none" : "no address of its own");
        }

        var reasons = new List<string>();
        foreach (var address in server.Addresses)
        {
            if (!networks.IsInside(address, out var reason))
            {
                return (AccessScope.External, $"{address} is {reason}");
            }

            reasons.Add($"{address} is {reason}");
            var declared = reason.EndsWith("-InternalNetwork", StringComparison.Ordinal);

            // a gateway is made to be reached from outside: behind a firewall that translates, its address is a private one
            if (!declared && IsGateway(server, partition))
            {
                return (AccessScope.External, $"{address} is private, but a gateway is made for outside: a firewall in front may translate (-InternalNetwork says otherwise)");
            }
        }

        return (AccessScope.InsideOnly, string.Join("; ", reasons.Distinct().Take(3)));
    }

    private static bool IsGateway(VirtualServerView server, PartitionView partition) =>
        server.Kind is AccessKind.Vpn or AccessKind.Authentication || (server.Kind == AccessKind.ContentSwitching && partition.VirtualServers.Any(v => v.Behind.Contains(server.Name, StringComparer.OrdinalIgnoreCase) && v.Kind is AccessKind.Vpn or AccessKind.Authentication));

    private static ExternalAccess Way(AccessInventory inventory, PartitionView partition, VirtualServerView server, NetworkPlan networks)
    {
        var (scope, reason) = Scope(server, partition, networks);
        var reach = Reach(partition.Acls.Where(a => a.IsApplied), server);
        var disabled = server.Addresses.Count > 0 && server.Addresses.All(a => partition.Addresses.Any(v => v.Address.Equals(a) && v.IsDisabled));
        var outside = reach.Except(networks.Inside);
        return new ExternalAccess
        {
            Gateway = inventory.Gateway,
            Partition = SafeText.FromText(partition.Name, 60),
            Kind = server.Kind,
            Name = server.Shown,
            Address = server.Addresses.Select(a => a.ToString()).ToArray(),
            Port = server.Port,
            Protocol = server.IsUdp ? "UDP" : server.IsDtls && server.Addresses.Count > 0 ? "TCP+UDP" : "TCP",
            ServiceType = SafeText.FromText(server.ServiceType, 30),
            State = disabled ? "ADDRESS DISABLED" : SafeText.FromText(server.State, 40),
            IsOpen = scope == AccessScope.External && server.State == "UP" && !disabled && !outside.IsEmpty,
            Scope = scope,
            Reason = reason,
            Behind = SafeText.FromText(string.Join(", ", server.Behind), 400),
            ListenPolicy = SafeText.FromText(server.ListenPolicy, 400),
            ReachableFrom = server.Addresses.Count == 0 ? "" : reach + But(partition, server.Addresses, server.Port, server.IsUdp, server.TrafficDomain),
            AccessLists = server.Addresses.Count == 0 ? Array.Empty<string>() : Simple(partition, server.Addresses, server.Port, server.IsUdp, server.TrafficDomain).Select(s => $"simple DENY {SafeText.FromText(s.Name, 127)}")
                .Concat(server.Addresses.SelectMany(a => partition.Acls.Where(l => l.IsApplied && l.Concerns(AddressRange.Of(a), server.Port, server.IsUdp, server.TrafficDomain))).Distinct().OrderBy(l => l.Priority).Select(l => $"{l.Priority} {l.Action} {SafeText.FromText(l.Name, 127)}{(l.IsOurs ? " (ours)" : "")}")).ToArray(),
            TrafficDomain = server.TrafficDomain,
            Sessions = inventory.Sessions is null ? null : server.Kind == AccessKind.Vpn ? inventory.Sessions.Sessions.Count(s => server.Addresses.Any(a => a.ToString() == s.DestinationAddress)) : 0,
        };
    }

    private static IEnumerable<AclView> Simple(PartitionView partition, IReadOnlyList<IPAddress> addresses, int port, bool udp, string trafficDomain) =>
        partition.SimpleAcls.Where(s => addresses.Any(a => s.Concerns(AddressRange.Of(a), port, udp, trafficDomain)));

    private static string But(PartitionView partition, IReadOnlyList<IPAddress> addresses, int port, bool udp, string trafficDomain) =>
        Simple(partition, addresses, port, udp, trafficDomain).Aggregate(AddressSet.Empty, (set, s) => set.Union(s.Sources)) is { IsEmpty: false } blocked ? $" but {blocked}" : "";

    internal static AddressSet Reach(IEnumerable<AclView> acls, VirtualServerView server)
    {
        var applied = acls as IReadOnlyCollection<AclView> ?? acls.ToArray();
        var sources = AddressSet.Empty;
        foreach (var destination in server.Addresses.Select(AddressRange.Of))
        {
            sources = sources.Union(AclReach.Sources(applied, destination, server.Port, server.IsUdp, server.TrafficDomain));
            sources = server.IsDtls ? sources.Union(AclReach.Sources(applied, destination, server.Port, udp: true, server.TrafficDomain)) : sources;
        }

        return sources;
    }

    private static ExternalAccess Management(AccessInventory inventory, PartitionView partition, AddressView address, NetworkPlan networks)
    {
        var inside = networks.IsInside(address.Address, out var reason);
        var destination = AddressRange.Of(address.Address);
        var applied = partition.Acls.Where(a => a.IsApplied).ToArray();
        var reach = ManagementPorts.Aggregate(AddressSet.Empty, (set, port) => set.Union(AclReach.Sources(applied, destination, port, udp: false, address.TrafficDomain)));
        var outside = reach.Except(networks.Inside);
        return new ExternalAccess
        {
            Gateway = inventory.Gateway,
            Partition = SafeText.FromText(partition.Name, 60),
            Kind = AccessKind.Management,
            Name = address.Address.ToString(),
            Address = new[] { address.Address.ToString() },
            Port = 443,
            ServiceType = address.Type,
            State = address.IsDisabled ? "DISABLED" : "UP",
            IsOpen = !inside && !address.IsDisabled && !outside.IsEmpty,
            Scope = inside ? AccessScope.InsideOnly : AccessScope.External,
            Reason = $"management on {(address.Address.AddressFamily == AddressFamily.InterNetworkV6 ? "IPv6 " : "")}{address.Type} {address.Address}, {reason}",
            ReachableFrom = reach + But(partition, new[] { address.Address }, 443, udp: false, address.TrafficDomain),
            TrafficDomain = address.TrafficDomain,
            Sessions = 0,
        };
    }
}
