using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Errors;
using CitrixOps.Indicators.Files;

namespace CitrixOps.Appliances.Live;

/// <summary>The nodes of a gateway as sources to search.</summary>
public static class LiveSources
{
    /// <summary>Collects from every node at the same time. A node that fails is reported and stops no other.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="watched">Which files are looked for; empty for logs alone.</param>
    /// <param name="report">Gets what could not be read.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>One source per node; the caller disposes them.</returns>
    public static async Task<IReadOnlyList<LiveSource>> CollectAsync(Gateway gateway, IReadOnlyList<FileIndicator> watched, Action<Problem, Exception?> report, CancellationToken cancellationToken)
    {
        var collected = await Task.WhenAll(gateway.Nodes.Select(n => TryAsync(n, watched, report, cancellationToken))).ConfigureAwait(false);
        var sources = collected.Where(s => s is not null).Select(s => s!).ToArray();
        if (cancellationToken.IsCancellationRequested)
        {
            foreach (var source in sources)
            {
                source.Dispose();
            }

            cancellationToken.ThrowIfCancellationRequested();
        }

        return sources;
    }

    private static async Task<LiveSource?> TryAsync(GatewayNode node, IReadOnlyList<FileIndicator> watched, Action<Problem, Exception?> report, CancellationToken cancellationToken)
    {
        try
        {
            var collector = new LiveCollector(node);
            var source = await collector.CollectAsync(watched, cancellationToken).ConfigureAwait(false);
            foreach (var problem in collector.Problems)
            {
                report(problem, null);
            }

            return source;
        }
        catch (CitrixOpsException e)
        {
            report(e.Problem, e);
            return null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // the caller looks at the token once all nodes have stopped
            return null;
        }
    }
}
