using System;
using System.Collections.Generic;
using System.Threading;
using CitrixOps.Appliances;
using CitrixOps.Appliances.Sources;
using CitrixOps.Errors;
using CitrixOps.Indicators.Files;
using CitrixOps.Logs;
using CitrixOps.Logs.Reading;
using CitrixOps.Logs.Times;

namespace CitrixOps.Investigation.Scanning;

/// <summary>How the files of one source are searched: which of them are logs, and how their times are resolved.</summary>
internal sealed class SourcePlan : ISourcePlan
{
    private readonly ApplianceFacts _facts;
    private readonly InvestigationOptions _options;
    private readonly FileMatcher _files;
    private readonly Func<ILogFormat, ScanKit> _kits;
    private readonly bool _live;
    private readonly SiblingClock? _clock;

    public SourcePlan(ApplianceSource source, ApplianceFacts facts, InvestigationOptions options, FileMatcher files, Func<ILogFormat, ScanKit> kits, CancellationToken cancellationToken)
    {
        _facts = facts;
        _options = options;
        _files = files;
        _kits = kits;
        _live = source.Kind == SourceKind.Live;
        Zone = options.TimeZone is { } given ? TimeZones.Find(given) : TimeZones.FindOrNull(facts.TimeZone);
        _clock = source.Kind is SourceKind.LooseFiles or SourceKind.Image or SourceKind.SupportBundle ? new SiblingClock(source, cancellationToken) : null;
        BlockLength = options.BlockLength;
    }

    public int BlockLength { get; }

    /// <summary>The zone of what states none, or null.</summary>
    public TimeZoneInfo? Zone { get; }

    /// <summary>True once a file of the appliance's disk was seen that is no log.</summary>
    public bool SawFiles { get; private set; }

    /// <summary>The survey of its head, when that is all there is yet.</summary>
    public HeadSurvey? Head { get; init; }

    public ScanKit Kit(ILogFormat format) => _kits(format);

    public TimeResolver Resolver(ApplianceFile file, LogFile log) => new(Zone, WrittenAt(file, log));

    public SourceStep Look(ApplianceFile file)
    {
        if (Head is not null && SurveyReading.Wants(file))
        {
            Head.MemberCame();
        }

        SawFiles |= !file.IsFolder && file.AppliancePath is { } path && !path.StartsWith("/var/log/", StringComparison.Ordinal) && !path.StartsWith("/shell/", StringComparison.Ordinal);
        if (LogFile.FromName(file, _options.LogType) is { } log)
        {
            return new FileRun(this, file, log);
        }

        return file.AppliancePath is null && file.HasContent && _facts.Configuration is null ? new FileRun(this, file, null) : Indicators(file);
    }

    // a file without a place on the appliance has none
    private SourceStep Indicators(ApplianceFile file)
    {
        var problems = new ProblemList();
        IReadOnlyList<FileHit> hits = Array.Empty<FileHit>();
        try
        {
            hits = _files.Match(file, _live, problems);
        }
        catch (Exception e) when (ReadFailures.Concerns(e))
        {
            problems.Report(ReadFailures.Of(e, file.ToString(), archive: false));
        }

        var step = new SourceStep { File = file, Hits = hits };
        step.Problems.AddRange(problems);
        return step;
    }

    // when the last line can have been written; logs that state their year need nothing of their siblings
    private DateTimeOffset? WrittenAt(ApplianceFile file, LogFile log)
    {
        var written = file.Modified is { } modified && _facts.CollectedAt is { } collected ? (modified < collected ? modified : collected) : file.Modified ?? _facts.CollectedAt;
        return _clock is not null && log.Format.LogType is not (LogTypes.HttpAccess or LogTypes.HttpError) ? _clock.Correct(written) : written;
    }

    private sealed class ProblemList : List<Problem>, IProblemSink
    {
        public void Report(Problem problem) => Add(problem);
    }
}
