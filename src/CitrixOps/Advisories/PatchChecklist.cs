using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Appliances.Configuration;

namespace CitrixOps.Advisories;

/// <summary>Makes the checklist around an update from what was found: what can be verified is verified.</summary>
internal static class PatchChecklist
{
    private const int LinesNamed = 20;

    // objects that hold secrets an intruder on the appliance could have read
    private static readonly string[] SecretHolders =
    {
        "ssl certKey", "authentication ldapAction", "authentication radiusAction", "authentication tacacsAction", "authentication samlAction", "authentication samlIdPProfile", "authentication OAuthAction",
        "aaa kcdAccount", "system user", "ns rpcNode", "snmp community", "snmp user",
    };

    public static IEnumerable<PatchStep> Of(PatchLevel level, NsConfiguration? configuration)
    {
        if (level.Version.Length == 0)
        {
            return Enumerable.Empty<PatchStep>();
        }

        return Build(level).Concat(Settings(level)).Concat(Asked(level)).Concat(Secrets(level, configuration)).OrderBy(s => s.Kind).ThenBy(s => s.State);
    }

    private static IEnumerable<PatchStep> Build(PatchLevel level)
    {
        var open = level.Vulnerabilities.Where(v => v.Verdict <= Verdict.EolAssumeAffected).Select(v => v.Bulletin).Distinct().ToArray();
        if (open.Length > 0)
        {
            yield return new PatchStep { Kind = PatchStepKind.Evidence, State = PatchStepState.CannotBeSeen, Step = "Preserve logs and a support bundle before the update: it and the restart destroy traces.", Because = "where it would be kept is not known here", For = open };
            yield return new PatchStep
            {
                Kind = PatchStepKind.Update,
                State = PatchStepState.Open,
                Step = level.RecommendedBuild is { } build ? $"Install {build} or later" + (level.RecommendedBranch != level.Branch ? $" (branch {level.RecommendedBranch}: {level.Branch} gets no more fixes)." : ".") : "Ask the vendor for a fixed build.",
                Because = $"{level.Version} lacks fixes of {open.Length} bulletins",
                For = open,
            };
        }
        else
        {
            var done = level.Status is PatchStatus.FixedConfigurationOpen or PatchStatus.NothingKnown;
            yield return new PatchStep { Kind = PatchStepKind.Update, State = done ? PatchStepState.Done : PatchStepState.CannotBeSeen, Step = "Install a build with every known fix.", Because = FormattableString.Invariant($"{level.Version} is {(done ? "fixed for all that was known" : "not covered by what was known")} on {level.CatalogueDate:yyyy-MM-dd}") };
        }

        if (level.NextBootVersion is { } next)
        {
            var same = level.RunningVersion == next;
            yield return new PatchStep
            {
                Kind = PatchStepKind.Restart,
                State = level.RunningVersion is null ? PatchStepState.CannotBeSeen : same ? PatchStepState.Done : PatchStepState.Open,
                Step = "Restart into the build that is installed.",
                Because = level.RunningVersion is null ? $"{next} would boot next; what runs is not told" : same ? $"{next} runs and would boot next" : $"{level.RunningVersion} runs, {next} would boot next",
            };
        }
    }

    private static IEnumerable<PatchStep> Settings(PatchLevel level) => level.Vulnerabilities
        .Where(v => v.Configuration is not null && v.Verdict is not (Verdict.NotAffected or Verdict.NotApplicableNewerBranch or Verdict.NotListed))
        .GroupBy(v => v.Configuration!).Select(g =>
        {
            var first = g.First();
            var fixedBuild = first.Verdict is Verdict.Fixed or Verdict.FixedConfigurationOpen;
            var state = first.ConfigurationMade == ConditionAnswer.True || (fixedBuild && first.ConditionMet == ConditionAnswer.False) ? PatchStepState.Done
                : first.ConfigurationMade == ConditionAnswer.False ? PatchStepState.Open : PatchStepState.CannotBeSeen;
            return new PatchStep
            {
                Kind = PatchStepKind.Configuration,
                State = state,
                Step = g.Key,
                Because = first.ConfigurationMade == ConditionAnswer.True ? "the configuration has it" : state == PatchStepState.Done ? "the configuration does not meet the condition" : state == PatchStepState.Open ? "the configuration does not have it" : fixedBuild ? "the configuration does not tell" : "due after the update",
                For = g.Select(v => v.Cve.Length > 0 ? v.Cve : v.Bulletin).ToArray(),
                Lines = first.ConfigurationLines,
            };
        });

    private static IEnumerable<PatchStep> Asked(PatchLevel level) => level.Vulnerabilities
        .Where(v => v.Verdict is not (Verdict.NotAffected or Verdict.NotApplicableNewerBranch or Verdict.NotListed))
        .SelectMany(v => v.PostPatchStep.Select(s => (Step: s, v.Bulletin))).GroupBy(s => s.Step)
        .Select(g => new PatchStep
        {
            Kind = g.Key.IndexOf("session", StringComparison.OrdinalIgnoreCase) >= 0 || g.Key.IndexOf("kill ", StringComparison.OrdinalIgnoreCase) >= 0 ? PatchStepKind.Sessions
                : g.Key.IndexOf("BEFORE", StringComparison.Ordinal) >= 0 ? PatchStepKind.Evidence : PatchStepKind.Other,
            State = PatchStepState.CannotBeSeen,
            Step = g.Key,
            Because = "a configuration does not tell",
            For = g.Select(s => s.Bulletin).Distinct().ToArray(),
        });

    private static IEnumerable<PatchStep> Secrets(PatchLevel level, NsConfiguration? configuration)
    {
        var exploited = level.Vulnerabilities.Where(v => v.KnownExploited && v.ConditionMet != ConditionAnswer.False && v.Verdict is not (Verdict.NotAffected or Verdict.NotApplicableNewerBranch or Verdict.NotListed)).Select(v => v.Cve).ToArray();
        if (exploited.Length > 0)
        {
            yield return new PatchStep
            {
                Kind = PatchStepKind.Secrets,
                State = PatchStepState.CannotBeSeen,
                Step = "Unless a search shows that nobody got in: replace what the appliance knew. Certificates with their keys, bind accounts, shared secrets, signing keys, local accounts.",
                Because = configuration is null ? "no configuration was given" : "these objects hold secrets; a configuration does not tell when they were last replaced",
                For = exploited,
                Lines = configuration?.Objects.Where(o => SecretHolders.Contains(o.Type, StringComparer.OrdinalIgnoreCase)).Select(o => Investigation.SafeText.FromText(o.Statements[0].ToString(), 120)).Take(LinesNamed).ToArray() ?? Array.Empty<string>(),
            };
        }
    }
}
