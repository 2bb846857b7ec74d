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
        using var reader = Open(stream);
        while (Next(reader))
        {
            var entry = (SharpCompress.Common.Tar.TarEntry)reader.Entry;
            yield return new ArchiveEntry
            {
                Name = entry.Key ?? "",
                Length = entry.Size,
                Mode = (int)entry.Mode,
                Owner = entry.UserID.ToString(CultureInfo.InvariantCulture),
                Group = entry.GroupId.ToString(CultureInfo.InvariantCulture),
                Modified = entry.LastModifiedTime is { } time ? new DateTimeOffset(time.ToUniversalTime()) : null,
                IsFile = !entry.IsDirectory && string.IsNullOrEmpty(entry.LinkTarget),
                IsFolder = entry.IsDirectory,
                Content = reader.OpenEntryStream,
            };
        }
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
