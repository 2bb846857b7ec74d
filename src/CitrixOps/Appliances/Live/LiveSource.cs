using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using CitrixOps.Appliances.Sources;
using CitrixOps.Errors;

namespace CitrixOps.Appliances.Live;

/// <summary>A running node: copies of its logs, and the files of watched folders, which are read only where an indicator asks for it.</summary>
public sealed class LiveSource : ApplianceSource, IDisposable
{
    private readonly GatewayNode _node;
    private readonly string _folder;
    private readonly Func<RemoteFile, Stream> _read;
    private readonly Dictionary<string, (RemoteFile File, string Copy)> _logs = new(StringComparer.Ordinal);
    private readonly List<(RemoteFile File, Problem Problem)> _unreadable = new();
    private readonly Dictionary<string, RemoteFile> _watched = new(StringComparer.Ordinal);
    private readonly DateTimeOffset _startedAt = DateTimeOffset.UtcNow;
    private ApplianceFacts? _facts;
    private long _consumed;

    internal LiveSource(GatewayNode node, string folder, Func<RemoteFile, Stream> read)
    {
        _node = node;
        _folder = folder;
        _read = read;
    }

    /// <inheritdoc/>
    public override string Path => _node.Address;

    /// <inheritdoc/>
    public override SourceKind Kind => SourceKind.Live;

    /// <inheritdoc/>
    public override long? TotalBytes => _logs.Values.Sum(l => new FileInfo(l.Copy).Length);

    /// <inheritdoc/>
    public override long BytesConsumed => _consumed;

    /// <inheritdoc/>
    public override ApplianceFacts? KnownFacts => _facts;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Notes
    {
        get
        {
            var calls = _node.Connection?.Calls ?? 0;
            var added = FormattableString.Invariant($"{calls} calls to '{_node.Address}' as '{_node.Connection?.Options.Credential.UserName}' until {DateTimeOffset.UtcNow:yyyy-MM-dd HH:mm:ss}Z (logs copied from {_startedAt:HH:mm:ss}Z on): each adds a line to its ns.log and httpaccess.log. Nothing else was written.");
            return _watched.Count == 0 ? new[] { added } : new[] { added, $"'{_node.Address}' tells name, size and time of its files over the REST API, but neither owner nor rights, and no links: SUID and SGID, the rights of folders and owners were not looked at. An image or a support bundle shows them." };
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<ApplianceFile> Files(CancellationToken cancellationToken)
    {
        _consumed = 0;
        foreach (var (file, copy) in _logs.Values.OrderBy(l => l.File.Name, RotationOrder.Instance))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Describe(file, () => new CountingStream(DiskFile.Open(copy), n => _consumed += n));
        }

        foreach (var (file, problem) in _unreadable)
        {
            yield return Describe(file, () => throw new CitrixOpsException(problem));
        }

        foreach (var file in _watched.Values.OrderBy(f => f.Path, StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Describe(file, () => _read(file));
        }
    }

    /// <summary>Removes the copies.</summary>
    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>Something of it could not be read for certain.</summary>
    internal void MarkIncomplete() => IsIncomplete = true;

    internal void SetFacts(ApplianceFacts facts) => _facts = facts;

    internal void Add(RemoteFile log, byte[] content)
    {
        // names come from the appliance: copies are numbered
        var copy = System.IO.Path.Combine(_folder, _logs.Count.ToString(System.Globalization.CultureInfo.InvariantCulture) + "-" + Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(copy, content);
        _logs[log.Name] = (log, copy);
    }

    /// <summary>A log that is there and could not be copied: the search reports it, and its coverage shows it.</summary>
    internal void AddUnreadable(RemoteFile log, Problem problem) => _unreadable.Add((log, problem));

    internal void Forget(string stem)
    {
        foreach (var name in _logs.Keys.Where(n => RotationOrder.Split(n).Stem == stem).ToArray())
        {
            File.Delete(_logs[name].Copy);
            _logs.Remove(name);
        }
    }

    internal void Watch(RemoteFile file) => _watched[file.Path] = file;

    private StoredFile Describe(RemoteFile file, Func<Stream> open) => new(
        _node.Address,
        Investigation.SafeText.FromText(file.Path.TrimStart('/'), 250),
        file.Path,
        new ArchiveEntry { Name = file.Name, Length = file.Size, Modified = file.Modified, IsFile = true },
        open,
        new ReadLimits());
}
