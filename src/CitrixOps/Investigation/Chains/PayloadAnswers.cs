using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CitrixOps.Appliances;
using CitrixOps.Appliances.Sources;
using CitrixOps.Indicators;
using CitrixOps.Indicators.Matching;
using CitrixOps.Investigation.Hunting;
using CitrixOps.Investigation.Scanning;
using CitrixOps.Logs;
using CitrixOps.Logs.Reading;
using CitrixOps.Logs.Times;

namespace CitrixOps.Investigation.Chains;

/// <summary>
/// Reads the access logs of sources once more for successful requests of a few pages, by blocks and on several threads as the search
/// itself does. Files that begin when no answer can matter any longer are left out.
/// </summary>
internal sealed class PayloadAnswers
{
    private const int MostAnswers = 10_000;

    private readonly HashSet<string> _pages;
    private readonly InvestigationOptions _options;
    private readonly ScanKit _kit;
    private readonly Dictionary<string, List<Answer>> _found = new(StringComparer.Ordinal);

    /// <param name="pages">The pages.</param>
    /// <param name="options">The options of the search.</param>
    public PayloadAnswers(IEnumerable<string> pages, InvestigationOptions options)
    {
        _pages = new HashSet<string>(pages, StringComparer.Ordinal);
        _options = options;
        var names = _pages.Select(p => p.Substring(p.LastIndexOf('/'))).Distinct(StringComparer.Ordinal);
        var rule = new LogRule
        {
            Id = "page-of-a-payload",
            Condition = new AllOf(new Condition[]
            {
                new FieldCondition("sc-status", new TextTest("2", TextTest.Place.Start, cased: true)),
                new AnyOf(names.Select(n => new FieldCondition("cs-uri", new TextTest(n, TextTest.Place.Anywhere, cased: true)))),
            }),
        };
        _kit = new ScanKit(LogFormats.ByType(LogTypes.HttpAccess)!, new LogMatcher(LogTypes.HttpAccess, new[] { rule }), new ObserverSet(Array.Empty<LogObserver>(), LogTypes.HttpAccess), SearchWindow.Everything);
    }

    /// <summary>The answers by page.</summary>
    public IReadOnlyDictionary<string, List<Answer>> Found => _found;

    /// <summary>Reads sources.</summary>
    /// <param name="sources">The sources.</param>
    /// <param name="logs">What the search saw of their logs.</param>
    /// <param name="until">When no answer matters any longer.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public void Read(IReadOnlyList<(ApplianceSource Source, ApplianceFacts Facts)> sources, IReadOnlyList<NodeCoverage> logs, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var late = new HashSet<string>(logs.SelectMany(n => n.Logs).SelectMany(l => l.Files).Where(f => f.First > until).Select(f => f.File.ToString()), StringComparer.Ordinal);
        using var flow = new SearchFlow(_options.Threads, cancellationToken);
        var runs = sources.Select(s => (Run: new SourceRun(s.Source, new Plan(this, s.Facts, late), cancellationToken), s.Facts)).ToList();
        runs.ForEach(r => flow.Add(r.Run));
        foreach (var (run, facts) in runs)
        {
            foreach (var step in flow.Steps(run, () => { }))
            {
                step.Failure?.Throw();
                if (step is FileRun file)
                {
                    Read(flow, run, file, facts);
                }
            }
        }
    }

    // what cannot be read the search itself has reported
    private void Read(SearchFlow flow, SourceRun run, FileRun file, ApplianceFacts facts)
    {
        var lines = 0L;
        while (flow.NextBlock(file, () => { }) is { } block)
        {
            block.Failure?.Throw();
            foreach (var kept in block.Lines.Kept)
            {
                if (kept.HasTime && kept.Trust != TimeTrust.Neighbour)
                {
                    Add(kept, new LineContext
                    {
                        File = file.File!, Kind = file.Log!.Kind, Node = facts.Node, Number = lines + kept.LinesBefore + 1, Offset = block.Block.Offset + kept.BytesBefore,
                        Time = new DateTimeOffset(kept.Ticks, TimeSpan.Zero), TimeTrust = kept.Trust, LoggedTime = kept.LoggedTime, ShowSecret = _options.ShowSecret,
                    });
                }
            }

            lines += block.Lines.Lines;
            if (block.Block.Fault is not null)
            {
                flow.Abandon(run, file);
            }

            flow.Return(block);
        }

        if (file.Failure is { } failure && !ReadFailures.Concerns(failure.SourceException))
        {
            failure.Throw();
        }

        file.Dispose();
    }

    private void Add(in KeptLine kept, in LineContext context)
    {
        if (kept.Record["cs-uri"] is not { } uri || PageOf(uri) is not { } page || !_pages.Contains(page))
        {
            return;
        }

        if (!_found.TryGetValue(page, out var answers))
        {
            _found[page] = answers = new List<Answer>();
        }

        if (answers.Count < MostAnswers)
        {
            var client = kept.Record["c-ip"];
            answers.Add(new Answer(context.Time!.Value, client is null ? null : SafeText.FromRecord(client, 64), new Evidence(kept.Record, context)));
        }
    }

    private static string PageOf(string uri)
    {
        var page = RequestViews.Resolve(RequestViews.Decode(uri));
        var query = page.IndexOf('?');
        return query < 0 ? page : page.Substring(0, query);
    }

    /// <summary>A request that was answered with success.</summary>
    /// <param name="Time">When.</param>
    /// <param name="Client">Who asked.</param>
    /// <param name="Evidence">The record.</param>
    internal sealed record Answer(DateTimeOffset Time, string? Client, Evidence Evidence);

    private sealed class Plan : ISourcePlan
    {
        private readonly PayloadAnswers _answers;
        private readonly ApplianceFacts _facts;
        private readonly HashSet<string> _late;
        private readonly TimeZoneInfo? _zone;

        public Plan(PayloadAnswers answers, ApplianceFacts facts, HashSet<string> late)
        {
            _answers = answers;
            _facts = facts;
            _late = late;
            _zone = answers._options.TimeZone is { } zone ? TimeZones.Find(zone) : TimeZones.FindOrNull(facts.TimeZone);
        }

        public int BlockLength => _answers._options.BlockLength;

        public ScanKit Kit(ILogFormat format) => _answers._kit;

        public TimeResolver Resolver(ApplianceFile file, LogFile log) => new(_zone, file.Modified ?? _facts.CollectedAt);

        public SourceStep Look(ApplianceFile file) =>
            LogFile.FromName(file, _answers._options.LogType) is { Format.LogType: LogTypes.HttpAccess } log && !_late.Contains(file.ToString()) ? new FileRun(this, file, log) : new SourceStep { File = file };
    }
}
