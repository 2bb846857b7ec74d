using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using CitrixOps.Errors;

namespace CitrixOps.Appliances.Sources;

/// <summary>Walks folders without following links, so that neither a loop nor a link out of the folder can be used.</summary>
internal static class FolderWalk
{
    /// <summary>Every ordinary file and every folder below a folder, in no particular order. What cannot be read is reported.</summary>
    public static IEnumerable<(string Path, bool IsFolder)> All(string root, ReadLimits limits, IProblemSink problems, CancellationToken cancellationToken)
    {
        var pending = new Stack<string>();
        pending.Push(root);
        var count = 0;
        while (pending.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var entry in Entries(pending.Pop(), problems))
            {
                if (entry is DirectoryInfo)
                {
                    pending.Push(entry.FullName);
                }

                if (++count <= limits.MaxEntries)
                {
                    yield return (entry.FullName, entry is DirectoryInfo);
                }
            }
        }
    }

    /// <summary>The files and folders of one folder, links left out.</summary>
    public static IReadOnlyList<FileSystemInfo> Entries(string folder, IProblemSink problems)
    {
        try
        {
            return new DirectoryInfo(folder).EnumerateFileSystemInfos()
                .Where(e => (e.Attributes & FileAttributes.ReparsePoint) == 0)
                .OrderBy(e => e.Name, StringComparer.Ordinal)
                .ToList();
        }
        catch (Exception e) when (ReadFailures.Concerns(e))
        {
            problems.Report(ReadFailures.Of(e, folder, archive: false));
            return Array.Empty<FileSystemInfo>();
        }
    }
}
