using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CitrixOps.Appliances;
using CitrixOps.Appliances.Sources;
using CitrixOps.Errors;
using CitrixOps.Indicators;
using CitrixOps.Indicators.Files;
using CitrixOps.Investigation.Hunting;
using CitrixOps.Logs;
using CitrixOps.Logs.Reading;
using CitrixOps.Logs.Times;

namespace CitrixOps.Investigation;

/// <summary>The search of one gateway: its sources one after the other, then correlation, coverage and verdict.</summary>
internal sealed class GatewaySearch
{
    private readonly string _gateway;
    private readonly RuleSet _rules;
    private readonly SearchWindow _window;
    private readonly InvestigationOptions _options;
    private readonly FindingCollector _collector;
    private readonly IInvestigationSink _sink;
    private readonly FileMatcher _files;
    private readonly Dictionary<string, LogMatcher> _matchers = new(StringComparer.Ordinal);
    private readonly List<NodeCoverage> _nodes = new();
    private readonly List<string> _notes = new();
    private readonly List<ApplianceFacts> _facts = new();
    private readonly IReadOnlyList<LogObserver> _observers;
    private readonly Dictionary<string, ObserverSet> _observerSets = new(StringComparer.Ordinal);
    private CancellationToken _cancellationToken;
    private bool _sawFiles;
    private long _bytes;

    public GatewaySearch(string gateway, RuleSet rules, SearchWindow window, InvestigationOptions options, bool keepFindings, IInvestigationSink sink)
    {
        _gateway = gateway;
        _rules = rules;
        _window = window;
        _options = options;
        _sink = sink;
        _files = rules.FileMatcher();
        _collector = new FindingCollector(gateway, rules, window, options, keepFindings, sink) { ShowSecret = options.ShowSecret };
        _observers = AllObservers.Of(rules, window, options, _collector);
    }

    /// <summary>Tells which sources will be searched, before the first of them is.</summary>
    public void Prepare(IReadOnlyList<ApplianceSource> sources)
    {
        foreach (var observer in _observers)
        {
            observer.Prepare(sources);
        }
    }

