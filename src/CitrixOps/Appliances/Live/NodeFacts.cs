using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Investigation;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Appliances.Live;

/// <summary>Asks a node about itself.</summary>
internal static class NodeFacts
{
    // what only the default partition shows
    private static readonly int[] NotInPartition = { 2760, 2761, 2772 };

    /// <summary>Address, role, peer, clock, unsaved changes: two calls.</summary>
    public static async Task ReadRoleAsync(GatewayNode node, CancellationToken cancellationToken)
    {
        var connection = Gateway.Open(node);
        var before = DateTimeOffset.UtcNow;
        var config = (await connection.SendAsync(NitroCall.Get("nsconfig"), cancellationToken).ConfigureAwait(false)).Single("nsconfig");
        var between = before + TimeSpan.FromTicks((DateTimeOffset.UtcNow - before).Ticks / 2);
        var ha = (await connection.SendAsync(NitroCall.Get("hanode"), cancellationToken).ConfigureAwait(false)).Rows("hanode");
        node.Nsip = Text(config["ipaddress"]);
        node.UnsavedChanges = NitroReply.Flag(config["configchanged"]);
        node.IsClustered = string.Equals(Text(config["systemtype"]), "Cluster", StringComparison.OrdinalIgnoreCase);
        node.TimeZone = Text(config["timezone"]);
        node.CertificateSha256 = connection.Fingerprint ?? "";
        if (NitroReply.Number(config["systemtime"]) is { } seconds and > 0)
        {
            node.Clock = DateTimeOffset.FromUnixTimeSeconds((long)seconds);
            node.ClockDifference = TimeSpan.FromSeconds(Math.Round((node.Clock - between).TotalSeconds));
        }

        var own = ha.FirstOrDefault(r => Text(r["id"]) == "0") ?? ha.FirstOrDefault() ?? new JObject();
        var peer = ha.FirstOrDefault(r => r != own);
        node.PeerAddress = peer is null ? null : Text(peer["ipaddress"]);
        node.Role = peer is null ? "Primary" : Text(own["state"]);
        node.HaStatus = peer is null ? "" : Text(own["hastatus"]);
        node.Synchronisation = peer is null ? "" : Text(own["hasync"]);
        node.Propagates = peer is not null && NitroReply.Flag(own["haprop"]);
    }

    /// <summary>Host name and build: two calls.</summary>
    public static async Task ReadNameAsync(GatewayNode node, CancellationToken cancellationToken)
    {
        var connection = Gateway.Open(node);
        node.HostName = Text((await connection.SendAsync(NitroCall.Get("nshostname"), cancellationToken).ConfigureAwait(false)).Single("nshostname")["hostname"]);
        var version = Text((await connection.SendAsync(NitroCall.Get("nsversion"), cancellationToken).ConfigureAwait(false)).Single("nsversion")["version"]);
        node.Version = Advisories.VersionParser.TryParse(version, out var parsed, out _) ? parsed!.ToString() : version;
    }

    /// <summary>Everything <see cref="GatewayNode"/> shows: six calls. In a partition model and serial number stay empty.</summary>
    public static async Task ReadAsync(GatewayNode node, CancellationToken cancellationToken)
    {
        await ReadRoleAsync(node, cancellationToken).ConfigureAwait(false);
        await ReadNameAsync(node, cancellationToken).ConfigureAwait(false);
        var connection = Gateway.Open(node);
        var hardware = (await connection.SendAsync(NitroCall.Get("nshardware") with { Accepts = NotInPartition }, cancellationToken).ConfigureAwait(false)).Single("nshardware");
        node.Model = Text(hardware["hwdescription"]);
        node.SerialNumber = Text(hardware["serialno"]);
        node.Features = ((await connection.SendAsync(NitroCall.Get("nsfeature") with { Accepts = NotInPartition }, cancellationToken).ConfigureAwait(false)).Single("nsfeature")["feature"] as JArray)?.Select(Text).ToArray() ?? (IReadOnlyList<string>)Array.Empty<string>();
    }

    internal static string Text(JToken? value) => SafeText.FromText(NitroReply.Text(value) ?? "", 200);
}
