using System;
using System.IO;
using System.Linq;
using CitrixOps.Errors;

namespace CitrixOps.Appliances.Updating;

/// <summary>Where evidence was preserved before an update: it has to be there, and to be something.</summary>
/// <param name="Path">The file or folder.</param>
/// <param name="Files">How many files.</param>
/// <param name="Bytes">Their size.</param>
/// <param name="Newest">When the newest of them was written, UTC.</param>
public sealed record EvidenceCopy(string Path, int Files, long Bytes, DateTimeOffset Newest)
{
    private const int MostFiles = 100_000;

    /// <summary>Looks at it.</summary>
    /// <param name="path">The file or folder.</param>
    /// <exception cref="CitrixOpsException"><c>EvidenceNotFound</c>, <c>EvidenceEmpty</c>, <c>EvidenceNotRead</c>.</exception>
    public static EvidenceCopy Of(string path)
    {
        var shown = Investigation.SafeText.FromText(path ?? "", 300);
        try
        {
            var files = File.Exists(path) ? new[] { new FileInfo(path!) }
                : Directory.Exists(path) ? new DirectoryInfo(path!).EnumerateFiles("*", SearchOption.AllDirectories).Take(MostFiles).ToArray()
                : throw new CitrixOpsException(new Problem("EvidenceNotFound", ErrorKind.NotFound, $"There is no file or folder '{shown}': nothing is preserved there.", shown, "Preserve logs and a support bundle first, then name where they lie. Nothing was changed."));
            var bytes = files.Sum(f => f.Length);
            return bytes > 0
                ? new EvidenceCopy(path!, files.Length, bytes, files.Where(f => f.Length > 0).Max(f => f.LastWriteTimeUtc))
                : throw new CitrixOpsException(new Problem("EvidenceEmpty", ErrorKind.InvalidData, $"'{shown}' holds nothing: {files.Length} files without content.", shown, "Preserve logs and a support bundle first, then name where they lie. Nothing was changed."));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CitrixOpsException(new Problem("EvidenceNotRead", ErrorKind.ReadFailed, $"'{shown}' cannot be read: {e.Message}", shown, "Name a folder or file that you may read. Nothing was changed."), e);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Investigation.SafeText.FromText(Path, 200)} ({Files:N0} files, {Bytes:N0} bytes, the newest of {Newest:yyyy-MM-dd HH:mm}Z)");
}
