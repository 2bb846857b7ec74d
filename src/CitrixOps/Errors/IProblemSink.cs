namespace CitrixOps.Errors;

/// <summary>Where work on many inputs reports what it could not do, and goes on.</summary>
public interface IProblemSink
{
    /// <summary>Reports one problem.</summary>
    /// <param name="problem">The problem.</param>
    void Report(Problem problem);
}
