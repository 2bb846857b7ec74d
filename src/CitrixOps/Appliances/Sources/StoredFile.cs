using System;
using System.IO;

namespace CitrixOps.Appliances.Sources;

/// <summary>An appliance file described by values, its content opened by a function. What every source produces.</summary>
public sealed class StoredFile : ApplianceFile
{
    private readonly Func<Stream>? _open;
    private readonly ReadLimits _limits;

    /// <summary>Describes a file.</summary>
    /// <param name="sourcePath">The file or archive on this machine.</param>
    /// <param name="member">The path inside the archive, or null.</param>
    /// <param name="appliancePath">The path on the appliance, or null.</param>
    /// <param name="entry">Size, times, rights.</param>
    /// <param name="open">Opens the bytes as stored; null for an entry without content.</param>
    /// <param name="limits">The bounds on decompression.</param>
    public StoredFile(string sourcePath, string? member, string? appliancePath, ArchiveEntry entry, Func<Stream>? open, ReadLimits limits)
    {
        SourcePath = sourcePath;
        Member = member;
        AppliancePath = appliancePath;
        Entry = entry;
        _open = open;
        _limits = limits;
        var path = member ?? sourcePath;
        Name = path.Substring(path.LastIndexOfAny(new[] { '/', '\\' }) + 1);
    }

    /// <inheritdoc/>
    public override string SourcePath { get; }

    /// <inheritdoc/>
    public override string? Member { get; }

    /// <inheritdoc/>
    public override string? AppliancePath { get; }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override long? Length => Entry.Length;

    /// <inheritdoc/>
    public override DateTimeOffset? Modified => Entry.Modified;

    /// <inheritdoc/>
    public override int? Mode => Entry.Mode;

    /// <inheritdoc/>
    public override string? Owner => Entry.Owner;

    /// <inheritdoc/>
    public override string? Group => Entry.Group;

    /// <inheritdoc/>
    public override bool HasContent => _open is not null;

    /// <inheritdoc/>
    public override bool IsFolder => Entry.IsFolder;

    /// <summary>Counts what is read of a plain file on the disk; null for anything else.</summary>
    internal Action<int>? DiskCounter { get; init; }

    internal override string? DiskPath => DiskCounter is null || Compressed ? null : SourcePath;

    private ArchiveEntry Entry { get; }

    private bool Compressed => Name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    internal override void Consumed(int bytes) => DiskCounter?.Invoke(bytes);

    /// <inheritdoc/>
    public override Stream OpenRead()
    {
        var stream = _open?.Invoke() ?? Stream.Null;
        return Compressed ? new GzipContent(stream, ToString(), _limits) : stream;
    }
}
