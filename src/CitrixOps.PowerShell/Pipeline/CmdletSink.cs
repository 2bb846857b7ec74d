using System;
using CitrixOps.Errors;
using CitrixOps.Investigation;

namespace CitrixOps.PowerShell.Pipeline;

/// <summary>Hands what a search reports to the pipeline: findings, problems, progress.</summary>
internal sealed class CmdletSink : IInvestigationSink, IDisposable
{
    private readonly CitrixOpsCmdlet _cmdlet;
    private readonly ProgressReporter _progress;
    private readonly Action<Finding>? _found;

    public CmdletSink(CitrixOpsCmdlet cmdlet, string activity, Action<Finding>? found)
    {
        _cmdlet = cmdlet;
        _progress = new ProgressReporter(cmdlet, activity);
        _found = found;
    }

    public void Found(Finding finding) => _found?.Invoke(finding);

    public void Advanced(InvestigationProgress progress) => _progress.Show(progress);

    public void Report(Problem problem) => _cmdlet.Report(problem);

    public void Dispose()
    {
        if (!_cmdlet.Stopping)
        {
            _progress.Complete();
        }
    }
}
