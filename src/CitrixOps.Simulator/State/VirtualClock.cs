using System;
using System.Diagnostics;
using System.Globalization;

namespace CitrixOps.Simulator.State;

/// <summary>The clock of a scenario: starts at its instant and runs with the machine's. Each node adds its own skew.</summary>
internal sealed class VirtualClock
{
    private readonly DateTimeOffset _start;
    private readonly Stopwatch _running = Stopwatch.StartNew();
    private TimeSpan _advanced;

    public VirtualClock(DateTimeOffset start) => _start = start.ToUniversalTime();

    public DateTimeOffset Now => _start + _running.Elapsed + _advanced;

    /// <summary>Lets time pass at once: sessions expire, ACLs with a TTL go.</summary>
    public void Advance(TimeSpan by) => _advanced += by;

    /// <summary>The spelling of NITRO: <c>Tue Nov 24 02:19:00 2026</c>.</summary>
    public static string Text(DateTimeOffset instant, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(instant, zone).ToString("ddd MMM dd HH:mm:ss yyyy", CultureInfo.InvariantCulture);
}
