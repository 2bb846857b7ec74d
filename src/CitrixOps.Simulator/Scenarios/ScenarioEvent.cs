using System;

namespace CitrixOps.Simulator.Scenarios;

/// <summary>A line at an instant. <c>{clf}</c>, <c>{syslog}</c>, <c>{inner}</c>, <c>{node}</c> and <c>{host}</c> stand for times and names.</summary>
internal sealed class ScenarioEvent
{
    public DateTimeOffset At { get; set; }

    public string Line { get; set; } = "";

    /// <summary>The line in pieces, for what scanners would take for an exploit as a whole.</summary>
    public string[] Parts { get; set; } = [];
}
