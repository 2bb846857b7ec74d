using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CitrixOps.Appliances;
using CitrixOps.Indicators;
using CitrixOps.Investigation.Hunting;
using CitrixOps.Investigation.Scanning;
using CitrixOps.Logs;

namespace CitrixOps.Investigation;

/// <summary>
/// The search of one gateway: its sources one after the other, as the flow hands them over, then correlation, coverage and verdict.
/// </summary>
internal sealed class GatewaySearch
{
    private readonly string _gateway;
    private readonly MatcherCache _matchers;
    private readonly RuleSet _rules;
    private readonly SearchWindow _window;
    private readonly InvestigationOptions _options;
    private readonly FindingCollector _collector;
    private readonly IInvestigationSink _sink;
    private readonly List<NodeCoverage> _nodes = new();
    private readonly List<string> _notes = new();
    private readonly List<ApplianceFacts> _facts = new();
    private readonly IReadOnlyList<LogObserver> _observers;
    private readonly Dictionary<string, ScanKit> _kits = new(StringComparer.Ordinal);
    private readonly List<(SourceRun Run, SourcePlan Plan, ApplianceFacts Facts)> _runs = new();
    private CancellationToken _cancellationToken;
    private bool _sawFiles;
    private long _bytes;

    public GatewaySearch(string gateway, MatcherCache matchers, SearchWindow window, InvestigationOptions options, bool keepFindings, IInvestigationSink sink)
    {
        _gateway = gateway;
        _matchers = matchers;
        _rules = matchers.Rules;
        _window = window;
        _options = options;
        _sink = sink;
        _collector = new FindingCollector(gateway, _rules, window, options, keepFindings, sink) { ShowSecret = options.ShowSecret };
        _observers = AllObservers.Of(_rules, window, options, _collector);
    }

    /// <summary>Tells which sources will be searched, before the first of them is.</summary>
    public void Prepare(IReadOnlyList<ApplianceSource> sources)
    {
        foreach (var observer in _observers)
        {
            observer.Prepare(sources);
        }
    }

    /// <summary>Adds a source, surveyed whole or by its head. All of them are added before the first is searched: what one says about the appliance counts for every log.</summary>
    public void Add(ApplianceSource source, ApplianceFacts facts, SearchFlow flow, CancellationToken cancellationToken, HeadSurvey? head = null)
    {
        foreach (var observer in _observers)
        {
            observer.StartSource(source, facts);
        }

        var plan = new SourcePlan(source, facts, _options, _matchers.Files, Kit, cancellationToken) { Head = head };
        var run = new SourceRun(source, plan, cancellationToken);
        _runs.Add((run, plan, facts));
        if (!_options.LineByLine)
        {
            flow.Add(run);
        }
    }

    /// <summary>Searches the sources that were added.</summary>
    public void Search(SearchFlow flow, ProgressTally progress, CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        foreach (var (run, plan, facts) in _runs)
        {
            var node = Node(facts);
            var steps = _options.LineByLine ? run.Source.Files(cancellationToken).Select(plan.Look) : flow.Steps(run, () => progress.Show(run.Source, run.Latest));
            foreach (var step in steps)
            {
                Confirm(plan.Head, step);
                step.Failure?.Throw();
                progress.Show(run.Source, step.File);
                foreach (var hit in step.Hits)
                {
                    _collector.File(hit, step.File!, facts.Node, plan.Zone);
                    progress.Found();
                }

                foreach (var observer in step.IsLogByName ? Array.Empty<LogObserver>() : _observers)
                {
                    observer.See(step.File!, facts);
                }

                if (step is FileRun file && _options.LineByLine)
                {
                    _bytes += new LineByLineScan(_collector, node).Search(file, plan, cancellationToken);
                }
                else if (step is FileRun ahead)
                {
                    Search(flow, run, ahead, node, progress);
                }

                step.Problems.ForEach(_sink.Report);
            }

            if (plan.Head is { IsConfirmed: false } || (plan.Head is not null && run.Source.IsIncomplete))
            {
                throw new HeadVoidException();
            }

            _sawFiles |= plan.SawFiles;
            node.IsIncomplete |= run.Source.IsIncomplete;
            node.IsAppliance |= run.Source.Kind != SourceKind.LooseFiles;
            _notes.AddRange(run.Source.Notes);
            progress.Finished(run.Source);
        }

        _runs.Clear();
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

    // a step without a file says what is wrong with the archive: that comes first, and so after a survey of the whole
    private static void Confirm(HeadSurvey? head, SourceStep step)
    {
        if (head is not null && (head.IsVoid || step.File is null))
        {
            throw new HeadVoidException();
        }
    }

    private void Search(SearchFlow flow, SourceRun run, FileRun file, NodeCoverage node, ProgressTally progress)
    {
        if (file.NotOpened is { } problem)
        {
            // a log that cannot even be opened covers nothing, and its coverage says so
            if (file.Log is { } log)
            {
                node.Log(log.Format, log.Kind).StartFile(file.File!, log.Rotation, log.Format).Fault = problem.Message;
            }

            file.Problems.Add(problem);
            return;
        }

        var merge = file.Kit is null ? null : new LogMerge(file.Log!, file.File!, _collector, node, file.Kit.Observers, file.Resolver!);
        var fault = (Errors.Problem?)null;
        while (flow.NextBlock(file, () => progress.Show(run.Source, file.File)) is { } block)
        {
            block.Failure?.Throw();
            if (fault is null)
            {
                if (!merge!.IsRight(block.Lines))
                {
                    file.Scan(block, merge.Order);
                }

                merge.Add(block.Block, block.Lines);
                file.Order = merge.Order;
                _bytes += block.Block.BytesRead;
                fault = block.Block.Fault;
                if (fault is not null)
                {
                    flow.Abandon(run, file);
                }
            }

            flow.Return(block);
            progress.Show(run.Source, file.File);
        }

        file.Failure?.Throw();
        _bytes += merge is null ? 0 : file.BytesRead;
        fault ??= file.Kit is null ? null : file.Fault;
        merge?.Finish(fault?.Message);
        file.Dispose();
        if (fault is not null)
        {
            file.Problems.Add(fault);
        }
    }

    private NodeCoverage Node(ApplianceFacts facts)
    {
        var node = _nodes.Find(n => n.Node == facts.Node);
        if (node is null)
        {
            _nodes.Add(node = new NodeCoverage(facts.Node, facts.CollectedAt));
            _facts.Add(facts);
        }

        return node;
    }

    // asked for from several threads
    private ScanKit Kit(ILogFormat format)
    {
        lock (_kits)
        {
            if (!_kits.TryGetValue(format.LogType, out var kit))
            {
                _kits[format.LogType] = kit = new ScanKit(format, _matchers.For(format.LogType), new ObserverSet(_observers, format.LogType), _window);
            }

            return kit;
        }
    }
}
