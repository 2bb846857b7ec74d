using System;

namespace CitrixOps.Errors;

/// <summary>A failure of the domain that carries its <see cref="Errors.Problem"/>: id, kind, target and recommendation.</summary>
public class CitrixOpsException : Exception
{
    /// <summary>Creates the exception for a problem.</summary>
    /// <param name="problem">What went wrong.</param>
    /// <param name="inner">The cause, when there is one.</param>
    public CitrixOpsException(Problem problem, Exception? inner = null)
        : base((problem ?? throw new ArgumentNullException(nameof(problem))).Message, inner) => Problem = problem;

    /// <summary>What went wrong and what to do.</summary>
    public Problem Problem { get; }
}
