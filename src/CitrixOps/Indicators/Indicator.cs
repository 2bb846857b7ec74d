using System;
using System.Collections.Generic;

namespace CitrixOps.Indicators;

/// <summary>What a log rule, correlation or file indicator says about itself. Matching lives in the derived types.</summary>
public abstract class Indicator
{
    /// <summary>Stable identifier, equal to the name of its data file or of its entry.</summary>
    public string Id { get; set; } = "";

    /// <summary>One line for the findings table.</summary>
    public string Title { get; set; } = "";

    /// <summary>What it means and why.</summary>
    public string Description { get; set; } = "";

    /// <summary>The CVEs it belongs to; empty means it applies whatever is searched for.</summary>
    public IReadOnlyList<string> Cve { get; set; } = Array.Empty<string>();

    /// <summary>The campaigns it belongs to in one text, or an empty text.</summary>
    public string Campaign => string.Join(", ", Campaigns);

    /// <summary>Where in an intrusion it stands.</summary>
    public Phase Phase { get; set; }

    /// <summary>How much attention one hit deserves.</summary>
    public Severity Severity { get; set; }

    /// <summary>What one hit proves.</summary>
    public Grade Grade { get; set; }

    /// <summary>What the hit shows: an attempt, a success, or a support for other findings.</summary>
    public Outcome Outcome { get; set; }

    /// <summary>Innocent explanations.</summary>
    public IReadOnlyList<string> FalsePositives { get; set; } = Array.Empty<string>();

    /// <summary>Where the knowledge comes from.</summary>
    public IReadOnlyList<string> References { get; set; } = Array.Empty<string>();

    /// <summary>
    /// Findings of indicators with the same group rest on the same fact and never count as two independent ones.
    /// Defaults to the id.
    /// </summary>
    public string Independence { get; set; } = "";

    /// <summary>The campaigns it was seen in (<c>2020-shitrix</c>), as <c>campaigns.json</c> names them; empty when it belongs to none.</summary>
    public IReadOnlyList<string> Campaigns { get; set; } = Array.Empty<string>();

    /// <summary>What it matches means nothing before this time, UTC; null when it has no beginning. Addresses and names change hands.</summary>
    public DateTimeOffset? ValidFrom { get; set; }

    /// <summary>What it matches means nothing from this time on, UTC; null when it does not age.</summary>
    public DateTimeOffset? ValidTo { get; set; }

    /// <summary>Whether it means something at a time. Where the time is not known it does: a lead too many is better than one too few.</summary>
    /// <param name="time">The time of the record or of the file, or null.</param>
    public bool IsValidAt(DateTimeOffset? time) => time is not { } at || ((ValidFrom is not { } from || at >= from) && (ValidTo is not { } to || at < to));

    /// <inheritdoc/>
    public override string ToString() => $"{Id}: {Title}";
}
