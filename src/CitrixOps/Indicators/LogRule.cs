using System;
using System.Collections.Generic;
using CitrixOps.Indicators.Matching;

namespace CitrixOps.Indicators;

/// <summary>A Sigma rule over log lines.</summary>
public sealed class LogRule : Indicator
{
    /// <summary>The log types it is for.</summary>
    public IReadOnlyList<string> LogTypes { get; set; } = Array.Empty<string>();

    /// <summary>The rule's UUID, by which other Sigma tools know it.</summary>
    public string SigmaId { get; set; } = "";

    /// <summary>False when the rule only feeds a correlation and makes no findings of its own.</summary>
    public bool Reports { get; set; } = true;

    /// <summary>What it looks for.</summary>
    internal Condition Condition { get; set; } = new AnyOf(Array.Empty<Condition>());
}
