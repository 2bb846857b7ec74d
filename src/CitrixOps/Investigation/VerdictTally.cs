using System;
using System.Collections.Generic;
using CitrixOps.Indicators;

namespace CitrixOps.Investigation;

/// <summary>
/// Counts what a verdict rests on, finding by finding, in constant memory: strong successes, independent supporting facts,
/// attempts, leads. What each grade means is argued in the design: a weak name only supports, a pivot never carries a verdict.
/// </summary>
internal sealed class VerdictTally
{
    private const int FactsRemembered = 1000;

    private readonly HashSet<string> _supporting = new(StringComparer.Ordinal);

    /// <summary>The first strong finding of success, or null.</summary>
    public Finding? Strong { get; private set; }

    /// <summary>Strong findings of success.</summary>
    public long StrongCount { get; private set; }

    /// <summary>Different facts that support a break-in: findings of the same independence group are one fact.</summary>
    public int SupportingFacts => _supporting.Count;

    /// <summary>The independence groups of those facts.</summary>
    public IReadOnlyCollection<string> SupportingNames => _supporting;

    /// <summary>Findings that show an attempt or a scan.</summary>
    public long Attempts { get; private set; }

    /// <summary>Leads: addresses, weak names.</summary>
    public long Pivots { get; private set; }

    /// <summary>Adds a finding.</summary>
    public void Add(Finding finding)
    {
        if (finding.Grade == Grade.Pivot)
        {
            Pivots++;
        }
        else if (finding.Outcome == Outcome.Attempt)
        {
            Attempts++;
        }
        else if (finding.Grade == Grade.Strong && finding.Outcome == Outcome.Success)
        {
            StrongCount++;
            Strong ??= finding;
        }
        else if (_supporting.Count < FactsRemembered)
        {
            _supporting.Add(finding.Independence.Length > 0 ? finding.Independence : finding.IndicatorId);
        }
    }
}
