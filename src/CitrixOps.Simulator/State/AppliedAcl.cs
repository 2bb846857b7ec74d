using System;
using System.Globalization;

namespace CitrixOps.Simulator.State;

/// <summary>An ACL as the packet engine has it since the last apply.</summary>
internal sealed class AppliedAcl
{
    public required string Name { get; init; }

    public required Row Row { get; init; }

    public required string Partition { get; init; }

    public int Priority => int.TryParse(Row.Text("priority"), NumberStyles.None, CultureInfo.InvariantCulture, out var priority) ? priority : int.MaxValue;

    public bool IsIPv6 { get; init; }

    /// <summary>When its time to live ends, or null.</summary>
    public DateTimeOffset? Expires { get; init; }

    public long Hits { get; set; }
}
