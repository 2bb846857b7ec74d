using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading;
using CitrixOps.Appliances;
using CitrixOps.Errors;

namespace CitrixOps.Investigation.Scanning;

/// <summary>A source on its way through the flow: its files are enumerated ahead. Its state belongs to the flow's lock.</summary>
internal sealed class SourceRun : IProblemSink, IDisposable
{
    private const int FilesAtOnce = 64;

    private readonly ISourcePlan _plan;
    private readonly CancellationToken _cancellationToken;
    private IEnumerator<ApplianceFile>? _files;
    private List<SourceStep> _found = new();

    public SourceRun(ApplianceSource source, ISourcePlan plan, CancellationToken cancellationToken)
    {
        Source = source;
        _plan = plan;
        _cancellationToken = cancellationToken;
    }

    /// <summary>The source.</summary>
    public ApplianceSource Source { get; }

    /// <summary>What it led to so far and was not taken yet.</summary>
    public Queue<SourceStep> Steps { get; } = new();

    /// <summary>Its files that are not read to their end.</summary>
    public List<FileRun> Open { get; } = new();

    /// <summary>The step that is being taken.</summary>
    public SourceStep? Current { get; set; }

    /// <summary>True while a thread enumerates.</summary>
    public bool Advancing { get; set; }

    /// <summary>True once there are no more files.</summary>
    public bool Ended { get; private set; }

    /// <summary>The file that was last seen.</summary>
    public ApplianceFile? Latest { get; private set; }

    /// <summary>True when only the thread that runs the search may touch it: a live appliance.</summary>
    public bool OnCaller => Source.Kind == SourceKind.Live;

    /// <summary>True when more files can be asked for now.</summary>
    public bool CanAdvance(int stepsAhead) => !Advancing && !Ended && Steps.Count < stepsAhead && (Open.Count == 0 || Source.FilesStayOpen);

    /// <summary>Takes the next step, if it is there and its file is open.</summary>
    public SourceStep? TakeStep() => Steps.Peek() is FileRun { Begun: false } ? null : Current = Steps.Dequeue();

    /// <summary>Goes on to the next files. Not under the lock.</summary>
    /// <returns>What they led to.</returns>
    public List<SourceStep> Advance(out bool ended)
    {
        _found = new List<SourceStep>();
        ended = false;
        Source.Diverted = this;
        try
        {
            _files ??= Source.Files(_cancellationToken).GetEnumerator();
            for (var i = 0; i < FilesAtOnce; i++)
            {
                if (!_files.MoveNext())
                {
                    ended = true;
                    break;
                }

                Latest = _files.Current;
                var step = _plan.Look(_files.Current);
                _found.Add(step);
                if (step is FileRun && !Source.FilesStayOpen)
                {
                    break;
                }
            }
        }
        catch (Exception e)
        {
            // it is thrown again where the search runs
            _found.Add(new SourceStep { IsLogByName = true, Failure = ExceptionDispatchInfo.Capture(e) });
            ended = true;
        }
        finally
        {
            Source.Diverted = null;
        }

        return _found;
    }

    /// <summary>Takes over what was found.</summary>
    public void Add(List<SourceStep> found, bool ended)
    {
        (Ended, Advancing) = (ended, false);
        foreach (var step in found)
        {
            Steps.Enqueue(step);
        }

        Open.AddRange(found.OfType<FileRun>());
    }

    /// <inheritdoc/>
    public void Report(Problem problem)
    {
        var step = new SourceStep { IsLogByName = true };
        step.Problems.Add(problem);
        _found.Add(step);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in Steps.OfType<FileRun>().Concat(Open).Append(Current as FileRun))
        {
            file?.Dispose();
        }

        _files?.Dispose();
    }
}
