using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Appliances.Configuration;
using CitrixOps.Appliances.Nitro;

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

    private static async Task<string> VersionAsync(NitroConnection connection, NitroCall call, CancellationToken cancellationToken) =>
        NodeFacts.Text((await connection.SendAsync(call, cancellationToken).ConfigureAwait(false)).Single("nsversion")["version"]);
}
