using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Access.Sessions;
using CitrixOps.Appliances.Live;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Errors;

namespace CitrixOps.Access.Inventory;

/// <summary>Reads the ways into a gateway. The number of calls depends on partitions and nodes, never on virtual servers.</summary>
public static class InventoryReader
{
    /// <summary>Reads what a closing has to know.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="options">What is wanted.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CitrixOpsException">The gateway's own partition cannot be read.</exception>
    public static Task<AccessInventory> ReadAsync(Gateway gateway, Planning.ClosingOptions options, CancellationToken cancellationToken) =>
        ReadAsync(gateway, withSessions: true, (options ?? throw new ArgumentNullException(nameof(options))).Method == Planning.IsolationMethod.Responder ? InventoryScope.WithResponders : InventoryScope.Plan, cancellationToken);

    /// <summary>Reads all there is to show.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="withSessions">True to list the users' sessions as well.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="CitrixOpsException">The gateway's own partition cannot be read.</exception>
    public static Task<AccessInventory> ReadAsync(Gateway gateway, bool withSessions, CancellationToken cancellationToken) => ReadAsync(gateway, withSessions, InventoryScope.Full, cancellationToken);

    private static async Task<AccessInventory> ReadAsync(Gateway gateway, bool withSessions, InventoryScope scope, CancellationToken cancellationToken)
    {
        var links = new PartitionLinks(gateway ?? throw new ArgumentNullException(nameof(gateway)));
        try
        {
            return await ReadAsync(links, withSessions, scope, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await links.CloseAsync().ConfigureAwait(false);
        }
    }

    internal static async Task<AccessInventory> ReadAsync(PartitionLinks links, bool withSessions, InventoryScope scope, CancellationToken cancellationToken)
    {
        var gateway = links.Gateway;
        await gateway.RefreshRolesAsync(cancellationToken).ConfigureAwait(false);
        var primary = gateway.Primary ?? throw new CitrixOpsException(new Problem("NoPrimary", ErrorKind.ConnectionFailed, $"None of the connected nodes of '{gateway.Name}' is the primary.", gateway.Name, "Give both nodes of the pair to Connect-Gateway."));
        var problems = new List<Problem>();
        if (gateway.Nodes.Any(n => n.IsClustered))
        {
            problems.Add(new Problem("ClusterNode", ErrorKind.NotSupported, $"'{gateway.Name}' belongs to a cluster. This was never tried on one: the configuration is the cluster's, the sessions of users are each node's own.", gateway.Name, "Connect to the cluster's own address to close it; end the sessions on each node; look from outside with Test-ExternalAccess."));
        }

        var sessions = withSessions ? new UserSessionReader(gateway).ListAsync(null, cancellationToken) : null;
        var caller = CallerAsync(links, primary, problems, cancellationToken);
        var names = await PartitionNamesAsync(links, primary, problems, cancellationToken).ConfigureAwait(false);
        var partitions = new List<PartitionView>();
        foreach (var name in names)
        {
            try
            {
                partitions.Add(await PartitionReader.ReadAsync(links.To(primary, name), name, scope, cancellationToken).ConfigureAwait(false));
            }
            catch (CitrixOpsException e) when (name != links.Home)
            {
                problems.Add(new Problem("PartitionNotSeen", e.Problem.Kind, $"Partition '{Investigation.SafeText.FromText(name, 60)}' of '{gateway.Name}' cannot be read, its ways in are neither seen nor closed: {e.Problem.Message}", gateway.Name, e.Problem.Recommendation));
            }
        }

        var management = gateway.Nodes.SelectMany(n => new[] { Parsed(n.Nsip), Parsed(n.Connection?.Address.Host ?? "") }).OfType<IPAddress>().Concat(partitions.SelectMany(p => p.Addresses).Where(a => a.Type == "NSIP").Select(a => a.Address)).Distinct().ToArray();
        return new AccessInventory
        {
            Gateway = gateway.Name,
            ReadAt = DateTimeOffset.UtcNow,
            HasUnsavedChanges = gateway.UnsavedChanges,
            Caller = await caller.ConfigureAwait(false),
            Management = management,
            ManagementPort = primary.Connection?.Address.Uri.Port ?? 443,
            Sessions = sessions is null ? null : await sessions.ConfigureAwait(false),
            Partitions = partitions,
            Problems = problems,
        };
    }

    private static async Task<IReadOnlyList<string>> PartitionNamesAsync(PartitionLinks links, GatewayNode primary, List<Problem> problems, CancellationToken cancellationToken)
    {
        if (!string.Equals(links.Home, "default", StringComparison.OrdinalIgnoreCase))
        {
            problems.Add(new Problem("OnlyOnePartition", ErrorKind.NotSupported, $"The session is in partition '{links.Home}': other partitions of '{links.Gateway.Name}' are neither seen nor closed.", links.Gateway.Name, "Connect without -Partition to see all of them."));
            return new[] { links.Home };
        }

        try
        {
            var rows = (await links.To(primary, links.Home).SendAsync(NitroCall.Get("nspartition") with { Accepts = new[] { 258, 1088, 1232 } }, cancellationToken).ConfigureAwait(false)).Rows("nspartition");
            return new[] { links.Home }.Concat(rows.Select(r => NitroReply.Text(r["partitionname"]) ?? "").Where(n => n.Length > 0 && !string.Equals(n, links.Home, StringComparison.OrdinalIgnoreCase))).Distinct().ToArray();
        }
        catch (CitrixOpsException e) when (e.Problem.Kind == ErrorKind.PermissionDenied)
        {
            problems.Add(new Problem("PartitionsNotListed", ErrorKind.PermissionDenied, $"Whether '{links.Gateway.Name}' has partitions cannot be seen: {e.Problem.Message}", links.Gateway.Name, e.Problem.Recommendation));
            return new[] { links.Home };
        }
    }

    // the appliance's view counts where there is one: a translation may lie between
    private static async Task<IReadOnlyList<IPAddress>> CallerAsync(PartitionLinks links, GatewayNode primary, List<Problem> problems, CancellationToken cancellationToken)
    {
        var found = new List<IPAddress?> { LocalEnd(primary.Connection!.Address) };
        try
        {
            var rows = (await links.To(primary, links.Home).SendAsync(NitroCall.Get("systemsession"), cancellationToken).ConfigureAwait(false)).Rows("systemsession");
            found.Add(Parsed(NitroReply.Text(rows.FirstOrDefault(r => NitroReply.Flag(r["currentconn"]))?["clientipaddress"]) ?? ""));
        }
        catch (CitrixOpsException e)
        {
            lock (problems)
            {
                problems.Add(new Problem("CallerNotSeen", e.Problem.Kind, $"Which address '{links.Gateway.Name}' sees you come from cannot be read; the address of this machine is used: {e.Problem.Message}", links.Gateway.Name, e.Problem.Recommendation));
            }
        }

        return found.OfType<IPAddress>().Distinct().ToArray();
    }

    private static IPAddress? LocalEnd(NitroAddress address)
    {
        try
        {
            // connecting a datagram socket sends nothing; it asks the machine which address it would use
            using var socket = new Socket(Dns.GetHostAddresses(address.Host)[0].AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(address.Host, address.Uri.Port);
            return (socket.LocalEndPoint as IPEndPoint)?.Address;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private static IPAddress? Parsed(string text) => IPAddress.TryParse(text, out var address) ? address : null;
}
