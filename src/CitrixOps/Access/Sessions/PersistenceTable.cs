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
/// The persistence of load balancing, on every node, in the session's partition: cleared after an update, because the vendor's steps say so
/// (CVE-2023-4966), and not when a gateway is closed, because it concerns users inside as well.
/// </summary>
internal sealed class PersistenceTable
{
    private const string Type = "lbpersistentsessions";

    // none there; feature off, not licensed, unknown to the build
    private static readonly int[] None = { 258, 344, 356, 461, 1067, 1088, 1232, 1240 };
    private readonly Gateway _gateway;

    public PersistenceTable(Gateway gateway) => _gateway = gateway;

    /// <summary>The entries. What a node does not show is not cleared there: it would leave no record.</summary>
    public async Task<IReadOnlyList<PersistentSession>> ListAsync(List<Problem> problems, CancellationToken cancellationToken)
    {
        var found = new List<PersistentSession>();
        foreach (var node in _gateway.Nodes)
        {
            try
            {
                found.AddRange(await OnAsync(node, cancellationToken).ConfigureAwait(false));
            }
            catch (CitrixOpsException e)
            {
                problems.Add(e.Problem);
            }
        }

        return found;
    }

    /// <summary>Clears them on every node that has some, and looks.</summary>
    /// <returns>How many are gone.</returns>
    public async Task<int> ClearAsync(IReadOnlyList<PersistentSession> listed, List<Problem> problems, CancellationToken cancellationToken)
    {
        var gone = 0;
        foreach (var node in _gateway.Nodes.Where(n => listed.Any(e => e.Node == n.Nsip)))
        {
            try
            {
                await ClearAsync(node, cancellationToken).ConfigureAwait(false);
                var left = (await OnAsync(node, cancellationToken).ConfigureAwait(false)).Count;
                gone += Math.Max(0, listed.Count(e => e.Node == node.Nsip) - left);
                if (left > 0)
                {
                    problems.Add(new Problem("PersistenceRemains", ErrorKind.ReadFailed, $"'{node.Address}' has {left} entries of persistence: clients that come in make new ones.", node.Address, "Close the way in first (Disable-ExternalAccess), then clear it again."));
                }
            }
            catch (CitrixOpsException e)
            {
                problems.Add(e.Problem);
            }
        }

        return gone;
    }

    private static async Task ClearAsync(GatewayNode node, CancellationToken cancellationToken)
    {
        try
        {
            await Gateway.Open(node).SendAsync(NitroCall.Do(Type, "clear", new JObject()) with { Accepts = None }, cancellationToken).ConfigureAwait(false);
        }
        catch (NitroException e) when (e.Delivery == Delivery.Unknown)
        {
            // listing again tells what became of it
        }
    }

    private static async Task<IReadOnlyList<PersistentSession>> OnAsync(GatewayNode node, CancellationToken cancellationToken) =>
        (await Gateway.Open(node).SendAsync(NitroCall.Get(Type) with { Accepts = None }, cancellationToken).ConfigureAwait(false)).Rows(Type).Select(r => new PersistentSession
        {
            Node = node.Nsip,
            VirtualServer = Text(r, "vservername", "vserver"),
            SourceAddress = Text(r, "srcip", "srcipv6"),
            DestinationAddress = Text(r, "destip", "destipv6"),
            DestinationPort = (int)(NitroReply.Number(r["destport"]) ?? 0),
            Type = Text(r, "typestring", "type"),
            Timeout = (int?)NitroReply.Number(r["timeout"]),
        }).ToArray();

    private static string Text(JObject row, params string[] names) => names.Select(n => NitroReply.Text(row[n])).FirstOrDefault(t => !string.IsNullOrEmpty(t)) is { } text ? SafeText.FromText(text, 127) : "";
}
