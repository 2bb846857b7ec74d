using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Indicators;

namespace CitrixOps.Investigation;

/// <summary>What one source address did on one gateway, in the order of an intrusion.</summary>
public sealed class AttackChain
{
    /// <summary>The client address; empty for the chain of the gateway, which holds what no address is logged for.</summary>
    public string SourceAddress { get; set; } = "";

    /// <summary>The nodes of the gateway it touched.</summary>
    public IReadOnlyList<string> Nodes { get; set; } = Array.Empty<string>();

    /// <summary>Other gateways of the same investigation that this address attacked too.</summary>
    public IReadOnlyList<string> OtherGateways { get; set; } = Array.Empty<string>();

    /// <summary>Files that the attacker made, as these findings name them; the first few.</summary>
    public IReadOnlyList<string> Artefacts { get; set; } = Array.Empty<string>();

    /// <summary>Who else has one of these files: the file, and the address, or <c>on the disk</c>, with the gateway where it is another one.</summary>
    public IReadOnlyList<string> SameArtefact { get; set; } = Array.Empty<string>();

    /// <summary>The first finding of each phase, in order of time: when, what, and the finding's id.</summary>
    public IReadOnlyList<ChainStep> Steps { get; set; } = Array.Empty<ChainStep>();

    /// <summary>How the steps are joined, in one sentence; empty where one address did them all.</summary>
    public string Link { get; set; } = "";

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
    public override string ToString() => $"{(SourceAddress.Length > 0 ? SourceAddress : "gateway")}: {string.Join(" -> ", Phases)} ({Count}){(OtherGateways.Count > 0 ? ", also " + string.Join(", ", OtherGateways) : "")}{(SameArtefact.Count > 0 ? ", same file " + string.Join(", ", SameArtefact.Take(3)) : "")}{(Link.Length > 0 ? ": " + Link : "")}";
}
