using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Appliances;
using CitrixOps.Indicators.Heuristics;
using CitrixOps.Investigation.Hunting;
using CitrixOps.Logs;

namespace CitrixOps.Investigation.Chains;

/// <summary>
/// Looks whether a file that an attempt names was given out afterwards. Which pages to look for is known only when every log was read,
/// so the access logs are read once more, and only then: an ordinary search costs nothing.
/// </summary>
internal sealed class PayloadResults : LogObserver
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly InvestigationOptions _options;
    private readonly List<(ApplianceSource Source, ApplianceFacts Facts)> _sources = new();

    public PayloadResults(InvestigationOptions options) => _options = options;

    public override bool Reads(string logType) => false;

    public override bool Wants(ReadOnlySpan<byte> line) => false;

    public override void StartSource(ApplianceSource source, ApplianceFacts facts)
    {
        if (source.Path != LineSearch.Pipeline)
        {
            _sources.Add((source, facts));
        }
    }

    public override void Observe(LogRecord record, in LineContext context)
    {
    }

    public override void Complete(HuntContext hunt)
    {
        var pages = hunt.Collector.Payloads.Pages;
        if (pages.Count == 0 || _sources.Count == 0)
        {
            return;
        }

        var answers = new PayloadAnswers(pages.Keys, _options);
        answers.Read(_sources, hunt.Logs, pages.Values.SelectMany(p => p).Max(p => p.Time) + Day, hunt.CancellationToken);
        foreach (var page in answers.Found.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            Judge(hunt, pages[page.Key], page.Key, page.Value);
        }
    }

    private static void Judge(HuntContext hunt, List<PayloadPaths.Attempt> attempts, string page, List<PayloadAnswers.Answer> answers)
    {
        var first = attempts.OrderBy(a => a.Time).First();
        if (answers.Exists(a => a.Time < first.Time))
        {
            hunt.Collector.Exclude("pages that a payload names and that were given out before it too", 1);
            return;
        }

        var answer = answers.Where(a => attempts.Exists(t => a.Time >= t.Time && a.Time - t.Time <= Day)).OrderBy(a => a.Time).FirstOrDefault();
        if (answer is null || !hunt.Window.Contains(answer.Time))
        {
            return;
        }

        var attempt = attempts.Where(t => t.Time <= answer.Time).OrderByDescending(t => t.SourceAddress == answer.Client).ThenByDescending(t => t.Time).First();
        var who = attempt.SourceAddress is null ? "" : attempt.SourceAddress == answer.Client ? " of the same address" : " of " + attempt.SourceAddress;
        hunt.Collector.Conclude(TraceHeuristics.PayloadAnswered, answer.Evidence, answer.Client, FormattableString.Invariant($"An attempt{who} at {attempt.Time:yyyy-MM-dd HH:mm:ss}Z names {SafeText.FromRecord(attempt.Path, 120)}; {Coverage.Words.Of(answer.Time - attempt.Time)} later {SafeText.FromRecord(page, 120)} was answered with success for the first time."), page);
    }
}
