using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Errors;

namespace CitrixOps.Appliances.Live;

/// <summary>
/// Opens sessions. One node of an HA pair is enough: the other is found and joined. Both nodes given make one gateway. One gateway that
/// cannot be reached never stops the others.
/// </summary>
public static class GatewayConnector
{
    /// <summary>Connects to gateways, several at a time.</summary>
    /// <param name="addresses">Nodes.</param>
    /// <param name="options">Account, trust, times.</param>
    /// <param name="throttle">The most nodes that are connected to at one time.</param>
    /// <param name="cancellationToken">Stops it; sessions opened so far are closed.</param>
    /// <returns>The gateways in the order of the addresses, and what went wrong.</returns>
    public static async Task<(IReadOnlyList<Gateway> Gateways, IReadOnlyList<Problem> Problems)> ConnectAsync(IReadOnlyList<NitroAddress> addresses, ConnectOptions options, int throttle, CancellationToken cancellationToken)
    {
        var problems = new List<Problem>();
        var given = new List<GatewayNode>();
        var opened = new ConcurrentBag<NitroConnection>();
        try
        {
            foreach (var (node, problem) in await Throttle.RunAsync(addresses.Distinct().ToArray(), throttle, a => OpenAsync(a, options, opened, cancellationToken)).ConfigureAwait(false))
            {
                Keep(node, problem, given, problems);
            }

            await DropDoublesAsync(given).ConfigureAwait(false);
            var lone = given.Where(n => n.PeerAddress is { } peer && !given.Exists(o => o.Nsip == peer)).ToArray();
            var peers = await Throttle.RunAsync(lone, throttle, n => OpenAsync(n.Connection!.Address.On(n.PeerAddress!), options, opened, cancellationToken)).ConfigureAwait(false);
            var nodes = given.ToList();
            for (var i = 0; i < lone.Length; i++)
            {
                Keep(peers[i].Node, peers[i].Problem is { } p ? PeerProblem(lone[i], p) : null, nodes, problems);
            }

            return (Group(given, nodes), problems);
        }
        catch
        {
            await Task.WhenAll(opened.Select(c => c.CloseAsync(TimeSpan.FromSeconds(5)))).ConfigureAwait(false);
            throw;
        }
    }

    private static void Keep(GatewayNode? node, Problem? problem, List<GatewayNode> nodes, List<Problem> problems)
    {
        if (node is not null)
        {
            nodes.Add(node);
        }

        if (problem is not null)
        {
            problems.Add(problem);
        }
    }

    private static async Task<(GatewayNode? Node, Problem? Problem)> OpenAsync(NitroAddress address, ConnectOptions options, ConcurrentBag<NitroConnection> opened, CancellationToken cancellationToken)
    {
        var connection = new NitroConnection(address, options);
        opened.Add(connection);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            var node = new GatewayNode(connection);
            await NodeFacts.ReadRoleAsync(node, cancellationToken).ConfigureAwait(false);
            await NodeFacts.ReadNameAsync(node, cancellationToken).ConfigureAwait(false);
            return (node, null);
        }
        catch (CitrixOpsException e)
        {
            await connection.CloseAsync(TimeSpan.FromSeconds(5)).ConfigureAwait(false);
            return (null, e.Problem);
        }
    }

    // two names of one node: the second session is given back
    private static async Task DropDoublesAsync(List<GatewayNode> nodes)
    {
        foreach (var twice in nodes.GroupBy(n => (n.Nsip, n.Connection!.Address.Uri.Port)).SelectMany(g => g.Skip(1)).ToArray())
        {
            nodes.Remove(twice);
            await twice.Connection!.CloseAsync(TimeSpan.FromSeconds(5)).ConfigureAwait(false);
        }
    }

    private static Problem PeerProblem(GatewayNode node, Problem problem) => new(
        "PeerNotReached",
        problem.Kind,
        $"The other node of the pair of '{node.Address}' cannot be used: {problem.Message}",
        node.PeerAddress,
        problem.Recommendation + " Until then only one node is seen: its logs, its version, its files.");

    private static List<Gateway> Group(List<GatewayNode> given, List<GatewayNode> nodes)
    {
        var gateways = new List<Gateway>();
        var taken = new HashSet<GatewayNode>();
        foreach (var node in given.Where(n => taken.Add(n)))
        {
            var pair = new List<GatewayNode> { node };
            if (nodes.Find(n => n.Nsip == node.PeerAddress && n.Connection!.Address.Uri.Port == node.Connection!.Address.Uri.Port && !taken.Contains(n)) is { } peer)
            {
                taken.Add(peer);
                pair.Add(peer);
            }

            gateways.Add(new Gateway(pair.OrderByDescending(n => string.Equals(n.Role, "Primary", StringComparison.OrdinalIgnoreCase)), DateTimeOffset.UtcNow));
        }

        return gateways;
    }
}
