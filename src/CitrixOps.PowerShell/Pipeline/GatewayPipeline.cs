using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using CitrixOps.Errors;

namespace CitrixOps.PowerShell.Pipeline;

/// <summary>
/// The pipeline thread, as work on many gateways sees it. Work runs on other threads; what it writes, reports and asks is done on the
/// pipeline thread, one thing after another. When the pipeline stops, the work is cancelled and waited for.
/// </summary>
public sealed class GatewayPipeline
{
    private readonly CitrixOpsCmdlet _cmdlet;
    private readonly Queue<(Action Act, Action? Drop)> _waiting = new();
    private readonly CancellationTokenSource _stop;
    private readonly object _gate = new();
    private bool _complete;

    private GatewayPipeline(CitrixOpsCmdlet cmdlet, CancellationTokenSource stop)
    {
        _cmdlet = cmdlet;
        _stop = stop;
    }

    /// <summary>Cancelled on Ctrl+C, and when the pipeline takes no more output.</summary>
    public CancellationToken StopToken => _stop.Token;

    /// <summary>Writes an object to the pipeline.</summary>
    /// <param name="output">The object.</param>
    public void Write(object output) => Post(() => _cmdlet.WriteObject(output));

    /// <summary>Writes a problem as a non-terminating error.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="cause">The exception behind it, or null.</param>
    public void Report(Problem problem, Exception? cause = null) => Post(() => _cmdlet.WriteError(ErrorRecords.From(new CitrixOpsException(problem, cause))));

    /// <summary>Writes a warning.</summary>
    /// <param name="text">The text, safe to print.</param>
    public void Warn(string text) => Post(() => _cmdlet.WriteWarning(text));

    /// <summary>Writes a verbose message.</summary>
    /// <param name="text">The text, safe to print.</param>
    public void Verbose(string text) => Post(() => _cmdlet.WriteVerbose(text));

    /// <summary>Asks whether to go on with a change; -WhatIf, -Confirm and "yes to all" count over all gateways.</summary>
    /// <param name="target">What is changed.</param>
    /// <param name="action">How.</param>
    public Task<bool> ShouldProcessAsync(string target, string action) => AskAsync(() => _cmdlet.ShouldProcess(target, action));

    /// <summary>Runs something on the pipeline thread and hands back its answer: questions, messages, session state.</summary>
    /// <typeparam name="T">The answer.</typeparam>
    /// <param name="question">What to run.</param>
    /// <exception cref="OperationCanceledException">The pipeline stops before it answers.</exception>
    public Task<T> AskAsync<T>(Func<T> question)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Ask()
        {
            try
            {
                answer.SetResult(question());
            }
            catch (CitrixOpsException e)
            {
                answer.SetException(e);
            }
            catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
            {
                answer.TrySetCanceled();
            }
            finally
            {
                // anything else ends the pipeline: the one who asked is told that nothing more comes
                answer.TrySetCanceled();
            }
        }

        if (!Post(Ask, () => answer.TrySetCanceled()))
        {
            answer.TrySetCanceled();
        }

        return answer.Task;
    }

    /// <summary>Runs work and serves it on this thread until it ends.</summary>
    /// <param name="cmdlet">The cmdlet whose thread this is.</param>
    /// <param name="work">The work.</param>
    /// <param name="stopToken">Ctrl+C.</param>
    internal static void Run(CitrixOpsCmdlet cmdlet, Func<GatewayPipeline, Task> work, CancellationToken stopToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopToken);
        var pipeline = new GatewayPipeline(cmdlet, stop);
        pipeline.Serve(work);
    }

    private void Serve(Func<GatewayPipeline, Task> work)
    {
        var running = Task.Run(async () =>
        {
            try
            {
                await work(this).ConfigureAwait(false);
            }
            finally
            {
                lock (_gate)
                {
                    _complete = true;
                    Monitor.Pulse(_gate);
                }
            }
        });
        var served = false;
        try
        {
            while (Next() is { } next)
            {
                next.Act();
            }

            served = true;
        }
        finally
        {
            // the pipeline takes no more: cancel, answer nothing, and wait until sessions are closed
            if (!served)
            {
                _stop.Cancel();
                while (Next() is { } next)
                {
                    next.Drop?.Invoke();
                }
            }
        }

        try
        {
            running.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            // Ctrl+C: what was written stands
        }
    }

    // null when the work has ended and nothing is left
    private (Action Act, Action? Drop)? Next()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_complete)
            {
                Monitor.Wait(_gate);
            }

            return _waiting.Count == 0 ? null : _waiting.Dequeue();
        }
    }

    // late messages of a session that outlives the cmdlet have nobody to go to
    private bool Post(Action act, Action? drop = null)
    {
        lock (_gate)
        {
            if (_complete)
            {
                return false;
            }

            _waiting.Enqueue((act, drop));
            Monitor.Pulse(_gate);
            return true;
        }
    }
}
