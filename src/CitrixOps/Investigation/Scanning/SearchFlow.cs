using System;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;
using System.Threading;
using CitrixOps.Logs.Times;

namespace CitrixOps.Investigation.Scanning;

/// <summary>
/// Enumerates, reads and scans ahead of the search on several threads, and hands everything over in the order of the sources, their
/// files and their blocks. The thread that asks works as well while it would have to wait. What is ahead is bounded in number: blocks
/// of the file whose turn it is always have room.
/// </summary>
internal sealed class SearchFlow : IDisposable
{
    private const int MostThreads = 16;
    private const int StepsAhead = 64;
    private const int IdleMilliseconds = 50;

    private readonly object _gate = new();
    private readonly List<SourceRun> _sources = new();
    private readonly Stack<ScannedBlock> _spare = new();
    private readonly CancellationToken _cancellationToken;
    private readonly int _helpers;
    private readonly int _reserved;
    private readonly int _most;
    private int _blocks;
    private int _running;
    private int _idle;
    private bool _stopping;

    /// <summary>Creates a flow.</summary>
    /// <param name="threads">How many threads work, the caller's included; 0 means one for each processor.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public SearchFlow(int threads, CancellationToken cancellationToken)
    {
        var all = Math.Min(threads > 0 ? threads : Environment.ProcessorCount, MostThreads);
        _helpers = all - 1;
        _reserved = all + 1;
        _most = (3 * all) + 3;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Adds a source behind those that are there.</summary>
    public void Add(SourceRun source)
    {
        lock (_gate)
        {
            _sources.Add(source);
        }
    }

    /// <summary>The steps of the first source. Behind the last the next source is the first.</summary>
    /// <param name="source">The source.</param>
    /// <param name="waiting">Called now and then while nothing is there.</param>
    public IEnumerable<SourceStep> Steps(SourceRun source, Action waiting)
    {
        while (NextStep(source, waiting) is { } step)
        {
            yield return step;
        }
    }

    /// <summary>The next block of the file whose turn it is, scanned.</summary>
    /// <param name="file">The file.</param>
    /// <param name="waiting">Called now and then while nothing is there.</param>
    /// <returns>Null at the end of the file.</returns>
    public ScannedBlock? NextBlock(FileRun file, Action waiting) => Await(
        () => file.Blocks.Count > 0 ? (file.Blocks.Peek().Done, file.Blocks.Peek().Done ? file.Blocks.Dequeue() : null) : (file.ReadToEnd, null), waiting);

    private SourceStep? NextStep(SourceRun source, Action waiting)
    {
        source.Current = null;
        var step = Await(() => source.Steps.Count > 0 ? source.TakeStep() is { } taken ? (true, taken) : (false, null) : (source.Ended, null), waiting);
        if (step is null)
        {
            lock (_gate)
            {
                _sources.Remove(source);
            }

            source.Dispose();
        }

        return step;
    }

    private T? Await<T>(Func<(bool Ready, T? Value)> next, Action waiting)
        where T : class
    {
        Monitor.Enter(_gate);
        try
        {
            while (true)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                var (ready, value) = next();
                if (ready)
                {
                    return value;
                }

                WorkOrWait(waiting);
            }
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }

    /// <summary>Gives a block back.</summary>
    public void Return(ScannedBlock block)
    {
        block.Lines.Clear();
        lock (_gate)
        {
            _blocks--;
            _spare.Push(block);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Hands out no more blocks of a file that cannot be read further.</summary>
    public void Abandon(SourceRun source, FileRun file)
    {
        lock (_gate)
        {
            file.ReadToEnd = true;
            source.Open.Remove(file);
        }
    }

    /// <summary>Stops: waits for those who work, then closes everything.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.PulseAll(_gate);
            while (_running > 0)
            {
                Monitor.Wait(_gate);
            }

            _sources.ForEach(s => s.Dispose());
            _sources.Clear();
        }
    }

    // under the lock: the caller does the next piece of work itself, or waits for somebody else's
    private void WorkOrWait(Action waiting)
    {
        if (TryTake(caller: true) is { } work)
        {
            Monitor.Exit(_gate);
            try
            {
                Do(work);
            }
            finally
            {
                Monitor.Enter(_gate);
            }
        }
        else if (!Monitor.Wait(_gate, 2 * IdleMilliseconds))
        {
            waiting();
        }
    }

    private void Help(object? state)
    {
        Monitor.Enter(_gate);
        while (!_stopping)
        {
            if (TryTake(caller: false) is { } work)
            {
                Monitor.Exit(_gate);
                Do(work);
                Monitor.Enter(_gate);
                continue;
            }

            _idle++;
            var called = Monitor.Wait(_gate, IdleMilliseconds);
            _idle--;
            if (!called)
            {
                break;
            }
        }

        _running--;
        Monitor.PulseAll(_gate);
        Monitor.Exit(_gate);
    }

    // under the lock: the earliest piece of work there is, in the order in which results are needed
    private Work? TryTake(bool caller)
    {
        for (var i = 0; i < _sources.Count && i <= _helpers + 1; i++)
        {
            var source = _sources[i];
            if (source.OnCaller && !caller)
            {
                continue;
            }

            var first = i == 0 ? (source.Current as FileRun) ?? (source.Steps.Count > 0 ? source.Steps.Peek() : null) : null;
            foreach (var file in source.Open)
            {
                if (!file.Reading && _blocks < (ReferenceEquals(file, first) ? _most : _most - _reserved))
                {
                    return Taken(new Work(source, file, TakeBlock(source, file)));
                }
            }

            if (source.CanAdvance(StepsAhead))
            {
                source.Advancing = true;
                return Taken(new Work(source, null, null));
            }
        }

        return null;
    }

    private ScannedBlock TakeBlock(SourceRun source, FileRun file)
    {
        _blocks++;
        var block = _spare.Count > 0 ? _spare.Pop() : new ScannedBlock();
        (block.Done, block.Failure) = (false, null);
        if (file.Begun && file.AnyOrder)
        {
            HandOut(source, file, block);
        }
        else
        {
            file.Reading = true;
        }

        return block;
    }

    private static void HandOut(SourceRun source, FileRun file, ScannedBlock block)
    {
        block.Index = file.Taken++;
        file.Blocks.Enqueue(block);
        if (file.Taken >= file.BlockCount)
        {
            file.ReadToEnd = true;
            source.Open.Remove(file);
        }
    }

    // another thread is called when there may be work for it
    private Work Taken(Work work)
    {
        if (_idle == 0 && _running < _helpers && !_stopping)
        {
            _running++;
            ThreadPool.QueueUserWorkItem(Help);
        }

        return work;
    }

    // not under the lock; fails never, what fails is kept for the caller
    private void Do(Work work)
    {
        if (work.File is null)
        {
            var found = work.Source.Advance(out var ended);
            lock (_gate)
            {
                work.Source.Add(found, ended);
                Monitor.PulseAll(_gate);
            }
        }
        else if (work.File.Begun && work.File.AnyOrder)
        {
            ReadAndScan(work.File, work.Block!, work.File.Order);
        }
        else
        {
            ReadNext(work.Source, work.File, work.Block!);
        }
    }

    private void ReadNext(SourceRun source, FileRun file, ScannedBlock block)
    {
        var (any, ended, opened) = (false, true, false);
        try
        {
            if (!file.Begun)
            {
                file.Begin();
                opened = file.AnyOrder;
            }

            any = file.Kit is not null && !opened && file.Next(block.Block, out ended);
        }
        catch (Exception e)
        {
            // it is thrown again where the search runs
            file.Failure = ExceptionDispatchInfo.Capture(e);
            (any, ended, opened) = (false, true, false);
        }

        DateOrder order;
        lock (_gate)
        {
            (file.Begun, file.Reading, order) = (true, false, file.Order);
            if (opened && file.Kit is not null)
            {
                HandOut(source, file, block);
            }
            else
            {
                Read(source, file, block, any, ended);
            }

            Monitor.PulseAll(_gate);
        }

        if (opened && file.Kit is not null)
        {
            ReadAndScan(file, block, order);
        }
        else if (any)
        {
            Scan(file, block, order);
        }
    }

    private void Read(SourceRun source, FileRun file, ScannedBlock block, bool any, bool ended)
    {
        if (any)
        {
            file.Blocks.Enqueue(block);
        }
        else
        {
            _blocks--;
            _spare.Push(block);
        }

        if (ended)
        {
            file.ReadToEnd = true;
            source.Open.Remove(file);
        }
    }

    private void ReadAndScan(FileRun file, ScannedBlock block, DateOrder order)
    {
        try
        {
            file.Read(block.Index, block.Block);
        }
        catch (Exception e)
        {
            block.Failure = ExceptionDispatchInfo.Capture(e);
        }

        Scan(file, block, order);
    }

    private void Scan(FileRun file, ScannedBlock block, DateOrder order)
    {
        try
        {
            if (block.Failure is null)
            {
                file.Scan(block, order);
            }
        }
        catch (Exception e)
        {
            block.Failure = ExceptionDispatchInfo.Capture(e);
        }

        lock (_gate)
        {
            block.Done = true;
            Monitor.PulseAll(_gate);
        }
    }

    private sealed record Work(SourceRun Source, FileRun? File, ScannedBlock? Block);
}
