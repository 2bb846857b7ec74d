using CitrixOps.Errors;

namespace CitrixOps.Investigation;

/// <summary>Where a search hands over what it finds, while it works. All calls come on the thread that runs the search.</summary>
public interface IInvestigationSink : IProblemSink
{
    /// <summary>A finding.</summary>
    /// <param name="finding">The finding; not reused.</param>
    void Found(Finding finding);

    /// <summary>How far the search is; called often, the receiver decides how often to show it.</summary>
    /// <param name="progress">The state.</param>
    void Advanced(InvestigationProgress progress);
}
