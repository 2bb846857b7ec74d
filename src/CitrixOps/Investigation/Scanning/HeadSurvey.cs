using System;
using System.Threading;
using CitrixOps.Appliances;
using CitrixOps.Appliances.Sources;
using CitrixOps.Errors;
using CitrixOps.Logs.Reading;

namespace CitrixOps.Investigation.Scanning;

/// <summary>
/// What an archive says about its appliance before its first log. Where that is enough to search by, the archive is decompressed once
/// instead of twice. It is confirmed while the archive is searched: a member that a survey reads and that stands further behind
/// (<see cref="MemberCame"/>) makes it void, as does anything that is wrong with the archive.
/// </summary>
internal sealed class HeadSurvey
{
    private readonly int _members;
    private int _came;

    private HeadSurvey(ApplianceFacts facts, int members) => (Facts, _members) = (facts, members);

    /// <summary>What it says.</summary>
    public ApplianceFacts Facts { get; }

    /// <summary>True when more came than the head told.</summary>
    public bool IsVoid => _came > _members;

    /// <summary>True when all that the head told came again, and nothing else.</summary>
    public bool IsConfirmed => _came == _members;

    /// <summary>Surveys the head of an archive.</summary>
    /// <param name="source">The source.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null when it must be surveyed whole.</returns>
    public static HeadSurvey? Of(ApplianceSource source, CancellationToken cancellationToken)
    {
        if (source is not TarSource)
        {
            return null;
        }

        var problems = new Problems();
        source.Diverted = problems;
        try
        {
            return Read(source, cancellationToken) is { } head && !problems.Any ? head : null;
        }
        catch (Exception e) when (ReadFailures.Concerns(e))
        {
            // the survey of the whole says so
            return null;
        }
        finally
        {
            source.Diverted = null;
            source.Forget();
        }
    }

    /// <summary>A member came by that a survey reads.</summary>
    public void MemberCame() => _came++;

    private static HeadSurvey? Read(ApplianceSource source, CancellationToken cancellationToken)
    {
        var reading = new SurveyReading(source);
        var members = 0;
        foreach (var file in source.Files(cancellationToken))
        {
            if (SurveyReading.Wants(file))
            {
                members++;
                reading.Read(file);
            }
            else if (file.HasContent && LogFile.FromName(file, null) is not null)
            {
                var facts = reading.Complete()[0];
                return facts.Configuration is not null && (source.Kind != SourceKind.SupportBundle || reading.HasDate) ? new HeadSurvey(facts, members) : null;
            }
        }

        return null;
    }

    private sealed class Problems : IProblemSink
    {
        public bool Any { get; private set; }

        public void Report(Problem problem) => Any = true;
    }
}
