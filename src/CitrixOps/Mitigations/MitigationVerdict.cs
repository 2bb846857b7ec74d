using System.Collections.Generic;
using System.Linq;
using CitrixOps.Advisories;

namespace CitrixOps.Mitigations;

/// <summary>What the steps of a mitigation come to.</summary>
internal static class MitigationVerdict
{
    public static MitigationStatus Of(Mitigation mitigation, GatewayVersion? version, IReadOnlyList<MitigationStep> steps, List<string> reasons)
    {
        var settings = steps.Where(s => !mitigation.Manual.Any(m => m.Id == s.Id)).ToArray();
        reasons.AddRange(steps.Where(s => s.State != MitigationStepState.Done).Select(s => $"{(s.Where.Length > 0 ? s.Where + ": " : "")}{(s.Target.Length > 0 ? s.Target + ": " : "")}{s.Detail}").Distinct());
        if (settings.Length == 0 && mitigation.Settings.Count > 0)
        {
            reasons.Add("the gateway has nothing it would concern");
            return MitigationStatus.NotApplicable;
        }

        if (settings.Any(s => s.State == MitigationStepState.Unknown))
        {
            return MitigationStatus.Unknown;
        }

        if (settings.Any(s => s.State == MitigationStepState.NotKnownToBuild))
        {
            return MitigationStatus.NotKnownToBuild;
        }

        var why = mitigation.WhyIneffective(version);
        if (why is not null)
        {
            reasons.Insert(0, $"on {version} it has no effect: {why}");
        }

        if (!steps.Any(s => s.Counts && s.State == MitigationStepState.Done))
        {
            return MitigationStatus.NotApplied;
        }

        return why is not null && settings.All(s => s.State == MitigationStepState.Done) ? MitigationStatus.Ineffective
            : steps.All(s => s.State == MitigationStepState.Done) ? MitigationStatus.Applied
            : MitigationStatus.PartlyApplied;
    }
}
