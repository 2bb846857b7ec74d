using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using CitrixOps.Errors;

namespace CitrixOps.Advisories.Fingerprints;

/// <summary>What public files of each build look like. Source: the table of fox-it/citrix-netscaler-triage, as of November 2025.</summary>
public sealed class BuildFingerprints
{
    private readonly List<(string Version, uint Stamp, string PageHash)> _rows;

    private BuildFingerprints(List<(string Version, uint Stamp, string PageHash)> rows) => _rows = rows;

    /// <summary>The latest stamp in the table: a later one belongs to a build that is newer than the table.</summary>
    public uint Latest => _rows.Max(r => r.Stamp);

    /// <summary>Reads the table.</summary>
    /// <param name="path">The file <c>fingerprints/builds.csv</c>.</param>
    /// <exception cref="CitrixOpsException"><c>FingerprintsUnreadable</c>.</exception>
    public static BuildFingerprints Load(string path)
    {
        try
        {
            return new BuildFingerprints(File.ReadLines(path).Skip(1).Select(l => l.Split(',')).Where(c => c.Length >= 3)
                .Select(c => (c[0], uint.TryParse(c[1], NumberStyles.None, CultureInfo.InvariantCulture, out var stamp) ? stamp : 0, c[2])).ToList());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CitrixOpsException(new Problem("FingerprintsUnreadable", ErrorKind.InvalidData, $"'{path}' cannot be read: {e.Message}", path, "Install the module again."), e);
        }
    }

    /// <summary>The builds that a stamp or a hash belongs to; an empty text where the table knows it and no build.</summary>
    /// <param name="stamp">The time stamp of the language file, seconds since 1970 UTC; 0 for none.</param>
    /// <param name="pageHash">The hash in the logon page; empty for none.</param>
    public (IReadOnlyList<string> ByStamp, IReadOnlyList<string> ByHash) Find(uint stamp, string pageHash) => (
        stamp == 0 ? Array.Empty<string>() : _rows.Where(r => r.Stamp == stamp).Select(r => r.Version).ToArray(),
        pageHash.Length == 0 ? Array.Empty<string>() : _rows.Where(r => string.Equals(r.PageHash, pageHash, StringComparison.OrdinalIgnoreCase)).Select(r => r.Version).ToArray());
}
