using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CitrixOps.Appliances.Live;
using CitrixOps.Appliances.Nitro;

namespace CitrixOps.Access;

/// <summary>
/// Connections to the partitions of a gateway. A session is in one partition; each other one gets a session of its own, which stays in its
/// partition also when it has to log in again. All are logged out at the end.
/// </summary>
internal sealed class PartitionLinks
{
    private readonly Dictionary<(GatewayNode Node, string Partition), NitroConnection> _own = new();
    private readonly object _gate = new();

    public PartitionLinks(Gateway gateway) => Gateway = gateway;

    public Gateway Gateway { get; }

    /// <summary>The partition that the gateway's session is in.</summary>
    public string Home => Gateway.Partition;

    public NitroConnection To(GatewayNode node, string partition)
    {
        var session = Gateway.Open(node);
        if (string.Equals(partition, Home, StringComparison.OrdinalIgnoreCase))
        {
            return session;
        }

        lock (_gate)
        {
            if (!_own.TryGetValue((node, partition), out var link))
            {
                // pinned to the certificate in use: nothing secret goes to another one
                var pins = session.Fingerprint is { } pin && session.Options.SkipCertificateCheck ? new[] { pin } : session.Options.Pins;
                _own[(node, partition)] = link = new NitroConnection(session.Address, session.Options with { Partition = partition, Pins = pins });
            }

            return link;
        }
    }

    public Task CloseAsync()
    {
        lock (_gate)
        {
            return Task.WhenAll(_own.Values.Select(c => c.CloseAsync(TimeSpan.FromSeconds(5))));
        }
    }
}
