using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using CitrixOps.Appliances.Sources;
using SharpCompress.Common;
using SharpCompress.Readers;
using SharpCompress.Readers.Tar;

namespace CitrixOps.Adapters.Archives;

/// <summary>Reads tar archives where the framework has no reader of its own.</summary>
public sealed class ArchiveReader : IArchiveReader
{
    /// <inheritdoc/>
    public IEnumerable<ArchiveEntry> ReadTar(Stream stream)
    {
        var types = new Queue<char>();
        using var reader = Open(new SparseHeaders(stream, types));
        while (Next(reader))
        {
            var entry = (SharpCompress.Common.Tar.TarEntry)reader.Entry;

            // the library tells neither devices from files nor a folder's own bits from those it adds
            var type = types.Count > 0 ? types.Dequeue() : '0';
            yield return new ArchiveEntry
            {
                Name = NameOf(entry.Key ?? ""),
                Length = entry.Size,
                Mode = (int)entry.Mode & (entry.IsDirectory ? 0xdff : 0xfff),
                Owner = entry.UserID.ToString(CultureInfo.InvariantCulture),
                Group = entry.GroupId.ToString(CultureInfo.InvariantCulture),
                Modified = entry.LastModifiedTime is { } time ? new DateTimeOffset(time.ToUniversalTime()) : null,
                IsFile = type is '0' or '\0' or '7' && !entry.IsDirectory && string.IsNullOrEmpty(entry.LinkTarget),
                IsFolder = entry.IsDirectory,
                Content = () => new EntryContent(reader.OpenEntryStream()),
            };
        }
    }

    // dir/GNUSparseFile.77/name is what archivers call a sparse file
    private static string NameOf(string name)
    {
        var at = name.IndexOf("/GNUSparseFile.", StringComparison.Ordinal);
        var slash = at < 0 ? -1 : name.IndexOf('/', at + 1);
        return slash < 0 ? name : name.Substring(0, at) + name.Substring(slash);
    }

    private static IReader Open(Stream stream)
    {
        try
        {
            return ReaderFactory.OpenReader(stream, new ReaderOptions { LeaveStreamOpen = true }) as TarReader ?? throw new InvalidDataException("not a tar archive");
        }
        catch (Exception e) when (e is SharpCompressException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException("not a tar archive", e);
        }
    }

    private static bool Next(IReader reader)
    {
        try
        {
            return reader.MoveToNextEntry();
        }
        catch (IncompleteArchiveException e)
        {
            throw new EndOfStreamException("the archive ends in the middle", e);
        }
        catch (Exception e) when (e is SharpCompressException or InvalidOperationException or FormatException or OverflowException or ArgumentException)
        {
            throw new InvalidDataException("a header of the archive is damaged", e);
        }
    }
}
