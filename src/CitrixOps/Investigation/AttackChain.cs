using System;
using System.Collections.Generic;
using CitrixOps.Indicators;

namespace CitrixOps.Investigation;

/// <summary>What one source address did on one gateway, in the order of an intrusion.</summary>
public sealed class AttackChain
{
    /// <summary>The client address.</summary>
    public string SourceAddress { get; set; } = "";

    /// <summary>Time of its first finding, UTC; null when none has a time.</summary>
    public DateTimeOffset? First { get; set; }

    /// <summary>Time of its last finding, UTC; null when none has a time.</summary>
    public DateTimeOffset? Last { get; set; }

    /// <summary>The phases it reached, in the order of an intrusion.</summary>
    public IReadOnlyList<Phase> Phases { get; set; } = Array.Empty<Phase>();

    /// <summary>True when at least one finding shows a success.</summary>
    public bool Succeeded { get; set; }

    /// <summary>How many findings there are.</summary>
    public long Count { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"{SourceAddress}: {string.Join(" -> ", Phases)} ({Count})";
}
