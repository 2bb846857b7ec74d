using System;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using CitrixOps.Investigation;

namespace CitrixOps.PowerShell.Pipeline;

/// <summary>Shows how far a search is: bytes done and left, at most five times a second.</summary>
internal sealed class ProgressReporter
{
    private const int ActivityId = 2019;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Cmdlet _cmdlet;
    private readonly string _activity;
    private readonly Stopwatch _sinceShown = new();
    private readonly Stopwatch _total = Stopwatch.StartNew();

    public ProgressReporter(Cmdlet cmdlet, string activity)
    {
        _cmdlet = cmdlet;
        _activity = activity;
    }

    public void Show(InvestigationProgress progress)
    {
        if (_sinceShown.IsRunning && _sinceShown.Elapsed < Interval)
        {
            return;
        }

        _sinceShown.Restart();
        var record = new ProgressRecord(ActivityId, _activity, Status(progress)) { CurrentOperation = SafeText.FromText(progress.File, 120) };
        if (progress.BytesTotal is { } total && total > 0)
        {
            var share = Math.Min(1.0, (double)progress.BytesDone / total);
            record.PercentComplete = (int)(share * 100);
            if (share > 0.02)
            {
                record.SecondsRemaining = (int)(_total.Elapsed.TotalSeconds * (1 - share) / share);
            }
        }

        _cmdlet.WriteProgress(record);
    }

    public void Complete()
    {
        if (_sinceShown.IsRunning)
        {
            _cmdlet.WriteProgress(new ProgressRecord(ActivityId, _activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }

    private static string Status(InvestigationProgress progress)
    {
        var findings = progress.Findings == 1 ? "1 finding" : progress.Findings.ToString("N0", CultureInfo.InvariantCulture) + " findings";
        return progress.BytesTotal is { } total
            ? $"{Size(progress.BytesDone)} of {Size(total)}, {Size(Math.Max(0, total - progress.BytesDone))} left; {findings}"
            : $"{Size(progress.BytesDone)}; {findings}";
    }

    private static string Size(long bytes) => bytes switch
    {
        >= 1L << 30 => (bytes / (double)(1L << 30)).ToString("0.0", CultureInfo.InvariantCulture) + " GiB",
        >= 1L << 20 => (bytes / (double)(1L << 20)).ToString("0.0", CultureInfo.InvariantCulture) + " MiB",
        _ => (bytes / 1024.0).ToString("0", CultureInfo.InvariantCulture) + " KiB",
    };
}
