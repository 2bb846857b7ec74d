using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Indicators.Matching;

namespace CitrixOps.Indicators;

/// <summary>A Sigma rule over log lines.</summary>
public sealed class LogRule : Indicator
{
    /// <summary>The log types it is for.</summary>
    public IReadOnlyList<string> LogTypes { get; set; } = Array.Empty<string>();

    /// <summary>The rule's UUID, by which other Sigma tools know it.</summary>
    public string SigmaId { get; set; } = "";

    /// <summary>The name by which correlations and filters may refer to it, or an empty text.</summary>
    public string Name { get; set; } = "";

    /// <summary>False when the rule only feeds a correlation and makes no findings of its own.</summary>
    public bool Reports { get; set; } = true;

    /// <summary>Whether its hits are looked at one by one. Those of any other rule are only counted, by the correlations it feeds.</summary>
    internal bool IsShown => Reports || (Outcome == Outcome.Attempt && Phase == Phase.Attempt);

    /// <summary>Everything by which correlations and filters may refer to it.</summary>
    internal IReadOnlyList<string> Names => _names ??= new[] { Id, SigmaId, Name }.Where(n => n.Length > 0).Distinct(StringComparer.Ordinal).ToArray();

    /// <summary>What it looks for.</summary>
    internal Condition Condition { get; set; } = new AnyOf(Array.Empty<Condition>());

    private string[]? _names;

    /// <summary>The same rule without findings of its own.</summary>
    internal LogRule Silent()
    {
        var copy = (LogRule)MemberwiseClone();
        copy.Reports = false;
        return copy;
    }
}
