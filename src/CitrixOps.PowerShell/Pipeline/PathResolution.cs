using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using CitrixOps.Errors;

namespace CitrixOps.PowerShell.Pipeline;

/// <summary>Paths as users give them, to absolute file system paths. What matches nothing, or lies on another provider, is reported and left out.</summary>
internal static class PathResolution
{
    /// <summary>Existing files and folders.</summary>
    /// <param name="cmdlet">Where the paths were given.</param>
    /// <param name="paths">The paths.</param>
    /// <param name="literal">True when wildcard characters are ordinary characters.</param>
    public static IEnumerable<string> Resolve(CitrixOpsCmdlet cmdlet, IEnumerable<string> paths, bool literal) => (paths ?? Array.Empty<string>()).SelectMany(p => One(cmdlet, p, literal));

    private static Collection<string> One(CitrixOpsCmdlet cmdlet, string path, bool literal)
    {
        try
        {
            ProviderInfo provider;
            Collection<string> found;
            if (literal)
            {
                found = new Collection<string> { cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _) };
            }
            else
            {
                found = cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out provider);
            }

            if (provider.Name != "FileSystem")
            {
                cmdlet.Report(new Problem("PathNotFileSystem", ErrorKind.InvalidArgument, $"'{path}' is not a path of the file system.", path, "Give the path of a file or folder on disk."));
                return new Collection<string>();
            }

            if (literal && !System.IO.File.Exists(found[0]) && !System.IO.Directory.Exists(found[0]))
            {
                ReportMissing(cmdlet, path);
                return new Collection<string>();
            }

            if (found.Count == 0)
            {
                ReportMissing(cmdlet, path);
            }

            return found;
        }
        catch (Exception e) when (e is ItemNotFoundException or DriveNotFoundException or ProviderNotFoundException or PSNotSupportedException or PSInvalidOperationException or WildcardPatternException)
        {
            ReportMissing(cmdlet, path);
            return new Collection<string>();
        }
    }

    private static void ReportMissing(CitrixOpsCmdlet cmdlet, string path) => cmdlet.Report(new Problem("PathNotFound", ErrorKind.NotFound, $"There is no file or folder '{path}'.", path, "Check the spelling; use -LiteralPath when the name contains [ ] * or ?."));
}
