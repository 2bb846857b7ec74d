using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Appliances.Sources;
using CitrixOps.Errors;
using CitrixOps.Indicators.Files;
using CitrixOps.Logs;

namespace CitrixOps.Appliances.Live;

/// <summary>
/// Copies a node's logs, then lists the folders that are watched, then asks about the node: in this order, because every call adds lines
/// to the very logs, which hold little.
/// </summary>
public sealed class LiveCollector
{
    private const string LogFolder = "/var/log";
    private const int MostFolders = 400;
    private const int Rounds = 3;
    private readonly GatewayNode _node;
    private readonly RemoteFiles _files;
    private readonly List<Problem> _problems = new();

    /// <summary>Makes a collector for a node.</summary>
    /// <param name="node">The node.</param>
    public LiveCollector(GatewayNode node)
    {
        _node = node ?? throw new ArgumentNullException(nameof(node));
        _files = new RemoteFiles(Gateway.Open(node), node.TimeZone);
    }

    /// <summary>What could not be read.</summary>
    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>Collects.</summary>
    /// <param name="indicators">What is watched; empty for logs alone.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The source to search; the caller disposes it, which removes the copies.</returns>
    /// <exception cref="CitrixOpsException">Not even the folder of logs can be read.</exception>
    public async Task<LiveSource> CollectAsync(IEnumerable<FileIndicator> indicators, CancellationToken cancellationToken)
    {
        var source = new LiveSource(_node, Polyfills.PrivateFolder.Create(), Read);
        try
        {
            await CopyLogsAsync(source, cancellationToken).ConfigureAwait(false);
            await ListWatchedAsync(source, indicators, cancellationToken).ConfigureAwait(false);
            source.SetFacts(await LiveFacts.ReadAsync(_node, cancellationToken).ConfigureAwait(false));
            return source;
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private async Task CopyLogsAsync(LiveSource source, CancellationToken cancellationToken)
    {
        var listed = await LogsAsync(cancellationToken).ConfigureAwait(false);
        var wanted = listed;
        for (var round = 1; wanted.Count > 0; round++)
        {
            // what a turn-over drops first is copied first; the live log, which still grows, last
            var failed = new List<(RemoteFile Log, Problem Problem)>();
            foreach (var log in wanted.OrderByDescending(l => RotationOrder.Split(l.Name).Index))
            {
                await CopyAsync(source, log, failed, cancellationToken).ConfigureAwait(false);
            }

            var now = await LogsAsync(cancellationToken).ConfigureAwait(false);
            var turned = TurnedOver(listed, now);
            wanted = now.Where(l => turned.Contains(RotationOrder.Split(l.Name).Stem)).ToList();
            var settled = round == Rounds;
            foreach (var (log, problem) in failed.Where(f => settled || !turned.Contains(RotationOrder.Split(f.Log.Name).Stem)))
            {
                source.AddUnreadable(log, problem);
            }

            if (settled)
            {
                source.MarkIncomplete();
                _problems.AddRange(turned.Select(t => new Problem("LogTurnedOver", ErrorKind.ReadFailed, $"'{_node.Address}:{LogFolder}/{t}' was turned over each time it was copied: pieces may be missing or twice.", t, "Ship logs away from the appliance, or collect a support bundle.")));
                return;
            }

            foreach (var stem in turned)
            {
                source.Forget(stem);
            }

            listed = now;
        }
    }

    private async Task CopyAsync(LiveSource source, RemoteFile log, List<(RemoteFile Log, Problem Problem)> failed, CancellationToken cancellationToken)
    {
        try
        {
            source.Add(log, await _files.ReadAsync(log, cancellationToken).ConfigureAwait(false));
        }
        catch (CitrixOpsException e) when (e.Problem.Id is not ("SessionEnded" or "SessionClosed" or "CertificateChanged"))
        {
            failed.Add((log, e.Problem));
        }
    }

    private async Task<List<RemoteFile>> LogsAsync(CancellationToken cancellationToken) =>
        (await _files.ListAsync(LogFolder, cancellationToken).ConfigureAwait(false) ?? Array.Empty<RemoteFile>()).Where(f => !f.IsFolder && LogFormats.ByName(f.Name) is not null).ToList();

    // a rotated file that is new or has changed, or a live one that has become smaller
    private static HashSet<string> TurnedOver(List<RemoteFile> before, List<RemoteFile> now)
    {
        var known = before.ToDictionary(f => f.Name, StringComparer.Ordinal);
        return new HashSet<string>(
            now.Where(f => !known.TryGetValue(f.Name, out var then) || (RotationOrder.Split(f.Name).Index >= 0 ? then.Size != f.Size || then.Modified != f.Modified : f.Size < then.Size))
                .Select(f => RotationOrder.Split(f.Name).Stem),
            StringComparer.Ordinal);
    }

    private async Task ListWatchedAsync(LiveSource source, IEnumerable<FileIndicator> indicators, CancellationToken cancellationToken)
    {
        var waiting = new Queue<(string Folder, int Depth)>(WatchedFolders.Of(indicators).Select(f => (f.Key, f.Value)));
        for (var listed = 0; waiting.Count > 0; listed++)
        {
            if (listed == MostFolders)
            {
                _problems.Add(new Problem("TooManyFolders", ErrorKind.NotSupported, $"'{_node.Address}' has more than {MostFolders} folders where traces are looked for; the rest was not looked at.", _node.Address, "Search an image or a support bundle of the node."));
                return;
            }

            var (folder, depth) = waiting.Dequeue();
            try
            {
                foreach (var entry in await _files.ListAsync(folder, cancellationToken).ConfigureAwait(false) ?? Array.Empty<RemoteFile>())
                {
                    if (!entry.IsFolder)
                    {
                        source.Watch(entry);
                    }
                    else if (depth > 0)
                    {
                        waiting.Enqueue((entry.Path, depth - 1));
                    }
                }
            }
            catch (CitrixOpsException e) when (e.Problem.Id is "NotAuthorised" or "NitroError" or "FileNameTooLong" or "NoAnswerInTime" or "AnswerIncomplete")
            {
                _problems.Add(e.Problem);
            }
        }
    }

    private Stream Read(RemoteFile file) => new MemoryStream(_files.ReadAsync(file, CancellationToken.None).GetAwaiter().GetResult(), writable: false);
}
