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
    private List<(string Path, bool IsFolder)>? _relative;
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

    public override long BytesConsumed => Interlocked.Read(ref _consumed);

    internal override bool FilesStayOpen => true;

    public override IEnumerable<ApplianceFile> Files(CancellationToken cancellationToken)
    {
        _consumed = 0;
        _relative ??= FolderWalk.All(Path, _limits, new Watching(this), cancellationToken)
            .Select(f => (Path: f.Path.Substring(Path.TrimEnd(System.IO.Path.DirectorySeparatorChar).Length + 1).Replace('\\', '/'), f.IsFolder))
            .OrderBy(f => f.Path, RotationOrder.Instance).ToList();
        foreach (var (relative, isFolder) in _relative)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var path = System.IO.Path.Combine(Path, relative.Replace('/', System.IO.Path.DirectorySeparatorChar));
            if (isFolder)
            {
                yield return DiskFile.Folder(path, "/" + relative, _limits);
                continue;
            }

            var file = DiskFile.Describe(path, "/" + relative, _limits, n => Interlocked.Add(ref _consumed, n));
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

    // a folder that may not be read makes what is absent mean nothing
    private sealed class Watching : IProblemSink
    {
        private readonly FolderSource _source;

        public Watching(FolderSource source) => _source = source;

        public void Report(Problem problem)
        {
            _source.IsIncomplete = true;
            (_source.Diverted ?? _source._problems).Report(problem);
        }
    }
}
