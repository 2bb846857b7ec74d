using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.Globalization;
using System.IO;
using CitrixOps.Appliances.Sources;

namespace CitrixOps.Adapters.Archives;

/// <summary>Reads tar archives with the framework's own reader.</summary>
public sealed class ArchiveReader : IArchiveReader
{
    /// <inheritdoc/>
    public IEnumerable<ArchiveEntry> ReadTar(Stream stream)
    {
        using var reader = new TarReader(new SparseHeaders(stream), leaveOpen: true);
        while (Next(reader) is { } entry)
        {
            yield return new ArchiveEntry
            {
                Name = NameOf(entry),
                Length = entry.Length,
                Mode = (int)entry.Mode,
                Owner = entry is PosixTarEntry { UserName.Length: > 0 } posix ? posix.UserName : entry.Uid.ToString(CultureInfo.InvariantCulture),
                Group = entry is PosixTarEntry { GroupName.Length: > 0 } withGroup ? withGroup.GroupName : entry.Gid.ToString(CultureInfo.InvariantCulture),
                Modified = entry.ModificationTime,
                IsFile = entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile,
                IsFolder = entry.EntryType is TarEntryType.Directory,
                Content = () => entry.DataStream ?? Stream.Null,
            };
        }
    }

    // a sparse file has a name of the archiver's in the header, and its own beside it
    private static string NameOf(TarEntry entry) => entry is PaxTarEntry pax && pax.ExtendedAttributes.TryGetValue("GNU.sparse.name", out var name) ? name : entry.Name;

    private static TarEntry? Next(TarReader reader)
    {
        try
        {
            return reader.GetNextEntry();
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException("a header of the archive is damaged", e);
        }
    }
}
