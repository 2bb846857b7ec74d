using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CitrixOps.Errors;

namespace CitrixOps.Appliances.Sources;

/// <summary>The files below a folder that is the root of an appliance, an image or an extracted bundle.</summary>
internal sealed class FolderSource : ApplianceSource
{
    private readonly ReadLimits _limits;
    private readonly IProblemSink _problems;
    private List<string>? _relative;
    private long _consumed;

    public FolderSource(string path, SourceKind kind, ReadLimits limits, IProblemSink problems)
    {
        Path = path;
        Kind = kind;
        _limits = limits;
        _problems = problems;
    }

    public override string Path { get; }

    public override SourceKind Kind { get; }

    public override long? TotalBytes => null;

    public override long BytesConsumed => _consumed;

    public override IEnumerable<ApplianceFile> Files(CancellationToken cancellationToken)
    {
        _consumed = 0;
        _relative ??= FolderWalk.Files(Path, _limits, _problems, cancellationToken)
            .Select(f => f.Substring(Path.TrimEnd(System.IO.Path.DirectorySeparatorChar).Length + 1).Replace('\\', '/'))
            .OrderBy(f => f, RotationOrder.Instance).ToList();
        foreach (var relative in _relative)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var path = System.IO.Path.Combine(Path, relative.Replace('/', System.IO.Path.DirectorySeparatorChar));
            var file = DiskFile.Describe(path, "/" + relative, _limits, n => _consumed += n);
            if (Listing.IsListing(file))
            {
                foreach (var listed in Listing.Entries(file, file.Modified, _limits))
                {
                    yield return listed;
                }
            }
            else
            {
                yield return file;
            }
        }
    }
}
