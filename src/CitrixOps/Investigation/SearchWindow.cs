using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Advisories;
using CitrixOps.Indicators;

namespace CitrixOps.Investigation;

/// <summary>The period that is searched, and where it comes from.</summary>
/// <param name="Since">Start, UTC; null when none can be set: then nothing can be covered.</param>
/// <param name="Until">End, UTC, exclusive.</param>
/// <param name="Reason">Where it comes from.</param>
public sealed record SearchWindow(DateTimeOffset? Since, DateTimeOffset Until, string Reason)
{
    /// <summary>The whole of time.</summary>
    internal static SearchWindow Everything { get; } = new(null, DateTimeOffset.MaxValue, "");

    /// <summary>Whether two times lie both before it, or both behind it.</summary>
    internal bool Misses(long first, long last) => Math.Min(first, last) >= Until.UtcTicks || (Since is { } since && Math.Max(first, last) < since.UtcTicks);

    /// <summary>Whether a time lies in it. A record without a time cannot be left out.</summary>
    public bool Contains(DateTimeOffset? time) => time is not { } at || ((Since is not { } since || at >= since) && at < Until);

    /// <summary>Sets the window.</summary>
    internal static SearchWindow Of(InvestigationOptions options, RuleSet rules, AdvisoryCatalogue catalogue, IEnumerable<DateTimeOffset?> collected, DateTimeOffset now)
    {
        var reasons = new List<string>();
        var since = options.Since;
        if (since is null)
        {
            var earliest = rules.Cve.Select(c => (Cve: c, Day: catalogue.EarliestKnownExploitation(c))).Where(c => c.Day is not null).OrderBy(c => c.Day).FirstOrDefault();
            since = earliest.Day;
            reasons.Add(since is null ? "no start: no exploitation of what is searched for is dated" : $"start: earliest known exploitation of {earliest.Cve}");
        }

        var until = options.Until;
        if (until is null)
        {
            until = collected.Max();
            reasons.Add(until is null ? "end: now" : "end: when the logs were collected");
        }

        return new SearchWindow(since, until ?? now, reasons.Count == 0 ? "as asked for" : string.Join("; ", reasons));
    }
}
