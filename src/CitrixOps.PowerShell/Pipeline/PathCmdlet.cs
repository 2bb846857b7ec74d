using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Management.Automation;
using CitrixOps.Errors;

namespace CitrixOps.PowerShell.Pipeline;

/// <summary>Shared by cmdlets that read files: <c>-Path</c> with wildcards, <c>-LiteralPath</c> without, both also from the pipeline.</summary>
public abstract class PathCmdlet : CitrixOpsCmdlet
{
    /// <summary>Parameter set of <c>-Path</c>.</summary>
    protected const string PathSet = "Path";

    /// <summary>Parameter set of <c>-LiteralPath</c>.</summary>
    protected const string LiteralPathSet = "LiteralPath";

    /// <summary>
    /// Resolves paths to absolute file system paths. A path that matches nothing, or lies on another provider, is reported and
    /// left out; the others are returned.
    /// </summary>
    /// <param name="paths">The paths as given.</param>
    /// <param name="literal">True when wildcard characters are ordinary characters.</param>
    /// <returns>Existing files and folders.</returns>
    protected IEnumerable<string> ResolvePaths(IEnumerable<string> paths, bool literal)
    {
        foreach (var path in paths ?? Array.Empty<string>())
        {
            foreach (var resolved in Resolve(path, literal))
            {
                yield return resolved;
            }
        }
    }

    private Collection<string> Resolve(string path, bool literal)
    {
        try
        {
            ProviderInfo provider;
            Collection<string> found;
            if (literal)
            {
                found = new Collection<string> { SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _) };
            }
            else
            {
                found = SessionState.Path.GetResolvedProviderPathFromPSPath(path, out provider);
            }

            if (provider.Name != "FileSystem")
            {
                Report(new Problem("PathNotFileSystem", ErrorKind.InvalidArgument, $"'{path}' is not a path of the file system.", path, "Give the path of a file or folder on disk."));
                return new Collection<string>();
            }

            if (literal && !System.IO.File.Exists(found[0]) && !System.IO.Directory.Exists(found[0]))
            {
                ReportMissing(path);
                return new Collection<string>();
            }

            if (found.Count == 0)
            {
                ReportMissing(path);
            }

            return found;
        }
        catch (Exception e) when (e is ItemNotFoundException or DriveNotFoundException or ProviderNotFoundException or PSNotSupportedException or PSInvalidOperationException or WildcardPatternException)
        {
            ReportMissing(path);
            return new Collection<string>();
        }
    }

    private void ReportMissing(string path) => Report(new Problem("PathNotFound", ErrorKind.NotFound, $"There is no file or folder '{path}'.", path, "Check the spelling; use -LiteralPath when the name contains [ ] * or ?."));
}
