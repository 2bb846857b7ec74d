using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;

namespace CitrixOps.Appliances.Sources;

/// <summary>Files that lie together in a folder without an appliance around them.</summary>
internal sealed class LooseSource : ApplianceSource
{
    private readonly List<string> _files;
    private readonly ReadLimits _limits;
    private long _consumed;

    public LooseSource(string folder, IEnumerable<string> files, ReadLimits limits)
    {
        Path = folder;
        _files = files.Distinct().OrderBy(f => f, RotationOrder.Instance).ToList();
        _limits = limits;
        TotalBytes = _files.Sum(f => File.Exists(f) ? new FileInfo(f).Length : 0);
    }

    public override string Path { get; }

    public override SourceKind Kind => SourceKind.LooseFiles;

    public override long? TotalBytes { get; }

    public override long BytesConsumed => Interlocked.Read(ref _consumed);

    internal override bool FilesStayOpen => true;

    public override IEnumerable<ApplianceFile> Files(CancellationToken cancellationToken)
    {
        _consumed = 0;
        foreach (var path in _files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return DiskFile.Describe(path, appliancePath: null, _limits, n => Interlocked.Add(ref _consumed, n));
        }
    }
}
