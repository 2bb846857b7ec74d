using System.Collections.Generic;
using CitrixOps.Errors;

namespace CitrixOps.Investigation.Scanning;

/// <summary>Holds back what a search finds and reports until it is known that it may be told; a bounded number. Progress passes.</summary>
internal sealed class HeldEvents : IInvestigationSink
{
    private const int Most = 20_000;
    private readonly IInvestigationSink _sink;
    private readonly List<object> _events = new();

    public HeldEvents(IInvestigationSink sink) => _sink = sink;

    /// <inheritdoc/>
    public void Found(Finding finding) => Hold(finding);

    /// <inheritdoc/>
    public void Report(Problem problem) => Hold(problem);

    /// <inheritdoc/>
    public void Advanced(InvestigationProgress progress) => _sink.Advanced(progress);

    /// <summary>Tells all of it, in its order.</summary>
    public void Release()
    {
        foreach (var one in _events)
        {
            if (one is Finding finding)
            {
                _sink.Found(finding);
            }
            else
            {
                _sink.Report((Problem)one);
            }
        }
    }

    private void Hold(object one)
    {
        if (_events.Count == Most)
        {
            throw new HeadVoidException();
        }

        _events.Add(one);
    }
}
