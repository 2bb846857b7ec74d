using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Appliances;
using CitrixOps.Appliances.Sources;
using CitrixOps.Errors;

namespace CitrixOps.Indicators.Files;

/// <summary>
/// Tries file indicators on the files of an appliance: by place and rights first, and reads the content only where that fits, once for
/// all that ask for it. Safe for use from several threads.
/// </summary>
public sealed class FileMatcher
{
    private readonly FileIndicator[] _indicators;
    private readonly ReadLimits _limits;
    private readonly Dictionary<string, FileIndicator[]> _exact;
    private readonly FileIndicator[] _patterns;
    private readonly Dictionary<string, ContentPlan> _plans = new(StringComparer.Ordinal);

    internal FileMatcher(IEnumerable<FileIndicator> indicators, ReadLimits limits)
    {
        _limits = limits;
        _indicators = indicators.ToArray();
        _exact = _indicators.SelectMany(i => i.Paths.Where(p => p.IsLiteral).Select(p => (p.Text, Indicator: i)))
            .GroupBy(p => p.Text, p => p.Indicator, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        _patterns = _indicators.Where(i => i.Paths.Any(p => !p.IsLiteral)).ToArray();
    }

    /// <summary>The indicators.</summary>
    public IReadOnlyList<FileIndicator> Indicators => _indicators;

    /// <summary>The indicators that a file fulfils.</summary>
    /// <param name="file">The file. A file whose place on the appliance is unknown fulfils none.</param>
    /// <param name="live">True on a running appliance: what would read too much there is left out.</param>
    /// <param name="problems">Told when a content could not be read to its end; what was found before counts.</param>
    /// <returns>The indicators, each with what fulfils it.</returns>
    public IReadOnlyList<FileHit> Match(ApplianceFile file, bool live, IProblemSink problems)
    {
        if (file.AppliancePath is not { } path)
        {
            return Array.Empty<FileHit>();
        }

        List<FileHit>? hits = null;
        List<FileIndicator>? byContent = null;
        var named = _exact.TryGetValue(path, out var exact) ? _patterns.Concat(exact).Distinct() : _patterns;
        foreach (var indicator in named)
        {
            if ((live && !indicator.Live) || (indicator.NeedsContent && !file.HasContent) || !indicator.Fits(path, file))
            {
                continue;
            }

            if (indicator.NeedsContent)
            {
                (byContent ??= new List<FileIndicator>()).Add(indicator);
            }
            else
            {
                (hits ??= new List<FileHit>()).Add(new FileHit(indicator, null));
            }
        }

        if (byContent is not null)
        {
            (hits ??= new List<FileHit>()).AddRange(Content(file, Plan(byContent), problems));
        }

        return hits is null ? Array.Empty<FileHit>() : hits;
    }

    private List<FileHit> Content(ApplianceFile file, ContentPlan plan, IProblemSink problems)
    {
        var scan = new ContentScan(plan, _limits);
        try
        {
            using var stream = file.OpenRead();
            scan.Read(stream);
        }
        catch (Exception e) when (ReadFailures.Concerns(e))
        {
            problems.Report(ReadFailures.Of(e, file.ToString(), archive: false));
        }

        if (scan.Cut)
        {
            problems.Report(new Problem("FileReadInPart", ErrorKind.NotSupported, $"'{file}' was only read in part: it is larger, or slower to read, than a file that is searched for texts may be ({_limits.MaxContentBytes >> 20} MiB, {_limits.MaxContentTime.TotalSeconds:0} s).", file.ToString(), "Look at it with a tool of its own, for example strings and grep."));
        }

        return scan.Hits().ToList();
    }

    private ContentPlan Plan(List<FileIndicator> indicators)
    {
        var key = string.Join("\n", indicators.Select(i => i.Id));
        lock (_plans)
        {
            if (!_plans.TryGetValue(key, out var plan))
            {
                _plans[key] = plan = new ContentPlan(indicators);
            }

            return plan;
        }
    }
}
