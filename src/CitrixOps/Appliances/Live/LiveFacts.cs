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

/// <summary>What a running node says about itself, in the terms of a surveyed one: builds, and the running configuration of every partition.</summary>
public static class LiveFacts
{
    private const string Default = "default";
    private static readonly TimeSpan LogoutLimit = TimeSpan.FromSeconds(5);

    /// <summary>Reads what runs, what would boot next, and the running configuration of the session's partition: six calls.</summary>
    /// <param name="node">The node.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<ApplianceFacts> ReadAsync(GatewayNode node, CancellationToken cancellationToken) =>
        (await CoreAsync(node, null, cancellationToken).ConfigureAwait(false)).Facts;

    /// <summary>Reads the same with every admin partition: four calls more for each.</summary>
    /// <param name="node">The node.</param>
    /// <param name="report">Gets what went wrong in single partitions: what the others do not meet is then unknown.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<ApplianceFacts> ReadAsync(GatewayNode node, Action<Problem, Exception?> report, CancellationToken cancellationToken) =>
        (await CoreAsync(node, e => report(e.Problem, e), cancellationToken).ConfigureAwait(false)).Facts;

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
                return await ReadAsync(n, report, cancellationToken).ConfigureAwait(false);
            }
            catch (CitrixOpsException e)
            {
                report(e.Problem, e);
                return null;
            }
        })).ConfigureAwait(false);
        return nodes.Where(n => n is not null).Select(n => n!).ToArray();
    }

    /// <summary>The same, with the partitions that have unsaved changes, and those beside the default one.</summary>
    internal static Task<(ApplianceFacts Facts, IReadOnlyList<string> Unsaved, IReadOnlyList<string> Partitions)> ReadWithChangesAsync(GatewayNode node, Action<Problem> report, CancellationToken cancellationToken) =>
        CoreAsync(node, e => report(e.Problem), cancellationToken);

    private static async Task<(ApplianceFacts Facts, IReadOnlyList<string> Unsaved, IReadOnlyList<string> Partitions)> CoreAsync(GatewayNode node, Action<CitrixOpsException>? failed, CancellationToken cancellationToken)
    {
        var connection = Gateway.Open(node);
        var home = connection.Options.Partition ?? Default;
        await NodeFacts.ReadRoleAsync(node, cancellationToken).ConfigureAwait(false);
        node.HostName = NodeFacts.Text((await connection.SendAsync(NitroCall.Get("nshostname"), cancellationToken).ConfigureAwait(false)).Single("nshostname")["hostname"]);
        var running = await VersionAsync(connection, NitroCall.Get("nsversion"), cancellationToken).ConfigureAwait(false);
        var next = await VersionAsync(connection, NitroCall.Get("nsversion", null, ("installedversion", "true")), cancellationToken).ConfigureAwait(false);
        var unsaved = new List<string>();
        var read = new Dictionary<string, NsConfiguration>(StringComparer.OrdinalIgnoreCase) { [home] = await ConfigurationAsync(connection, cancellationToken).ConfigureAwait(false) };
        if (node.UnsavedChanges)
        {
            unsaved.Add(home);
        }

        async Task PartitionAsync(string name)
        {
            if (failed is not null && !read.ContainsKey(name) && await OfPartitionAsync(node, name, failed, cancellationToken).ConfigureAwait(false) is var (configuration, changed))
            {
                read[name] = configuration;
                unsaved.AddRange(changed ? new[] { name } : Array.Empty<string>());
            }
        }

        await PartitionAsync(Default).ConfigureAwait(false);
        var names = read.TryGetValue(Default, out var main) ? main.NamedPartitions : Array.Empty<string>();
        foreach (var name in main?.MissingPartitions ?? Array.Empty<string>())
        {
            await PartitionAsync(name).ConfigureAwait(false);
        }

        var facts = new ApplianceFacts
        {
            Gateway = node.HostName.Length > 0 ? node.HostName : node.Nsip,
            Node = node.Nsip,
            HostName = node.HostName.Length > 0 ? node.HostName : null,
            Nsip = node.Nsip,
            PeerAddress = node.PeerAddress,
            TimeZone = ApplianceZone.Name(node.TimeZone),
            CollectedAt = node.Clock == default ? DateTimeOffset.UtcNow : node.Clock,
            Versions = new List<VersionObservation> { new(running, VersionRole.Running, "show ns version"), new(next, VersionRole.NextBoot, "show ns version -installedVersion") },
            Configuration = read.Where(r => r.Key != Default).Aggregate(main ?? NsConfiguration.WithoutDefault, (whole, part) => whole.With(part.Key, part.Value)),
        };
        return (facts, unsaved, names);
    }

    // a session is in one partition: each other one gets a session of its own, one after another, because a node has few
    private static async Task<(NsConfiguration Configuration, bool Changed)?> OfPartitionAsync(GatewayNode node, string partition, Action<CitrixOpsException> failed, CancellationToken cancellationToken)
    {
        var session = Gateway.Open(node);
        var pins = session.Fingerprint is { } pin && session.Options.SkipCertificateCheck ? new[] { pin } : session.Options.Pins;
        var own = new NitroConnection(session.Address, session.Options with { Partition = partition == Default ? null : partition, Pins = pins });
        try
        {
            var changed = NitroReply.Flag((await own.SendAsync(NitroCall.Get("nsconfig"), cancellationToken).ConfigureAwait(false)).Single("nsconfig")["configchanged"]);
            return (await ConfigurationAsync(own, cancellationToken).ConfigureAwait(false), changed);
        }
        catch (CitrixOpsException e)
        {
            failed(new CitrixOpsException(new Problem("PartitionNotRead", e.Problem.Kind, $"The partition '{Investigation.SafeText.FromText(partition, 60)}' of '{node.Nsip}' could not be read: {e.Problem.Message}", node.Nsip, e.Problem.Recommendation), e));
            return null;
        }
        finally
        {
            await own.CloseAsync(LogoutLimit).ConfigureAwait(false);
        }
    }

    private static async Task<NsConfiguration> ConfigurationAsync(NitroConnection connection, CancellationToken cancellationToken)
    {
        using var reader = new StringReader(NitroReply.Text((await connection.SendAsync(NitroCall.Get("nsrunningconfig"), cancellationToken).ConfigureAwait(false)).Single("nsrunningconfig")["response"]) ?? "");
        return NsConfiguration.Parse(reader);
    }

    private static async Task<string> VersionAsync(NitroConnection connection, NitroCall call, CancellationToken cancellationToken) =>
        NodeFacts.Text((await connection.SendAsync(call, cancellationToken).ConfigureAwait(false)).Single("nsversion")["version"]);
}
