using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;

namespace CitrixOps.SampleCases;

/// <summary>Collects the files of one appliance and writes them as a support bundle, or as a folder.</summary>
public sealed class BundleBuilder
{
    private readonly SortedDictionary<string, BundleFile> _files = new(StringComparer.Ordinal);

    /// <summary>The files by path below the bundle's root, in the order they are written.</summary>
    public IReadOnlyCollection<BundleFile> Files => _files.Values;

    /// <summary>Adds or replaces a text file (written as Latin-1, so that any byte can be placed).</summary>
    public BundleBuilder Add(string path, string text, DateTimeOffset modified) =>
        Add(path, Encoding.Latin1.GetBytes(text), modified);

    /// <summary>Adds or replaces a file.</summary>
    public BundleBuilder Add(string path, byte[] content, DateTimeOffset modified)
    {
        _files[path] = new BundleFile(path, content, modified);
        return this;
    }

    /// <summary>Removes a file; it must be there.</summary>
    public BundleBuilder Remove(string path) =>
        _files.Remove(path) ? this : throw new ArgumentException($"no file {path}", nameof(path));

    /// <summary>Reads a text file back, decompressed when its name ends in <c>.gz</c>.</summary>
    public string Text(string path) => Encoding.Latin1.GetString(path.EndsWith(".gz", StringComparison.Ordinal)
        ? Gunzip(_files[path].Content)
        : _files[path].Content);

    /// <summary>Writes <c>root.tar.gz</c> into a folder and returns its path.</summary>
    public string WriteTarGz(string folder, string root)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, root + ".tar.gz");
        using var file = File.Create(path);
        using var gzip = new GZipStream(file, CompressionLevel.SmallestSize);
        using var tar = new TarWriter(gzip, TarEntryFormat.Ustar);
        tar.WriteEntry(new UstarTarEntry(TarEntryType.Directory, root + "/") { ModificationTime = _files.Values.Max(f => f.Modified) });
        foreach (var entry in _files.Values)
        {
            using var content = new MemoryStream(entry.Content);
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, root + "/" + entry.Path)
            {
                DataStream = content,
                ModificationTime = entry.Modified,
                Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
            });
        }

        return path;
    }

    /// <summary>Writes the files below a folder, with their times, and returns it.</summary>
    public string WriteFolder(string folder)
    {
        foreach (var entry in _files.Values)
        {
            var path = Path.Combine(folder, entry.Path.Replace('/', Path.DirectorySeparatorChar));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, entry.Content);
            File.SetLastWriteTimeUtc(path, entry.Modified.UtcDateTime);
        }

        return folder;
    }

    /// <summary>Compresses as newsyslog does: one gzip member.</summary>
    public static byte[] Gzip(byte[] content)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.SmallestSize))
        {
            gzip.Write(content);
        }

        return buffer.ToArray();
    }

    private static byte[] Gunzip(byte[] content)
    {
        using var gzip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
        using var buffer = new MemoryStream();
        gzip.CopyTo(buffer);
        return buffer.ToArray();
    }
}
