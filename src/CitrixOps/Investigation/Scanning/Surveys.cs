using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Appliances;
using CitrixOps.Errors;

namespace CitrixOps.Investigation.Scanning;

/// <summary>
/// Surveys sources before they are searched, several at once: an archive is read through for what it says about its appliance. What is
/// reported comes in the order of the sources, on the caller's thread.
/// </summary>
internal static class Surveys
{
    private const int MostThreads = 16;

    /// <summary>Surveys sources.</summary>
    /// <param name="sources">The sources.</param>
    /// <param name="threads">How many threads work; 0 means one for each processor.</param>
    /// <param name="problems">Where problems go.</param>
    /// <param name="cancellationToken">Stops the surveys.</param>
    /// <returns>Each source with what it says, in the same order.</returns>
    public static IReadOnlyList<(ApplianceSource Source, ApplianceFacts Facts)> Of(IReadOnlyList<ApplianceSource> sources, int threads, IProblemSink problems, CancellationToken cancellationToken)
    {
        var surveys = sources.Select(s => new Survey(s)).ToArray();
        var unknown = surveys.Where(s => s.Facts is null).ToArray();
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Min(threads > 0 ? threads : Environment.ProcessorCount, MostThreads) };
        Parallel.For(0, unknown.Length, options, i => unknown[i].Run(cancellationToken));
        foreach (var survey in surveys)
        {
            survey.Problems.ForEach(problems.Report);
            survey.Failure?.Throw();
        }

        return surveys.Select(s => (s.Source, s.Facts!)).ToArray();
    }

    private sealed class Survey : IProblemSink
    {
        public Survey(ApplianceSource source)
        {
            Source = source;
            Facts = source.KnownFacts;
        }

        public ApplianceSource Source { get; }

        public ApplianceFacts? Facts { get; private set; }

        public List<Problem> Problems { get; } = new();

        public ExceptionDispatchInfo? Failure { get; private set; }

        public void Report(Problem problem) => Problems.Add(problem);

        public void Run(CancellationToken cancellationToken)
        {
            Source.Diverted = this;
            try
            {
                Facts = ApplianceSurvey.Read(Source, this, cancellationToken)[0];
            }
            catch (Exception e)
            {
                // it is thrown again where the search runs
                Failure = ExceptionDispatchInfo.Capture(e);
            }
            finally
            {
                Source.Diverted = null;
            }
        }
    }
}
