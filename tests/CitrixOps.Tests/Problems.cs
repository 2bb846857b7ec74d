using System.Collections.Generic;
using System.Linq;
using CitrixOps.Errors;
using CitrixOps.Investigation;

namespace CitrixOps.Tests;

/// <summary>Keeps what was reported and found.</summary>
internal sealed class Problems : IInvestigationSink
{
    public List<Problem> Reported { get; } = [];

    public List<Finding> Findings { get; } = [];

    public IEnumerable<string> Ids => Reported.Select(p => p.Id);

    public void Report(Problem problem) => Reported.Add(problem);

    public void Found(Finding finding) => Findings.Add(finding);

    public void Advanced(InvestigationProgress progress)
    {
    }
}
