using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using CitrixOps.Appliances.Sources;
using CitrixOps.Errors;

namespace CitrixOps.Appliances;

/// <summary>
/// Finds the appliance sources behind paths: support bundles, backups, image folders, archives and loose files. One folder can
/// hold many; files given one by one make one source per folder.
/// </summary>
public sealed class ApplianceSources
{
    private readonly IArchiveReader _archives;
    private readonly ReadLimits _limits;

    /// <summary>Creates a finder.</summary>
    /// <param name="archives">Reads tar archives.</param>
    /// <param name="limits">The bounds on what an input may make this machine do.</param>
    public ApplianceSources(IArchiveReader archives, ReadLimits limits)
    {
        _archives = archives;
        _limits = limits;
    }

    /// <summary>Opens paths.</summary>
    /// <param name="paths">Existing files and folders.</param>
    /// <param name="problems">Where what cannot be read is reported.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The sources, in the order of the paths.</returns>
    public IReadOnlyList<ApplianceSource> Open(IEnumerable<string> paths, IProblemSink problems, CancellationToken cancellationToken)
    {
        var found = new List<ApplianceSource>();
        var loose = new List<string>();
        foreach (var path in paths.Select(Path.GetFullPath))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Directory.Exists(path))
            {
                OpenFolder(path, 0, found, problems, cancellationToken);
            }
            else
            {
                OpenFile(path, found, loose, problems);
            }
        }

        AddLoose(loose, found);
        return found;
    }

    private void OpenFolder(string folder, int depth, List<ApplianceSource> found, IProblemSink problems, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (RootKind(folder) is { } kind)
        {
            found.Add(new FolderSource(folder, kind, _limits, problems));
            return;
        }

        var loose = new List<string>();
        foreach (var entry in FolderWalk.Entries(folder, problems))
        {
            if (entry is not DirectoryInfo)
            {
                OpenFile(entry.FullName, found, loose, problems);
            }
            else if (depth < _limits.MaxDepth)
            {
                OpenFolder(entry.FullName, depth + 1, found, problems, cancellationToken);
            }
        }

        AddLoose(loose, found);
    }

    private void OpenFile(string path, List<ApplianceSource> found, List<string> loose, IProblemSink problems)
    {
        try
        {
            switch (ContentKind.Of(path, _limits))
            {
                case ContentKind.Kind.Zip:
                    found.Add(new ZipSource(path, _limits, problems));
                    break;
                case ContentKind.Kind.Tar:
                    found.Add(new TarSource(path, compressed: false, _archives, _limits, problems));
                    break;
                case ContentKind.Kind.TarGz:
                    found.Add(new TarSource(path, compressed: true, _archives, _limits, problems));
                    break;
                default:
                    loose.Add(path);
                    break;
            }
        }
        catch (Exception e) when (ReadFailures.Concerns(e))
        {
            problems.Report(ReadFailures.Of(e, path, archive: false));
        }
    }

    private void AddLoose(List<string> loose, List<ApplianceSource> found)
    {
        foreach (var folder in loose.GroupBy(f => Path.GetDirectoryName(f) ?? "/", StringComparer.Ordinal))
        {
            found.Add(new LooseSource(folder.Key, folder, _limits));
        }
    }

    private static SourceKind? RootKind(string folder)
    {
        bool Has(params string[] parts) => Directory.Exists(Path.Combine(new[] { folder }.Concat(parts).ToArray()));
        if (Has("shell") && (Has("nsconfig") || Has("var")))
        {
            return SourceKind.SupportBundle;
        }

        if (Has("flash", "nsconfig") || Has("var", "log") || Has("var", "nslog") || Has("netscaler") || (Has("nsconfig") && (Has("var") || Has("etc"))))
        {
            return SourceKind.Image;
        }

        return Has("nsconfig") ? SourceKind.Backup : null;
    }
}
