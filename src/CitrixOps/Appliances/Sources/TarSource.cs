using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using CitrixOps.Errors;

namespace CitrixOps.Appliances.Sources;

/// <summary>
/// A tar archive, compressed or not, read as a stream. Nothing is extracted. Once it was read to its end its entries are known: another
/// pass decompresses no further than to the last content that is asked for.
/// </summary>
internal sealed class TarSource : ApplianceSource
{
    // what is remembered is small, and bounded
    private const int MostRemembered = 100_000;

    private readonly IArchiveReader _reader;
    private readonly ReadLimits _limits;
    private readonly IProblemSink _problems;
    private readonly bool _compressed;
    private IReadOnlyList<ArchiveEntry>? _known;
    private bool _reported;
    private long _consumed;

    public TarSource(string path, bool compressed, IArchiveReader reader, ReadLimits limits, IProblemSink problems)
    {
        Path = path;
        _compressed = compressed;
        _reader = reader;
        _limits = limits;
        _problems = problems;
        TotalBytes = new FileInfo(path).Length;
        var name = System.IO.Path.GetFileName(path);
        Kind = name.StartsWith("collector_", StringComparison.OrdinalIgnoreCase) ? SourceKind.SupportBundle
            : name.IndexOf("backup", StringComparison.OrdinalIgnoreCase) >= 0 ? SourceKind.Backup
            : SourceKind.Archive;
    }

    public override string Path { get; }

    public override SourceKind Kind { get; }

    public override long? TotalBytes { get; }

    public override long BytesConsumed => _consumed;

    public override IEnumerable<ApplianceFile> Files(CancellationToken cancellationToken)
    {
        _consumed = 0;
        var names = new UnsafeNames(Path);
        using var stream = Open();
        using var walk = new TarWalk(_reader.ReadTar(stream), Path);
        foreach (var entry in _known is { } known ? walk.Again(known) : Entries(walk))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var safe = names.Check(entry.Name);
            if (safe.Length == 0 || !(entry.IsFile || entry.IsFolder))
            {
                continue;
            }

            if (entry.IsFolder)
            {
                yield return new StoredFile(Path, safe, ApplianceRoot.PathOf(safe + "/")?.TrimEnd('/'), entry, open: null, _limits);
                continue;
            }

            var file = new StoredFile(Path, safe, ApplianceRoot.PathOf(safe), entry, entry.Content, _limits);
            if (Listing.IsListing(file))
            {
                foreach (var listed in Listing.Entries(file, entry.Modified, _limits))
                {
                    yield return listed;
                }
            }
            else
            {
                yield return file;
            }
        }

        if (names.Problem is { } unsafeNames)
        {
            ReportOnce(unsafeNames);
        }
    }

    internal override void Forget() => (_reported, IsIncomplete) = (false, false);

    // the entries as they come; remembered when the archive ends as it should
    private IEnumerable<ArchiveEntry> Entries(TarWalk walk)
    {
        var seen = new List<ArchiveEntry>();
        var count = 0;
        while (true)
        {
            ArchiveEntry? entry = null;
            Problem? problem = null;
            try
            {
                entry = walk.Next();
            }
            catch (Exception e) when (ReadFailures.Concerns(e))
            {
                problem = ReadFailures.Of(e, Path, archive: true);
            }

            if (problem is null && ++count > _limits.MaxEntries)
            {
                problem = new Problem("ArchiveTooManyEntries", ErrorKind.SecurityRefusal, $"'{Path}' has more than {_limits.MaxEntries} entries; the rest was not read.", Path, "Treat the file as hostile; look at it on an isolated machine.");
            }

            if (problem is not null)
            {
                IsIncomplete = true;
                ReportOnce(problem);
                break;
            }

            if (entry is null)
            {
                _known = count <= MostRemembered ? seen : null;
                break;
            }

            if (count <= MostRemembered)
            {
                seen.Add(entry with { Content = Nothing });
            }

            yield return entry;
        }
    }

    private static Stream Nothing() => Stream.Null;

    private Stream Open()
    {
        Stream file = new CountingStream(new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16), n => _consumed += n);
        return _compressed ? new BufferedStream(new GzipContent(file, Path, _limits), 1 << 16) : file;
    }

    // the survey and the search both read the archive: what is wrong with it is said once
    private void ReportOnce(Problem problem)
    {
        if (!_reported)
        {
            _reported = true;
            (Diverted ?? _problems).Report(problem);
        }
    }
}
