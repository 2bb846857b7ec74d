using System;
using System.Collections.Generic;

namespace CitrixOps.Simulator.Scenarios;

/// <summary>A log: ordinary lines of a period by seed, with events among them.</summary>
internal sealed class ScenarioLog
{
    public string Path { get; set; } = "";

    /// <summary>access, nslog, shell, cron or auth.</summary>
    public string Kind { get; set; } = "access";

    public DateTimeOffset From { get; set; }

    public DateTimeOffset To { get; set; }

    public int PerDay { get; set; } = 48;

    /// <summary>Lines per file; 0 for one file.</summary>
    public int RotateAt { get; set; }

    public int? Node { get; set; }

    public List<ScenarioEvent> Events { get; set; } = [];
}
