using System;
using System.Management.Automation;
using System.Threading;
using CitrixOps.Errors;

namespace CitrixOps.PowerShell.Pipeline;

/// <summary>What every cmdlet shares: a token that Ctrl+C cancels, and one way to turn a problem into an error record.</summary>
public abstract class CitrixOpsCmdlet : PSCmdlet, IProblemSink, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Cancelled when the pipeline is stopped.</summary>
    protected CancellationToken StopToken => _stop.Token;

    /// <summary>Writes a problem as a non-terminating error: the other inputs go on.</summary>
    /// <param name="problem">The problem.</param>
    public void Report(Problem problem) => WriteError(ErrorRecords.From(problem));

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the cmdlet holds.</summary>
    /// <param name="disposing">True when called from <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Dispose();
        }
    }
}
