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

    /// <summary>The campaign it belongs to, or an empty text.</summary>
    public string Campaign { get; set; } = "";

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

    /// <inheritdoc/>
    public override string ToString() => $"{Id}: {Title}";
}
