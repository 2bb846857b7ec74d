using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CitrixOps.Appliances;
using CitrixOps.Indicators.Matching;

namespace CitrixOps.Indicators.Files;

/// <summary>Tries file indicators on the files of an appliance: by place and rights first, and reads the content only where that fits.</summary>
public sealed class FileMatcher
{
    private const int BlockSize = 128 * 1024;

    private readonly FileIndicator[] _indicators;

    internal FileMatcher(IEnumerable<FileIndicator> indicators) => _indicators = indicators.ToArray();

    /// <summary>The indicators.</summary>
    public IReadOnlyList<FileIndicator> Indicators => _indicators;

    /// <summary>The indicators that a file fulfils.</summary>
    /// <param name="file">The file. A file whose place on the appliance is unknown fulfils none.</param>
    /// <returns>The indicators.</returns>
    /// <exception cref="Errors.CitrixOpsException">The content cannot be read.</exception>
    /// <exception cref="IOException">The content cannot be read.</exception>
    public IReadOnlyList<FileIndicator> Match(ApplianceFile file)
    {
        if (file.AppliancePath is not { } path)
        {
            return Array.Empty<FileIndicator>();
        }

        List<FileIndicator>? hits = null;
        List<FileIndicator>? byContent = null;
        foreach (var indicator in _indicators)
        {
            if (!PlaceAndRights(indicator, path, file))
            {
                continue;
            }

            if (indicator.Content.Count == 0)
            {
                (hits ??= new List<FileIndicator>()).Add(indicator);
            }
            else if (file.HasContent)
            {
                (byContent ??= new List<FileIndicator>()).Add(indicator);
            }
        }

        if (byContent is not null)
        {
            (hits ??= new List<FileIndicator>()).AddRange(Content(file, byContent));
        }

        return hits is null ? Array.Empty<FileIndicator>() : hits;
    }

    private static bool PlaceAndRights(FileIndicator indicator, string path, ApplianceFile file) =>
        indicator.Paths.Any(p => p.IsMatch(path))
        && !indicator.Except.Any(p => p.IsMatch(path))
        && (indicator.ModeBits == 0 || (file.Mode is { } mode && (mode & indicator.ModeBits) == indicator.ModeBits))
        && (indicator.ModeExactly is not { } exact || (file.Mode & 0xfff) == exact)
        && (indicator.Owner is not { } owner || file.Owner == owner || (owner == "root" && file.Owner == "0") || (owner == "nobody" && file.Owner == "65534"));

    private static IEnumerable<FileIndicator> Content(ApplianceFile file, List<FileIndicator> indicators)
    {
        var filter = new LiteralFilter(indicators.SelectMany(i => i.Content));
        var found = new HashSet<string>(StringComparer.Ordinal);
        var block = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            using var stream = file.OpenRead();
            var state = 0;
            for (var read = stream.Read(block, 0, BlockSize); read > 0; read = stream.Read(block, 0, BlockSize))
            {
                state = filter.Scan(new ReadOnlySpan<byte>(block, 0, read), state, (literal, _) => found.Add(filter.Literals[literal]));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }

        return indicators.Where(i => i.Content.Select(AsciiText.Lower).Distinct().Count(found.Contains) >= i.ContentAtLeast).ToList();
    }
}
