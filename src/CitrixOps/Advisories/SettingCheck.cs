using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Appliances.Configuration;

namespace CitrixOps.Advisories;

/// <summary>Makes the row of one bulletin and CVE: the verdict on the build, then what the configuration adds to it.</summary>
internal sealed class SettingCheck
{
    private readonly AdvisoryCatalogue _catalogue;
    private readonly GatewayVersion _version;
    private readonly ConditionEvaluator _evaluator;
    private readonly bool _hasConfiguration;

    public SettingCheck(AdvisoryCatalogue catalogue, GatewayVersion version, NsConfiguration? configuration)
    {
        _catalogue = catalogue;
        _version = version;
        _hasConfiguration = configuration is not null;
        _evaluator = new ConditionEvaluator(catalogue.Conditions, configuration, version);
    }

    public Vulnerability Row(Bulletin bulletin, Bulletin.BulletinCve? cve)
    {
        var (verdict, reason, build) = BuildVerdict.Of(_version, bulletin, cve, _catalogue);
        var condition = cve is null ? bulletin.Condition : cve.Condition;
        var lines = new List<string>();
        var met = _evaluator.Evaluate(condition, lines);
        var setting = cve?.Setting ?? bulletin.Settings.FirstOrDefault(s => s.Cve is null || s.Cve == cve?.Id);
        var settingLines = new List<string>();
        var settingMade = ConditionAnswer.Unknown;
        if (verdict == Verdict.Fixed && setting?.SatisfiedBy is not null && met != ConditionAnswer.False)
        {
            settingMade = _evaluator.Evaluate(setting.SatisfiedBy, settingLines);
            if (settingMade != ConditionAnswer.True)
            {
                verdict = Verdict.FixedConfigurationOpen;
                reason += _hasConfiguration ? "; the setting it needs as well is not made" : "; whether the setting it needs as well is made cannot be seen";
            }
        }

        var score = cve?.Cvss.OrderByDescending(s => s.Version, StringComparer.Ordinal).FirstOrDefault();
        return new Vulnerability
        {
            Bulletin = bulletin.Id,
            Cve = cve?.Id ?? "",
            Title = cve?.Title ?? bulletin.Title,
            Verdict = verdict,
            Reason = reason,
            Condition = ConditionEvaluator.NameOf(condition),
            ConditionMet = met,
            ConditionNote = ConditionNotes.Of(condition, _catalogue),
            ConditionLines = lines,
            FixedBuild = build,
            Cvss = score?.Value,
            CvssVersion = score?.Version,
            KnownExploited = cve?.Kev is not null,
            KnownExploitedSince = cve?.Kev?.Added is { } added ? AdvisoryCatalogue.Day(added) : null,
            KnownRansomware = string.Equals(cve?.Kev?.Ransomware, "Known", StringComparison.OrdinalIgnoreCase),
            Epss = cve?.Epss?.Score,
            EpssPercentile = cve?.Epss?.Percentile,
            Conflicts = bulletin.Conflicts.Where(c => cve is null || c.StartsWith(cve.Id, StringComparison.Ordinal)).ToArray(),
            Configuration = setting?.Text,
            ConfigurationMade = settingMade,
            ConfigurationLines = settingLines,
            PostPatchStep = bulletin.PostPatch.Select(p => p.Text).ToArray(),
            Priority = PriorityOf(verdict, met, cve?.Kev is not null, score?.Value),
        };
    }

    private static Priority PriorityOf(Verdict verdict, ConditionAnswer met, bool exploited, double? score)
    {
        if (verdict > Verdict.FixedConfigurationOpen)
        {
            return Priority.None;
        }

        if (met == ConditionAnswer.False)
        {
            return Priority.Low;
        }

        return exploited || score >= 9 ? Priority.Critical : score >= 7 ? Priority.High : score >= 4 || score is null ? Priority.Medium : Priority.Low;
    }
}
