using System;
using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.Investigation;

/// <summary>
/// Decides the verdict. Compromised needs one strong finding of success or two independent supporting facts. Everything else
/// depends on coverage: without logs that cover the window there is no NoTrace and no Attempted, only Inconclusive.
/// </summary>
internal static class VerdictRules
{
    /// <summary>The verdict and its reasons, most important first.</summary>
    /// <param name="tally">What was found.</param>
    /// <param name="limits">What the coverage does not answer, each in one sentence; empty when the window is covered.</param>
    /// <returns>The verdict and the reasons.</returns>
    public static (InvestigationVerdict Verdict, IReadOnlyList<string> Reasons) Decide(VerdictTally tally, IReadOnlyList<string> limits)
    {
        var reasons = new List<string>();
        var verdict = Judge(tally, limits.Count == 0, reasons);
        reasons.AddRange(limits);
        if (tally.Pivots > 0)
        {
            reasons.Add(Plural(tally.Pivots, "lead", "leads") + " to follow up (addresses and weak names); leads do not carry a verdict.");
        }

        return (verdict, reasons);
    }

    private static InvestigationVerdict Judge(VerdictTally tally, bool covered, List<string> reasons)
    {
        if (tally.Strong is { } strong)
        {
            reasons.Add($"{Plural(tally.StrongCount, "strong finding", "strong findings")} of success; the first: {strong.Title} ({strong.IndicatorId}).");
            AddAttempts(tally, reasons);
            return InvestigationVerdict.Compromised;
        }

        if (tally.SupportingFacts >= 2)
        {
            reasons.Add($"{tally.SupportingFacts} independent supporting facts: {string.Join(", ", tally.SupportingNames.OrderBy(n => n, StringComparer.Ordinal).Take(5))}.");
            AddAttempts(tally, reasons);
            return InvestigationVerdict.Compromised;
        }

        if (tally.SupportingFacts == 1)
        {
            reasons.Add($"One supporting fact ({tally.SupportingNames.First()}): not enough for a verdict, too much to pass over. Look at it.");
            AddAttempts(tally, reasons);
            return InvestigationVerdict.Inconclusive;
        }

        if (tally.Attempts > 0)
        {
            AddAttempts(tally, reasons);
            reasons.Add(covered
                ? "The logs cover the window and show no success."
                : "Whether an attempt succeeded cannot be told: the logs do not cover the window.");
            return covered ? InvestigationVerdict.Attempted : InvestigationVerdict.Inconclusive;
        }

        reasons.Add(covered
            ? "No attempt and no trace in logs that cover the window."
            : "Nothing was found, but the logs do not cover the window.");
        return covered ? InvestigationVerdict.NoTrace : InvestigationVerdict.Inconclusive;
    }

    private static void AddAttempts(VerdictTally tally, List<string> reasons)
    {
        if (tally.Attempts > 0)
        {
            reasons.Add(Plural(tally.Attempts, "attempt or scan", "attempts or scans") + " found.");
        }
    }

    private static string Plural(long count, string one, string many) => FormattableString.Invariant($"{count} {(count == 1 ? one : many)}");
}
