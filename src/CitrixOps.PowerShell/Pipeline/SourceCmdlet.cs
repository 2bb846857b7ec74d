using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using CitrixOps.Appliances;
using CitrixOps.Appliances.Live;
using CitrixOps.Indicators.Files;

namespace CitrixOps.PowerShell.Pipeline;

/// <summary>Shared by cmdlets that read what was saved of a gateway, or ask the gateway itself.</summary>
public abstract class SourceCmdlet : GatewayCmdlet
{
    /// <summary>Parameter set of <c>-Path</c>.</summary>
    protected const string PathSet = "Path";

    /// <summary>Parameter set of <c>-LiteralPath</c>.</summary>
    protected const string LiteralPathSet = "LiteralPath";

    /// <summary>Resolves paths to absolute file system paths; what matches nothing is reported and left out.</summary>
    /// <param name="paths">The paths as given.</param>
    /// <param name="literal">True when wildcard characters are ordinary characters.</param>
    /// <returns>Existing files and folders.</returns>
    protected IEnumerable<string> ResolvePaths(IEnumerable<string> paths, bool literal) => PathResolution.Resolve(this, paths, literal);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (IsLive)
        {
            base.EndProcessing();
        }
    }

    /// <summary>
    /// Copies the logs of every node, then lists what is watched, then asks about the node, and hands the sources to a reader on the
    /// pipeline thread while the session is still open. The copies are removed afterwards.
    /// </summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="watched">Which files are looked for; empty for logs alone.</param>
    /// <param name="read">The reader.</param>
    private protected static async Task ReadLiveAsync(Gateway gateway, GatewayPipeline pipeline, IReadOnlyList<FileIndicator> watched, Action<IReadOnlyList<ApplianceSource>> read)
    {
        var sources = await LiveSources.CollectAsync(gateway, watched, pipeline.Report, pipeline.StopToken).ConfigureAwait(false);
        try
        {
            if (sources.Count > 0)
            {
                await pipeline.AskAsync(() =>
                {
                    read(sources);
                    return true;
                }).ConfigureAwait(false);
            }
        }
        finally
        {
            foreach (var source in sources)
            {
                source.Dispose();
            }
        }
    }
}
