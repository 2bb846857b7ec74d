using System;
using System.Linq;

namespace CitrixOps.Investigation.Coverage;

/// <summary>
/// Says whether a log covers a window. It must begin before the window, have no gap inside it, and reach its end: by a record, or by
/// having been collected later with no more silence than is ordinary for this log.
/// </summary>
internal static class CoverageRules
{
    public static (CoverageAnswer Answer, string Reason) Judge(LogCoverage log, TimeSpan? silence, DateTimeOffset? since, DateTimeOffset? until)
    {
        if (since is not { } from || until is not { } to)
        {
            return (CoverageAnswer.Unknown, "no window was given");
        }

        if (log.First is not { } first || log.Last is not { } last)
        {
            return (CoverageAnswer.Unknown, log.Lines == 0 ? "the log is empty" : "no record has a time");
        }

        if (first > from)
        {
            return (CoverageAnswer.False, FormattableString.Invariant($"begins {first:yyyy-MM-dd HH:mm}Z, after the start of the window"));
        }

        if (log.Gaps.FirstOrDefault(g => g.From < to && g.To > from) is { } gap)
        {
            return (CoverageAnswer.False, "gap " + gap);
        }

        if (last >= to)
        {
            return (CoverageAnswer.True, "covers the window");
        }

        if (log.CollectedAt is { } collected && collected >= to && (silence is not { } ordinary || to - last <= ordinary) && log.Unreadable.Count == 0 && log.Missing.Count == 0)
        {
            return (CoverageAnswer.True, FormattableString.Invariant($"covers the window: last record {last:yyyy-MM-dd HH:mm}Z, collected later"));
        }

        return (CoverageAnswer.False, FormattableString.Invariant($"ends {last:yyyy-MM-dd HH:mm}Z, before the end of the window"));
    }
}
