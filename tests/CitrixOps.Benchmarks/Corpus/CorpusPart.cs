using System.IO;
using System.Linq;

namespace CitrixOps.Benchmarks.Corpus;

/// <summary>Something to search, and what must be found in it.</summary>
/// <param name="Log">The folder of what is searched.</param>
/// <param name="Planted">A folder of the same files that hold the planted lines alone.</param>
internal sealed record CorpusPart(string Log, string Planted)
{
    /// <summary>Its files, oldest first.</summary>
    public string[] Files => Directory.GetFiles(Log).OrderBy(f => f, Appliances.Sources.RotationOrder.Instance).ToArray();

    /// <summary>The bytes of its files.</summary>
    public long Bytes => Files.Sum(f => new FileInfo(f).Length);
}
