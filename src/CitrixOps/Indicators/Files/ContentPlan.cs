using System.Collections.Generic;
using System.Linq;
using CitrixOps.Indicators.Matching;

namespace CitrixOps.Indicators.Files;

/// <summary>What has to be read out of a file for some indicators, compiled once for all files that the same ones ask about.</summary>
internal sealed class ContentPlan
{
    public ContentPlan(IReadOnlyList<FileIndicator> indicators)
    {
        Indicators = indicators;
        Filter = new LiteralFilter(indicators.SelectMany(i => i.Content.Concat(i.Lacks)));
        Hash = indicators.Any(i => i.Sha256.Count > 0);
        Runs = indicators.Where(i => i.RunOf is not null).Select(i => i.RunOf!.Value).Distinct().ToArray();
        Lines = indicators.Where(i => i.Lines is not null).ToArray();
        HeadOnly = !Hash && Runs.Count == 0 && Lines.Count == 0 && Filter.Literals.Count == 0;
    }

    public IReadOnlyList<FileIndicator> Indicators { get; }

    public LiteralFilter Filter { get; }

    public bool Hash { get; }

    public IReadOnlyList<byte> Runs { get; }

    public IReadOnlyList<FileIndicator> Lines { get; }

    /// <summary>True when the first bytes are enough.</summary>
    public bool HeadOnly { get; }
}