    public void Search(ApplianceSource source, ApplianceFacts facts, ProgressTally progress, CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        var zone = _options.TimeZone is { } given ? TimeZones.Find(given) : TimeZones.FindOrNull(facts.TimeZone);
        var node = _nodes.Find(n => n.Node == facts.Node);
        if (node is null)
        {
            _nodes.Add(node = new NodeCoverage(facts.Node, facts.CollectedAt));
            _facts.Add(facts);
        }

        foreach (var observer in _observers)
        {
            observer.StartSource(source, facts);
        }

        var clock = source.Kind is SourceKind.LooseFiles or SourceKind.Image or SourceKind.SupportBundle ? new SiblingClock(source, cancellationToken) : null;
        foreach (var file in source.Files(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress.Show(source, file);
            try
            {
                SearchFile(source, file, facts, node, zone, clock, progress, cancellationToken);
            }
            catch (Exception e) when (ReadFailures.Concerns(e))
            {
                _sink.Report(ReadFailures.Of(e, file.ToString(), archive: false));
            }
        }

        node.IsIncomplete |= source.IsIncomplete;
        node.IsAppliance |= source.Kind != SourceKind.LooseFiles;
        _notes.AddRange(source.Notes);
        progress.Finished(source);
    }

    public Investigation Complete(TimeSpan elapsed)
    {
        _collector.SettleScans();
        _collector.Correlate();
        var coverage = _nodes.SelectMany(n => n.Build(_gateway, _window)).ToArray();
        var hunt = new HuntContext(_collector, _window, coverage, _facts, _nodes, _sink, _cancellationToken);
        foreach (var observer in _observers)
        {
            observer.Complete(hunt);
        }

        var limits = CoverageLimits.Of(_rules, _options.Cve, _nodes, coverage, _window);
        var (verdict, reasons) = VerdictRules.Decide(_collector.Verdict, limits);
        return new Investigation
        {
            Gateway = _gateway,
            Since = _window.Since,
            Until = _window.Until,
            WindowReason = _window.Reason,
            Verdict = verdict,
            Reasons = _sawFiles || _rules.FileIndicators.Count == 0 ? reasons : reasons.Append("No files of the appliance were among what was searched: what lies on its disk is not known.").ToArray(),
            Findings = _collector.Kept,
            FindingCount = _collector.Count,
            Chains = _collector.Chains,
            Coverage = coverage,
            Excluded = _collector.Exclusions,
            Notes = _notes.Concat(hunt.Notes).ToArray(),
            RulesLoaded = _rules.Count,
            RulesSkipped = _rules.Skipped.Select(s => s.ToString()).ToArray(),
            Bytes = _bytes,
            Lines = coverage.Sum(c => c.Lines),
            Elapsed = elapsed,
        };
    }

    private void SearchFile(ApplianceSource source, ApplianceFile file, ApplianceFacts facts, NodeCoverage node, TimeZoneInfo? zone, SiblingClock? clock, ProgressTally progress, CancellationToken cancellationToken)
    {
        _sawFiles |= !file.IsFolder && file.AppliancePath is { } path && !path.StartsWith("/var/log/", StringComparison.Ordinal) && !path.StartsWith("/shell/", StringComparison.Ordinal);
        var log = LogFile.FromName(file, _options.LogType);
        if (log is null)
        {
            foreach (var hit in _files.Match(file, source.Kind == SourceKind.Live, _sink))
            {
                _collector.File(hit, file, facts.Node, zone);
                progress.Found();
            }

            foreach (var observer in _observers)
            {
                observer.See(file, facts);
            }

            if (file.AppliancePath is not null || !file.HasContent || facts.Configuration is not null)
            {
                return;
            }
        }

        var stream = Open(file, log, node);
        using var reader = new LogLineReader(stream, file.ToString());
        if (log is null)
        {
            var head = reader.Peek(16 * 1024);
            log = LogFile.FromContent(file, head);
            if (log is null)
            {
                if (reader.Fault is { } fault)
                {
                    _sink.Report(fault);
                }
                else if (head.Length == 0)
                {
                    _sink.Report(new Problem("LogEmpty", ErrorKind.InvalidData, $"'{file}' is empty.", file.ToString(), "An empty log covers nothing. Check whether it was cleared."));
                }
                else if (!Configuration(head))
                {
                    _sink.Report(new Problem("LogTypeUnknown", ErrorKind.InvalidData, $"'{file}' is none of the logs that are known, by name and by content.", file.ToString(), "If it is one, name its type with -LogType."));
                }

                return;
            }
        }

        var scan = new LogScan(log, file, _collector, node, facts, Matcher(log.Format.LogType), Observers(log.Format.LogType));
        scan.Run(reader, new TimeResolver(zone, WrittenAt(file, facts, clock, log)), () => progress.Show(source, file), cancellationToken);
        _bytes += reader.BytesRead;
        if (reader.Fault is { } readFault)
        {
            _sink.Report(readFault);
        }
    }

    // a log that cannot even be opened covers nothing, and its coverage says so
    private static System.IO.Stream Open(ApplianceFile file, LogFile? log, NodeCoverage node)
    {
        try
        {
            return file.OpenRead();
        }
        catch (Exception e) when (log is not null && ReadFailures.Concerns(e))
        {
            node.Log(log.Format, log.Kind).StartFile(file, log.Rotation).Fault = ReadFailures.Of(e, file.ToString(), archive: false).Message;
            throw;
        }
    }

    private static bool Configuration(ReadOnlySpan<byte> head)
    {
        var text = System.Text.Encoding.GetEncoding(28591).GetString(head.ToArray());
        return Appliances.Configuration.NsConfiguration.LooksLike(text);
    }

    // the last line was not written after the file, nor after the collection; a copy's time is corrected by its siblings
    private static DateTimeOffset? WrittenAt(ApplianceFile file, ApplianceFacts facts, SiblingClock? clock, LogFile log)
    {
        var written = file.Modified is { } modified && facts.CollectedAt is { } collected ? (modified < collected ? modified : collected) : file.Modified ?? facts.CollectedAt;
        return clock is not null && log.Format.LogType is not (LogTypes.HttpAccess or LogTypes.HttpError) ? clock.Correct(written) : written;
    }

    private ObserverSet Observers(string logType)
    {
        if (!_observerSets.TryGetValue(logType, out var set))
        {
            _observerSets[logType] = set = new ObserverSet(_observers, logType);
        }

        return set;
    }

    private LogMatcher Matcher(string logType)
    {
        if (!_matchers.TryGetValue(logType, out var matcher))
        {
            _matchers[logType] = matcher = _rules.MatcherFor(logType);
            matcher.EvaluateEverything = _options.EvaluateEverything;
        }

        return matcher;
    }
}
