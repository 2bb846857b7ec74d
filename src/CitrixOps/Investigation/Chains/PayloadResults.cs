using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using CitrixOps.Appliances;
using CitrixOps.Appliances.Sources;
using CitrixOps.Indicators.Heuristics;
using CitrixOps.Indicators.Matching;
using CitrixOps.Investigation.Hunting;
using CitrixOps.Logs;
using CitrixOps.Logs.Reading;
using CitrixOps.Logs.Times;

namespace CitrixOps.Investigation.Chains;

/// <summary>
/// Looks whether a file that an attempt names was given out afterwards. Which pages to look for is known only when every log was read,
/// so the access logs are read once more, and only then: an ordinary search costs nothing.
/// </summary>
internal sealed class PayloadResults : LogObserver
{
    private const int MostAnswers = 10_000;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly Encoding Latin1 = Encoding.GetEncoding(28591);

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

        var names = pages.Keys.Select(p => Latin1.GetBytes(p.Substring(p.LastIndexOf('/') + 1))).ToArray();
        var answers = new Dictionary<string, List<(DateTimeOffset Time, string? Client, Evidence Evidence)>>(StringComparer.Ordinal);
        foreach (var (source, facts) in _sources)
        {
            foreach (var file in source.Files(hunt.CancellationToken))
            {
                if (LogFile.FromName(file, _options.LogType) is { Format.LogType: LogTypes.HttpAccess } log)
                {
                    Read(file, log, facts, names, pages, answers, hunt.CancellationToken);
                }
            }
        }

        foreach (var page in answers.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            Judge(hunt, pages[page.Key], page.Key, page.Value);
        }
    }

    private static void Judge(HuntContext hunt, List<PayloadPaths.Attempt> attempts, string page, List<(DateTimeOffset Time, string? Client, Evidence Evidence)> answers)
    {
        var first = attempts.OrderBy(a => a.Time).First();
        if (answers.Exists(a => a.Time < first.Time))
        {
            hunt.Collector.Exclude("pages that a payload names and that were given out before it too", 1);
            return;
        }

        var answer = answers.Where(a => attempts.Exists(t => a.Time >= t.Time && a.Time - t.Time <= Day)).OrderBy(a => a.Time).FirstOrDefault();
        if (answer.Evidence is null || !hunt.Window.Contains(answer.Time))
        {
            return;
        }

        var attempt = attempts.Where(t => t.Time <= answer.Time).OrderByDescending(t => t.SourceAddress == answer.Client).ThenByDescending(t => t.Time).First();
        var who = attempt.SourceAddress is null ? "" : attempt.SourceAddress == answer.Client ? " of the same address" : " of " + attempt.SourceAddress;
        hunt.Collector.Conclude(TraceHeuristics.PayloadAnswered, answer.Evidence, answer.Client, FormattableString.Invariant($"An attempt{who} at {attempt.Time:yyyy-MM-dd HH:mm:ss}Z names {SafeText.FromRecord(attempt.Path, 120)}; {Coverage.Words.Of(answer.Time - attempt.Time)} later {SafeText.FromRecord(page, 120)} was answered with success for the first time."), page);
    }

    private void Read(ApplianceFile file, LogFile log, ApplianceFacts facts, byte[][] names, IReadOnlyDictionary<string, List<PayloadPaths.Attempt>> pages, Dictionary<string, List<(DateTimeOffset Time, string? Client, Evidence Evidence)>> answers, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = new LogLineReader(file.OpenRead(), file.ToString());
            var resolver = new TimeResolver(_options.TimeZone is { } zone ? TimeZones.Find(zone) : TimeZones.FindOrNull(facts.TimeZone), file.Modified ?? facts.CollectedAt);
            var record = new LogRecord();
            while (reader.Next())
            {
                if ((reader.Number & 0x1fff) == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }

                if (!Names(reader.Line, names) || !log.Format.TryReadStamp(reader.Line, out var stamp) || !resolver.TryResolve(stamp, out var time, out var trust))
                {
                    continue;
                }

                record.Reset(LogTypes.HttpAccess, Latin1.GetString(reader.Line.ToArray()));
                log.Format.Parse(record);
                if (record["cs-uri"] is { } uri && record["sc-status"] is { Length: 3 } status && status[0] == '2' && Page(uri) is var page && pages.ContainsKey(page))
                {
                    if (!answers.TryGetValue(page, out var list))
                    {
                        answers[page] = list = new();
                    }

                    if (list.Count < MostAnswers)
                    {
                        var context = new LineContext { File = file, Kind = log.Kind, Node = facts.Node, Number = reader.Number, Offset = reader.Offset, Time = time, TimeTrust = trust, ShowSecret = _options.ShowSecret };
                        list.Add((time, record["c-ip"] is { } client ? SafeText.FromRecord(client, 64) : null, new Evidence(record, context)));
                    }
                }
            }
        }
        catch (Exception e) when (ReadFailures.Concerns(e))
        {
            // the search itself has reported it
        }
    }

    // a name may be encoded
    private static bool Names(ReadOnlySpan<byte> line, byte[][] names)
    {
        if (line.IndexOf((byte)'%') >= 0)
        {
            return true;
        }

        foreach (var name in names)
        {
            if (line.IndexOf(name) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private static string Page(string uri)
    {
        var page = RequestViews.Resolve(RequestViews.Decode(uri));
        var query = page.IndexOf('?');
        return query < 0 ? page : page.Substring(0, query);
    }
}
