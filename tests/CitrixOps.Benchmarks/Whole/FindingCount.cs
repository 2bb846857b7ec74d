using System;
using System.Collections.Generic;
using CitrixOps.Errors;
using CitrixOps.Investigation;

namespace CitrixOps.Benchmarks.Whole;

/// <summary>Counts the findings of some indicators; a problem ends the run, for its figure would be worth nothing.</summary>
internal sealed class FindingCount(IReadOnlySet<string> counted) : IInvestigationSink
{
    public int Findings { get; private set; }

    public void Found(Finding finding) => Findings += counted.Contains(finding.IndicatorId) ? 1 : 0;

    public void Report(Problem problem) => throw new InvalidOperationException(problem.ToString());

    public void Advanced(InvestigationProgress progress)
    {
    }
}
