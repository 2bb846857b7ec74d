using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;

namespace CitrixOps.Simulator.State;

/// <summary>The file system of one node: folders, sizes, times, growing and rotating logs.</summary>
internal sealed class FileTree
{
    private readonly Dictionary<string, SimulatedFile> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MemoryStream> _growing = new(StringComparer.Ordinal);

    /// <summary>Size at which a log is turned over; 0 for never.</summary>
    public int RotateAt { get; set; }

    /// <summary>Lines this simulator's own requests added to logs.</summary>
    public long LinesAdded { get; private set; }

    public IEnumerable<SimulatedFile> All => _files.Values;

    public SimulatedFile? Find(string path)
    {
        Settle(path);
        return _files.TryGetValue(path, out var file) ? file : null;
    }

    public bool FolderExists(string folder) => folder == "/" || (_files.TryGetValue(folder, out var file) && file.IsFolder);

    public IReadOnlyList<SimulatedFile> List(string folder)
    {
        foreach (var path in _growing.Keys.ToList())
        {
            Settle(path);
        }

        return _files.Values.Where(f => f.Folder == folder).OrderBy(f => f.Name, StringComparer.Ordinal).ToList();
    }

    public SimulatedFile Put(string path, byte[] content, DateTimeOffset modified, bool unreadable = false, Func<string>? live = null)
    {
        _growing.Remove(path);
        var (folder, name) = Split(path);
        AddFolder(folder, modified);
        return _files[path] = new SimulatedFile { Folder = folder, Name = name, Content = content, Modified = modified, Accessed = modified, Unreadable = unreadable, Live = live };
    }

    public void AddFolder(string folder, DateTimeOffset modified)
    {
        if (folder is "" or "/" || _files.ContainsKey(folder))
        {
            return;
        }

        var (parent, name) = Split(folder);
        AddFolder(parent, modified);
        _files[folder] = new SimulatedFile { Folder = parent, Name = name, IsFolder = true, Modified = modified, Accessed = modified };
    }

    /// <summary>Gives a file another name, in the place of one that had it.</summary>
    public void Rename(string from, string to)
    {
        if (Find(from) is { } file)
        {
            Put(to, file.Content, file.Modified, file.Unreadable, file.Live);
            Remove(from);
        }
    }

    public bool Remove(string path) => _growing.Remove(path) | _files.Remove(path);

    /// <summary>Adds a line to a log, and turns it over when it is full.</summary>
    public void Append(string path, string line, DateTimeOffset now, bool own = true)
    {
        if (!_files.TryGetValue(path, out var file))
        {
            file = Put(path, [], now);
        }

        if (!_growing.TryGetValue(path, out var stream))
        {
            _growing[path] = stream = new MemoryStream();
            stream.Write(file.Content);
        }

        stream.Write(Encoding.UTF8.GetBytes(line + "\n"));
        file.Modified = now;
        LinesAdded += own ? 1 : 0;
        if (RotateAt > 0 && stream.Length >= RotateAt)
        {
            Rotate(path, now);
        }
    }

    /// <summary>Turns a log over: <c>ns.log</c> becomes <c>ns.log.0.gz</c>, and so on.</summary>
    public void Rotate(string path, DateTimeOffset now)
    {
        Settle(path);
        for (var generation = 24; generation > 0; generation--)
        {
            if (_files.TryGetValue($"{path}.{generation - 1}.gz", out var older))
            {
                Put($"{path}.{generation}.gz", older.Content, older.Modified);
            }
        }

        Put(path + ".0.gz", Compress(_files[path].Content), now);
        Put(path, [], now);
    }

    public static byte[] Compress(byte[] content)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return buffer.ToArray();
    }

    private void Settle(string path)
    {
        if (_growing.Remove(path, out var stream))
        {
            _files[path].Content = stream.ToArray();
            stream.Dispose();
        }
    }

    private static (string Folder, string Name) Split(string path)
    {
        var slash = path.LastIndexOf('/');
        return (slash <= 0 ? "/" : path[..slash], path[(slash + 1)..]);
    }
}
