using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Appliances.Live;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Errors;
using CitrixOps.Investigation;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Access.Sessions;

/// <summary>
/// Lists the sessions of users: all kinds, on every node, because the tables of a pair are not the same. What one node or one kind
/// refuses does not hide the others.
/// </summary>
public sealed class UserSessionReader
{
    // nothing there
    private static readonly int[] None = { 258, 344 };

    // feature off or not licensed, type unknown to the build: there cannot be sessions of that kind
    private static readonly int[] Impossible = { 356, 1067, 1088, 1232, 1240 };
    private readonly Gateway _gateway;

    /// <summary>Makes a reader.</summary>
    /// <param name="gateway">The gateway.</param>
    public UserSessionReader(Gateway gateway) => _gateway = gateway ?? throw new ArgumentNullException(nameof(gateway));

    /// <summary>Lists sessions.</summary>
    /// <param name="kinds">The kinds; null for all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The sessions, and what could not be listed.</returns>
    public Task<UserSessionList> ListAsync(IReadOnlyList<UserSessionKind>? kinds, CancellationToken cancellationToken) => ListAsync(kinds, null, cancellationToken);

    /// <summary>
    /// Lists again. What a node cannot have is not asked for again; neither is a node that had none and is the secondary one still: nobody
    /// logs on to it. Which one that is is asked anew, unless it was just asked.
    /// </summary>
    internal async Task<UserSessionList> ListAsync(IReadOnlyList<UserSessionKind>? kinds, UserSessionList? before, CancellationToken cancellationToken, bool rolesKnown = false)
    {
        var taken = DateTimeOffset.UtcNow;
        var absent = before?.Absent ?? Array.Empty<(string, UserSessionKind)>();
        var lists = UserSessionTypes.Lists.Where(l => kinds is null || kinds.Contains(l.Kind)).ToArray();
        var idle = new List<GatewayNode>();
        foreach (var node in before is null ? Array.Empty<GatewayNode>() : _gateway.Nodes.Where(n => n != _gateway.Primary && before.Sessions.All(s => s.Node != n.Nsip) && before.NotListed.All(k => k.Node != n.Nsip)))
        {
            if (rolesKnown || await IsSecondaryAsync(node, cancellationToken).ConfigureAwait(false))
            {
                idle.Add(node);
            }
        }

        var asked = await Task.WhenAll(_gateway.Nodes.Where(n => !idle.Contains(n)).SelectMany(n => lists.Where(l => !absent.Contains((n.Nsip, l.Kind))).Select(l => ReadAsync(n, l.Kind, l.ListType, taken, cancellationToken)))).ConfigureAwait(false);
        var problems = asked.Select(a => a.Problem).OfType<Problem>().GroupBy(p => p.Message).Select(g => g.First()).ToList();
        if (_gateway.Ha == "PairIncomplete")
        {
            problems.Add(new Problem("PeerSessionsNotSeen", ErrorKind.ConnectionFailed, $"The other node of '{_gateway.Name}' ({_gateway.Peer}) is not connected: its sessions are neither listed nor ended.", _gateway.Name, "Connect to both nodes. After a failover end the sessions again."));
        }

        return new UserSessionList(
            _gateway.Name,
            taken,
            _gateway.Nodes.Select(n => n.Nsip).ToArray(),
            asked.SelectMany(a => a.Sessions).GroupBy(s => s.Identity).Select(g => g.First()).ToArray(),
            asked.Where(a => a.Problem is not null).Select(a => (a.Node, a.Kind)).Distinct().ToArray(),
            problems)
        {
            // ICA has two lists
            Absent = absent.Concat(asked.GroupBy(a => (a.Node, a.Kind)).Where(g => g.All(a => a.IsImpossible)).Select(g => g.Key)).ToArray(),
        };
    }

    private static async Task<bool> IsSecondaryAsync(GatewayNode node, CancellationToken cancellationToken)
    {
        try
        {
            var rows = (await Gateway.Open(node).SendAsync(NitroCall.Get("hanode"), cancellationToken).ConfigureAwait(false)).Rows("hanode");
            return rows.Any(r => NitroReply.Text(r["id"]) == "0" && string.Equals(NitroReply.Text(r["state"]), "Secondary", StringComparison.OrdinalIgnoreCase));
        }
        catch (CitrixOpsException)
        {
            // it is asked for its sessions, and says why not
            return false;
        }
    }

    private async Task<(string Node, UserSessionKind Kind, IEnumerable<UserSession> Sessions, bool IsImpossible, Problem? Problem)> ReadAsync(GatewayNode node, UserSessionKind kind, string type, DateTimeOffset taken, CancellationToken cancellationToken)
    {
        try
        {
            var reply = await Gateway.Open(node).SendAsync(NitroCall.Get(type) with { Accepts = None.Concat(Impossible).ToArray() }, cancellationToken).ConfigureAwait(false);
            return (node.Nsip, kind, reply.Rows(type).Select(r => Session(node, kind, type, r, taken)).ToArray(), Impossible.Contains(reply.Code), null);
        }
        catch (CitrixOpsException e)
        {
            return (node.Nsip, kind, Array.Empty<UserSession>(), false, e.Problem);
        }
    }

    private UserSession Session(GatewayNode node, UserSessionKind kind, string type, JObject row, DateTimeOffset taken) => new()
    {
        Gateway = _gateway.Name,
        Node = node.Nsip,
        Kind = kind,
        Transport = type == "vpnicadtlsconnection" || Text(row, "transproto") == "UDP" ? "UDP" : "TCP",
        UserName = Text(row, "username"),
        RawUserName = NitroReply.Text(row["username"]) ?? "",
        Domain = Text(row, "domain"),
        Group = Text(row, "groupname"),
        SourceAddress = Text(row, "publicip", "srcip", "endpointip"),
        SourcePort = Port(row, "publicport", "srcport", "endpointport"),
        DestinationAddress = Text(row, "destip", "targetip"),
        DestinationPort = Port(row, "destport", "targetport"),
        IntranetAddress = Text(row, "intranetip") is var inside && inside is "0.0.0.0" or "" ? Text(row, "intranetip6") : inside,
        ListedAt = taken,
    };

    private static string Text(JObject row, params string[] names) => names.Select(n => NitroReply.Text(row[n])).FirstOrDefault(t => !string.IsNullOrEmpty(t)) is { } text ? SafeText.FromText(text, 200) : "";

    private static int Port(JObject row, params string[] names) => names.Select(n => NitroReply.Number(row[n])).FirstOrDefault(n => n is >= 0 and <= 65535) is { } port ? (int)port : 0;
}
