using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Threading;
using CitrixOps.Errors;

namespace CitrixOps.Appliances.Sources;

/// <summary>A zip archive of appliance files. Nothing is extracted.</summary>
internal sealed class ZipSource : ApplianceSource
{
    private readonly ReadLimits _limits;
    private readonly IProblemSink _problems;
    private bool _reported;
    private long _consumed;

    public ZipSource(string path, ReadLimits limits, IProblemSink problems)
    {
        Path = path;
        _limits = limits;
        _problems = problems;
        TotalBytes = new FileInfo(path).Length;
    }

    public override string Path { get; }

    public override SourceKind Kind => SourceKind.Archive;

    public override long? TotalBytes { get; }

    public override long BytesConsumed => _consumed;

    public override IEnumerable<ApplianceFile> Files(CancellationToken cancellationToken)
    {
        _consumed = 0;
        var names = new UnsafeNames(Path);
        using var zip = OpenZip();
        if (zip is null)
        {
            yield break;
        }

        var files = zip.Entries.Where(e => e.Name.Length > 0).Select(e => (Entry: e, Safe: names.Check(e.FullName))).ToList();
        foreach (var (entry, safe) in files.OrderBy(f => f.Safe, RotationOrder.Instance))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var stored = new ArchiveEntry { Name = safe, Length = entry.Length, Modified = new DateTimeOffset(entry.LastWriteTime.DateTime, TimeSpan.Zero), IsFile = true };
            var file = new StoredFile(Path, safe, ApplianceRoot.PathOf(safe), stored, () => new RatioStream(entry.Open(), entry.CompressedLength, Path + "!" + safe, _limits), _limits);
            if (Listing.IsListing(file))
            {
                foreach (var listed in Listing.Entries(file, stored.Modified, _limits))
                {
                    yield return listed;
                }
            }
            else
            {
                yield return file;
            }

            _consumed += entry.CompressedLength;
        }

        if (names.Problem is { } unsafeNames)
        {
            ReportOnce(unsafeNames);
        }
    }

    private ZipArchive? OpenZip()
    {
        try
        {
            var zip = new ZipArchive(new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), ZipArchiveMode.Read);
            if (zip.Entries.Count > _limits.MaxEntries)
            {
                zip.Dispose();
                ReportOnce(new Problem("ArchiveTooManyEntries", ErrorKind.SecurityRefusal, $"'{Path}' has more than {_limits.MaxEntries} entries; it was not read.", Path, "Treat the file as hostile; look at it on an isolated machine."));
                return null;
            }

            return zip;
        }
        catch (Exception e) when (ReadFailures.Concerns(e))
        {
            ReportOnce(ReadFailures.Of(e, Path, archive: true));
            return null;
        }
    }

    private void ReportOnce(Problem problem)
    {
        IsIncomplete |= problem.Id != "ArchiveUnsafePath";
        if (!_reported)
        {
            _reported = true;
            (Diverted ?? _problems).Report(problem);
        }
    }
}
