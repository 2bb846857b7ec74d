using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Errors;

namespace CitrixOps.Mitigations;

/// <summary>How a mitigation stands on a gateway. The property names are part of the public interface.</summary>
public sealed record MitigationState
{
    /// <summary>The gateway.</summary>
    public string Gateway { get; init; } = "";

    /// <summary>The mitigation.</summary>
    public string Id { get; init; } = "";

    /// <summary>What it is.</summary>
    public string Title { get; init; } = "";

    /// <summary>The CVEs it is about.</summary>
    public IReadOnlyList<string> Cve { get; init; } = Array.Empty<string>();

    /// <summary>The bulletin.</summary>
    public string Bulletin { get; init; } = "";

    /// <summary>How it stands.</summary>
    public MitigationStatus Status { get; init; }

    /// <summary>Why, in sentences.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = Array.Empty<string>();

    /// <summary>The build that runs.</summary>
    public string Version { get; init; } = "";

    /// <summary>The steps.</summary>
    public IReadOnlyList<MitigationStep> Steps { get; init; } = Array.Empty<MitigationStep>();

    /// <summary>What a person still has to type.</summary>
    public IReadOnlyList<string> ManualCommand => Steps.Where(s => s.IsManual && s.State != MitigationStepState.Done).SelectMany(s => s.Command.Split('\n')).Where(c => c.Length > 0).Distinct().ToArray();

    /// <summary>How many changes were made just now.</summary>
    public int Changed { get; init; }

    /// <summary>False where a restart would lose changes of the running configuration.</summary>
    public bool Saved { get; init; }

    /// <summary>The receipt of the changes, or empty.</summary>
    public string Receipt { get; init; } = "";

    /// <summary>What went wrong.</summary>
    public IReadOnlyList<Problem> Problems { get; init; } = Array.Empty<Problem>();

    /// <summary>When it was looked at, UTC.</summary>
    public DateTimeOffset CheckedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Gateway} {Id} {Status}";
}
