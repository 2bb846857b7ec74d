using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Appliances.Configuration;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Errors;

namespace CitrixOps.Appliances.Live;

/// <summary>What a running node says about itself, in the terms of a surveyed one.</summary>
public static class LiveFacts
{
    /// <summary>Reads what runs, what would boot next, and the running configuration: six calls.</summary>
    /// <param name="node">The node.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<ApplianceFacts> ReadAsync(GatewayNode node, CancellationToken cancellationToken)
    {
        var connection = Gateway.Open(node);
        await NodeFacts.ReadRoleAsync(node, cancellationToken).ConfigureAwait(false);
        node.HostName = NodeFacts.Text((await connection.SendAsync(NitroCall.Get("nshostname"), cancellationToken).ConfigureAwait(false)).Single("nshostname")["hostname"]);
        var running = await VersionAsync(connection, NitroCall.Get("nsversion"), cancellationToken).ConfigureAwait(false);
        var next = await VersionAsync(connection, NitroCall.Get("nsversion", null, ("installedversion", "true")), cancellationToken).ConfigureAwait(false);
        var text = NitroReply.Text((await connection.SendAsync(NitroCall.Get("nsrunningconfig"), cancellationToken).ConfigureAwait(false)).Single("nsrunningconfig")["response"]);
        using var reader = new StringReader(text ?? "");
        var versions = new List<VersionObservation> { new(running, VersionRole.Running, "show ns version"), new(next, VersionRole.NextBoot, "show ns version -installedVersion") };
        return new ApplianceFacts
        {
            Gateway = node.HostName.Length > 0 ? node.HostName : node.Nsip,
            Node = node.Nsip,
            HostName = node.HostName.Length > 0 ? node.HostName : null,
            Nsip = node.Nsip,
            PeerAddress = node.PeerAddress,
            TimeZone = ApplianceZone.Name(node.TimeZone),
            CollectedAt = node.Clock == default ? DateTimeOffset.UtcNow : node.Clock,
            Versions = versions,
            Configuration = NsConfiguration.Parse(reader),
        };
    }

    /// <summary>Reads all nodes of a gateway at the same time. A node that fails is reported and stops no other.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="report">Gets what went wrong.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<IReadOnlyList<ApplianceFacts>> ReadAllAsync(Gateway gateway, Action<Problem, Exception?> report, CancellationToken cancellationToken)
    {
        var nodes = await Task.WhenAll(gateway.Nodes.Select(async n =>
        {
            try
            {
                return await ReadAsync(n, cancellationToken).ConfigureAwait(false);
            }
            catch (CitrixOpsException e)
            {
                report(e.Problem, e);
                return null;
            }
        })).ConfigureAwait(false);
        return nodes.Where(n => n is not null).Select(n => n!).ToArray();
    }

    private static async Task<string> VersionAsync(NitroConnection connection, NitroCall call, CancellationToken cancellationToken) =>
        NodeFacts.Text((await connection.SendAsync(call, cancellationToken).ConfigureAwait(false)).Single("nsversion")["version"]);
}
