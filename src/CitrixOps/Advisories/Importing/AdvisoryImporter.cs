using System;
using System.IO;
using CitrixOps.Errors;

namespace CitrixOps.Advisories.Importing;

/// <summary>Takes documents in: reads, checks, compares with the catalogue, keeps.</summary>
public sealed class AdvisoryImporter
{
    /// <summary>The most bytes a document may have unless the caller allows more.</summary>
    public const long DefaultLimit = 64L << 20;

    private readonly string _catalogueFolder;
    private readonly AdvisoryFolder _folder;
    private readonly IProblemSink _problems;
    private readonly long _limit;

    /// <summary>Makes an importer.</summary>
    /// <param name="catalogueFolder">The folder of the shipped catalogue.</param>
    /// <param name="folder">Where documents are kept.</param>
    /// <param name="problems">Where broken files of the catalogue and the folder are reported.</param>
    /// <param name="limit">The most bytes a document may have, unpacked.</param>
    public AdvisoryImporter(string catalogueFolder, AdvisoryFolder folder, IProblemSink problems, long limit = DefaultLimit)
    {
        _catalogueFolder = catalogueFolder;
        _folder = folder ?? throw new ArgumentNullException(nameof(folder));
        _problems = problems;
        _limit = limit;
    }

    /// <summary>Takes one document in.</summary>
    /// <param name="content">The document.</param>
    /// <param name="source">Where it comes from, for people.</param>
    /// <param name="now">The time of the import, UTC.</param>
    /// <param name="mayWrite">Asked before it is kept; gets what would be kept.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="CitrixOpsException"><c>DocumentTooLarge</c>, <c>DocumentNotRecognised</c>, <c>DocumentInvalid</c>, <c>ImportNotWritten</c>.</exception>
    public AdvisoryImport Import(Stream content, string source, DateTimeOffset now, Func<AdvisoryImport, bool> mayWrite)
    {
        var shown = Investigation.SafeText.FromText(source, 300);
        var catalogue = AdvisoryCatalogue.Load(_catalogueFolder, _problems, _folder);
        var read = new DocumentReader(_limit, catalogue.Knows).Read(content, shown);
        read.ImportedAt = now;
        var file = _folder.FileOf(read);
        var merge = AdvisoryCatalogue.Load(_catalogueFolder, _problems).Merge();
        var (known, added, conflicts) = merge.Add(read, file);
        var result = new AdvisoryImport
        {
            Source = shown,
            Kind = read.Kind,
            Id = read.Id,
            Title = read.Title,
            Date = read.Date,
            Sha256 = read.Sha256,
            Known = known,
            Added = added,
            Conflicts = conflicts,
            Skipped = read.Skipped,
            Outcome = ImportOutcome.Checked,
        };
        if (read.Cves.Count == 0)
        {
            result.Outcome = ImportOutcome.NothingForGateways;
        }
        else if (AdvisoryFolder.TryRead(file) is { } there && there.Date > read.Date)
        {
            result.Outcome = ImportOutcome.OlderThanStored;
        }
        else if (mayWrite(result))
        {
            result.StoredAs = Keep(read);
            result.Outcome = ImportOutcome.Stored;
        }

        return result;
    }

    private string Keep(ImportedAdvisory read)
    {
        try
        {
            return _folder.Write(read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CitrixOpsException(new Problem("ImportNotWritten", ErrorKind.PermissionDenied, $"'{_folder.Path}' cannot be written: {e.Message}", _folder.Path, "Give a folder you may write with -AdvisoryFolder."), e);
        }
    }
}
