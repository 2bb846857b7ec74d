using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Appliances;
using CitrixOps.Indicators;
using CitrixOps.Indicators.Correlating;
using CitrixOps.Indicators.Files;
using CitrixOps.Indicators.Heuristics;
using CitrixOps.Investigation.Chains;
using CitrixOps.Investigation.Exclusions;
using CitrixOps.Investigation.Hunting;
using CitrixOps.Logs;

namespace CitrixOps.Investigation;

/// <summary>Turns hits into findings, hands them on, and keeps what verdict, chains and correlation need.</summary>
internal sealed class FindingCollector
{
    private readonly string _gateway;
    private readonly SearchWindow _window;
    private readonly bool _keep;
    private readonly OwnTraces _own;
    private readonly IInvestigationSink _sink;
    private readonly Correlator<int> _correlator;
    private readonly List<Finding> _kept = new();
    private readonly ChainTally _chains = new();
    private readonly CountedHits _hits;
    private readonly Func<string, string?> _field;
    private FindingIds _ids = new();
    private LogRecord _record = new();
    private readonly SortedDictionary<string, long> _excluded = new(StringComparer.Ordinal);
    private readonly HeldScans _held = new();
    private IReadOnlyCollection<string> _ownScanners = Array.Empty<string>();
    private long _outside;
    private long _aged;

    public FindingCollector(string gateway, RuleSet rules, SearchWindow window, InvestigationOptions options, bool keep, IInvestigationSink sink)
    {
        _gateway = gateway;
        _window = window;
        _keep = keep;
        Administrators = new Administrators(window, options.AdministratorAddresses);
        _own = new OwnTraces(options.ScannerAddresses, Administrators);
        _sink = sink;
        _correlator = new Correlator<int>(rules.Correlations);
        _field = name => _record[name];
        _hits = new CountedHits(Describe);
    }

    /// <summary>The period that is searched.</summary>
    public SearchWindow Window => _window;

    /// <summary>Who administers the gateway.</summary>
    public Administrators Administrators { get; }

    /// <summary>Paths that payloads name.</summary>
    public PayloadPaths Payloads { get; } = new();

    /// <summary>Whether secrets in records are shown.</summary>
    public bool ShowSecret { get; init; }

    public VerdictTally Verdict { get; } = new();

    public IReadOnlyList<Finding> Kept => _kept;

    public long Count { get; private set; }

    public IReadOnlyList<AttackChain> Chains => _chains.Build();

    public IReadOnlyList<Exclusion> Exclusions
    {
        get
        {
            var list = new List<Exclusion>();
            if (_outside > 0)
            {
                list.Add(new Exclusion("lines outside the window: not searched", _outside));
            }

            if (_aged > 0)
            {
                list.Add(new Exclusion("matches of indicators that were not valid at the time", _aged));
            }

            if (_correlator.Dropped > 0)
            {
                list.Add(new Exclusion("hits too many to correlate", _correlator.Dropped));
            }

            list.AddRange(_excluded.Select(e => new Exclusion(e.Key, e.Value)));
            return list;
        }
    }

    /// <summary>Starts a file: ids count identical records per file.</summary>
    public void StartFile() => _ids = new FindingIds();

    /// <summary>Lines whose time lies outside the window.</summary>
    public void Outside(long lines) => _outside += lines;

    /// <summary>A rule matched a line.</summary>
    public void Line(LogRule rule, LogRecord record, LineContext context)
    {
        if (!_window.Contains(context.Time))
        {
            return;
        }

        if (_own.ReasonOf(rule, record) is { } own)
        {
            Exclude(own, 1);
            return;
        }

        if (!rule.IsValidAt(context.Time))
        {
            _aged += rule.Reports ? 1 : 0;
            return;
        }

        if (!rule.IsShown)
        {
            Correlate(rule, record, context, null);
            return;
        }

        var finding = LineFinding.Of(Describe(rule, context.Node), rule, record, context, _ids.Earlier(rule.Id, record.Raw));
        Correlate(rule, record, context, finding);
        if (rule.Outcome == Outcome.Attempt && rule.Phase == Phase.Attempt)
        {
            Payloads.Add(record, finding);
        }

        if (!rule.Reports)
        {
            return;
        }

        finding.Artefact = Artefacts.Of(rule, record);
        if (!_held.Hold(finding, rule.Outcome == Outcome.Attempt ? KnownScanners.PageOf(record) : null))
        {
            Add(finding);
        }
    }

    /// <summary>Every log was read: decides what of scans from inside counts.</summary>
    public void SettleScans() => _ownScanners = _held.Settle(a => Administrators.Include(a) && !_chains.Knows(a), Add, Exclude);

