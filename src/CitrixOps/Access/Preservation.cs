using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Appliances.Live;
using CitrixOps.Errors;

namespace CitrixOps.Access;

/// <summary>
/// Whether anything was preserved before a gateway is changed: a support bundle of the last day on the disk of each node, because each keeps
/// logs of its own. One that is empty, or dated in the future, does not count.
/// </summary>
public static class Preservation
{
    private const string Folder = "/var/tmp/support";

    /// <summary>Looks.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>A warning, or null where something was preserved on every node.</returns>
    public static async Task<string?> WarningAsync(Gateway gateway, CancellationToken cancellationToken)
    {
        var nodes = (gateway ?? throw new ArgumentNullException(nameof(gateway))).Nodes;
        var kept = await Task.WhenAll(nodes.Select(n => IsKeptAsync(n, cancellationToken))).ConfigureAwait(false);
        var without = nodes.Where((_, i) => !kept[i]).Select(n => n.Nsip).ToArray();
        return without.Length == 0 ? null : $"Nothing was preserved on '{gateway.Name}'{(without.Length < nodes.Count ? $", node {without[0]}," : "")} in the last day: logs turn over, and sessions are gone once they are ended. Collect a support bundle first where there is time (show techsupport); copy /var/log in any case.";
    }

    private static async Task<bool> IsKeptAsync(GatewayNode node, CancellationToken cancellationToken)
    {
        try
        {
            var files = await new RemoteFiles(Gateway.Open(node), node.TimeZone).ListAsync(Folder, cancellationToken).ConfigureAwait(false);
            return files?.Any(f => f.Name.StartsWith("collector_", StringComparison.Ordinal) && f.Size > 0 && f.Modified > node.Clock - TimeSpan.FromDays(1) && f.Modified < node.Clock + TimeSpan.FromHours(1)) == true;
        }
        catch (CitrixOpsException)
        {
            // the account may not look: the warning stands
            return false;
        }
    }
}
