using System;
using System.IO;

namespace CitrixOps.Appliances.Sources;

/// <summary>Describes files on this machine's disk.</summary>
internal static class DiskFile
{
    /// <summary>A file with its size, time and rights; opened for reading without locking out its writer.</summary>
    public static StoredFile Describe(string path, string? appliancePath, ReadLimits limits, Action<int> consumed)
    {
        var info = new FileInfo(path);
        var entry = new ArchiveEntry
        {
            Name = path,
            Length = info.Exists ? info.Length : 0,
            Modified = info.Exists ? new DateTimeOffset(info.LastWriteTimeUtc, TimeSpan.Zero) : null,
            Mode = Polyfills.UnixRights.Of(path),
            IsFile = true,
        };
        return new StoredFile(path, null, appliancePath, entry, () => new CountingStream(Open(path), consumed), limits) { DiskCounter = consumed };
    }

    /// <summary>A folder with its time and rights.</summary>
    public static StoredFile Folder(string path, string appliancePath, ReadLimits limits) => new(
        path,
        null,
        appliancePath,
        new ArchiveEntry { Name = path, Modified = new DateTimeOffset(Directory.GetLastWriteTimeUtc(path), TimeSpan.Zero), Mode = Polyfills.UnixRights.Of(path), IsFolder = true },
        open: null,
        limits);

    /// <summary>Opens a file that may still be written to.</summary>
    public static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16);
}
