using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Appliances.Live;
using CitrixOps.Appliances.Nitro;
using CitrixOps.Errors;
using CitrixOps.Investigation;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Access.Probing;

/// <summary>The ways in that a gateway itself names: its virtual servers with an address, in the session's partition.</summary>
public static class AccessTargets
{
    private static readonly string[] Types = { "vpnvserver", "authenticationvserver", "csvserver", "lbvserver", "crvserver" };
    private static readonly string[] WithTls = { "SSL", "SSL_TCP", "SSL_BRIDGE" };
    private static readonly string[] OverUdp = { "UDP", "DTLS", "DNS", "HTTP_QUIC", "QUIC", "RADIUS", "SIP_UDP", "TFTP" };
    private static readonly int[] None = { 258, 344, 356, 1067, 1232, 1240 };

    /// <summary>Reads them.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What is to be tested, each address and port once per transport.</returns>
    /// <exception cref="CitrixOpsException">The gateway cannot be asked.</exception>
    public static async Task<IReadOnlyList<AccessTarget>> ReadAsync(Gateway gateway, CancellationToken cancellationToken)
    {
        _ = gateway ?? throw new ArgumentNullException(nameof(gateway));
        var node = gateway.Primary ?? gateway.Nodes[0];
        var found = new List<AccessTarget>();
        foreach (var type in Types)
        {
            var reply = await Gateway.Open(node).SendAsync(NitroCall.Get(type) with { Accepts = None }, cancellationToken).ConfigureAwait(false);
            found.AddRange(reply.Rows(type).SelectMany(r => Of(gateway.Name, type, r)));
        }

        return found.GroupBy(t => (t.Uri, t.IsUdp)).Select(g => g.First()).ToArray();
    }

    private static IEnumerable<AccessTarget> Of(string gateway, string type, JObject row)
    {
        var service = NitroReply.Text(row["servicetype"]) ?? "";
        var port = (int)(NitroReply.Number(row["port"]) ?? 0);
        if (!IPAddress.TryParse(NitroReply.Text(row["ipv46"]) ?? "", out var address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) || port <= 0)
        {
            yield break;
        }

        var name = SafeText.FromText(NitroReply.Text(row["name"]) ?? "", 127);
        var isTls = WithTls.Contains(service) || type is "vpnvserver" or "authenticationvserver";
        var uri = new UriBuilder(isTls ? "https" : "http", address.AddressFamily == AddressFamily.InterNetworkV6 ? "[" + address + "]" : address.ToString(), port == 65535 ? (isTls ? 443 : 80) : port).Uri;
        yield return new AccessTarget(uri, gateway, name, OverUdp.Contains(service));
        if (type == "vpnvserver" && !string.Equals(NitroReply.Text(row["dtls"]), "OFF", StringComparison.OrdinalIgnoreCase))
        {
            yield return new AccessTarget(uri, gateway, name, IsUdp: true);
        }
    }
}
