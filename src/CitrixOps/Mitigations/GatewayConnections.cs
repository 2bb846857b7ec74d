using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Appliances.Live;
using CitrixOps.Appliances.Nitro;

namespace CitrixOps.Mitigations;

/// <summary>
/// The connections to a gateway's partitions. A session works in one partition, so each further one has a session of its own; those are
/// closed at the end.
/// </summary>
internal sealed class GatewayConnections : IDisposable
{
    private static readonly int[] NoPartitions = { 258, 356, 1067, 1088, 1232, 1240, 2760, 2761, 2772 };
    private readonly ConcurrentDictionary<(GatewayNode, string), NitroConnection> _opened = new();
    private readonly Gateway _gateway;

    public GatewayConnections(Gateway gateway) => _gateway = gateway;

    public NitroConnection Of(GatewayNode node, string partition) => partition == _gateway.Partition
        ? Gateway.Open(node)
        : _opened.GetOrAdd((node, partition), key =>
        {
            var own = Gateway.Open(key.Item1);
            return new NitroConnection(own.Address, own.Options with { Partition = key.Item2 });
        });

    /// <summary>The partitions to look at: the session's own, and from the default one all others.</summary>
    public async Task<IReadOnlyList<string>> PartitionsAsync(GatewayNode node, CancellationToken cancellationToken)
    {
        var own = _gateway.Partition;
        if (own != "default")
        {
            return new[] { own };
        }

        var reply = await Gateway.Open(node).SendAsync(NitroCall.Get("nspartition") with { Accepts = NoPartitions }, cancellationToken).ConfigureAwait(false);
        var others = reply.Rows("nspartition").Select(r => NitroReply.Text(r["partitionname"])).OfType<string>().Where(n => !string.Equals(n, "default", StringComparison.OrdinalIgnoreCase));
        return new[] { own }.Concat(others).ToArray();
    }

    public void Dispose()
    {
        foreach (var connection in _opened.Values)
        {
            connection.Dispose();
        }
    }
}
