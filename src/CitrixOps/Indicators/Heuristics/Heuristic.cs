using System;
using System.Collections.Generic;

namespace CitrixOps.Indicators.Heuristics;

/// <summary>
/// What is concluded from many records together and cannot be said by a rule over one line: sessions in two places, lines that are
/// missing, a gateway that talks inward. The grade is argued in <see cref="Indicator.Description"/>.
/// </summary>
public sealed class Heuristic : Indicator
{
    /// <summary>The log types it reads.</summary>
    public IReadOnlyList<string> LogTypes { get; set; } = Array.Empty<string>();
}