    /// <summary>An indicator matched a file.</summary>
    public void File(FileHit hit, ApplianceFile file, string node, TimeZoneInfo? zone)
    {
        var indicator = hit.Indicator;
        var (time, trust) = Modified(file, zone);
        if (!indicator.IsValidAt(time))
        {
            _aged++;
            return;
        }

        var finding = Describe(indicator, node);
        (finding.Time, finding.TimeTrust) = (time, trust);
        finding.Source = file.SourcePath;
        finding.Member = LineFinding.Printable(file.Member);
        var rights = file.Mode is { } mode ? " mode " + Convert.ToString(mode, 8) : "";
        var owner = file.Owner is { } name ? " owner " + SafeText.FromText(name, 32) : "";
        finding.Excerpt = FormattableString.Invariant($"{SafeText.FromText(file.AppliancePath ?? file.Name)} ({file.Length} bytes{rights}{owner}){(hit.Detail is { } detail ? ": " + detail : "")}");
        finding.Id = FindingIds.Of(indicator.Id, file.AppliancePath ?? file.Name, "");
        finding.Artefact = Artefacts.Of(indicator, file);
        Add(finding);
    }

    /// <summary>A heuristic concluded something.</summary>
    /// <param name="heuristic">The heuristic.</param>
    /// <param name="evidence">The record to point to.</param>
    /// <param name="source">The address that did it, or null.</param>
    /// <param name="reason">What was concluded from what, in a sentence or two, printable.</param>
    /// <param name="key">What makes it this conclusion and no other: the same wherever the logs lie.</param>
    public void Conclude(Heuristic heuristic, Evidence evidence, string? source, string reason, string key)
    {
        var context = evidence.Context;
        var finding = Describe(heuristic, context.Node);
        finding.Time = context.Time;
        finding.TimeTrust = context.TimeTrust;
        finding.LoggedTime = context.LoggedTime;
        finding.SourceAddress = source;
        finding.Source = context.File.SourcePath;
        finding.Member = context.File.Member;
        finding.LineNumber = context.Number;
        finding.Offset = context.Offset;
        finding.Excerpt = evidence.Excerpt;
        finding.Reason = reason;
        finding.Id = FindingIds.Of(heuristic.Id, "", key);
        Add(finding);
    }

    /// <summary>Whether an address made an attempt, or more, that counts.</summary>
    public bool Attacked(string address) => _chains.Knows(address);

    /// <summary>Adds something that does not count.</summary>
    public void Exclude(string reason, long count)
    {
        if (count > 0)
        {
            _excluded.TryGetValue(reason, out var before);
            _excluded[reason] = before + count;
        }
    }

    /// <summary>Adds what the correlations make of the hits.</summary>
    public void Correlate()
    {
        foreach (var (rule, hits) in _correlator.Complete())
        {
            var last = _hits.Finding(hits[hits.Count - 1]);
            if (last.SourceAddress is { } own && _ownScanners.Contains(own) && rule.Outcome == Outcome.Attempt)
            {
                continue;
            }

            var finding = Describe(rule, last.Node);
            finding.Time = last.Time;
            finding.TimeTrust = last.TimeTrust;
            finding.LoggedTime = last.LoggedTime;
            finding.SourceAddress = last.SourceAddress;
            finding.Source = last.Source;
            finding.Member = last.Member;
            finding.LineNumber = last.LineNumber;
            finding.Offset = last.Offset;
            finding.Excerpt = last.Excerpt;
            finding.Id = FindingIds.Of(rule.Id, "", string.Join("\0", hits.Select(h => _hits.Finding(h).Id)));
            Add(finding);
        }
    }

    private void Correlate(LogRule rule, LogRecord record, in LineContext context, Finding? finding)
    {
        if (context.Time is null || !_correlator.Asks(rule))
        {
            return;
        }

        _record = record;
        var hit = finding is null ? _hits.Add(rule, record, context, _ids.Earlier(rule.Id, record.Raw)) : _hits.Add(finding);
        var thinned = _correlator.Thinnings;
        if (!_correlator.Add(rule, _field, context.Time, hit, LineFinding.Origin(context)))
        {
            _hits.Remove(hit);
        }

        if (_correlator.Thinnings != thinned)
        {
            _hits.KeepOnly(new HashSet<int>(_correlator.References));
        }
    }

    // archives and disks keep UTC; a listing is the appliance's local time
    private static (DateTimeOffset? Time, TimeTrust Trust) Modified(ApplianceFile file, TimeZoneInfo? zone)
    {
        if (file.Modified is not { } modified)
        {
            return (null, TimeTrust.None);
        }

        return file.HasContent ? (modified, TimeTrust.Stated)
            : zone is null ? (modified, TimeTrust.ZoneInferred)
            : (new DateTimeOffset(modified.DateTime - zone.GetUtcOffset(modified.DateTime), TimeSpan.Zero), TimeTrust.Stated);
    }

    private Finding Describe(Indicator indicator, string node) => new()
    {
        Gateway = _gateway,
        Node = node,
        IndicatorId = indicator.Id,
        Title = indicator.Title,
        Cve = indicator.Cve,
        Phase = indicator.Phase,
        Severity = indicator.Severity,
        Grade = indicator.Grade,
        Outcome = indicator.Outcome,
        Independence = indicator.Independence,
    };

    private void Add(Finding finding)
    {
        Count++;
        Verdict.Add(finding);
        _chains.Add(finding);
        if (_keep && _kept.Count < Investigation.FindingsKept)
        {
            _kept.Add(finding);
        }

        _sink.Found(finding);
    }
}
