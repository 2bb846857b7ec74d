using System.Collections.Generic;

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
    protected IEnumerable<string> ResolvePaths(IEnumerable<string> paths, bool literal) => PathResolution.Resolve(this, paths, literal);
}
