using System;

namespace CitrixOps.Simulator.Hosting;

/// <summary>How a scenario is started.</summary>
public sealed class SimulatorOptions
{
    /// <summary>The port of the management addresses; 0 for a free one.</summary>
    public int Port { get; set; }

    /// <summary>True to answer for the virtual servers on loopback ports as well.</summary>
    public bool Traffic { get; set; }

    /// <summary>The password of nsroot.</summary>
    public string Password { get; set; } = "Rehearsal-1";

    /// <summary>Delay before each answer.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>The port on which another process controls this one, 0 for a free one; null for none.</summary>
    public int? Control { get; set; }

    /// <summary>Where scenarios lie; null for those that come with the simulator.</summary>
    public string? ScenarioFolder { get; set; }
}
