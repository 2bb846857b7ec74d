using System;
using System.Collections.Generic;

namespace CitrixOps.Appliances.Updating;

/// <summary>What came of an update of one gateway.</summary>
public sealed class UpdateResult
{
    /// <summary>The gateway.</summary>
    public string Gateway { get; set; } = "";

    /// <summary>What its nodes ran before.</summary>
    public IReadOnlyList<string> From { get; set; } = Array.Empty<string>();

    /// <summary>The build of the package.</summary>
    public string To { get; set; } = "";

    /// <summary>How it ended.</summary>
    public UpdateOutcome Outcome { get; set; }

    /// <summary>The checks before.</summary>
    public IReadOnlyList<UpdateCheck> Checks { get; set; } = Array.Empty<UpdateCheck>();

    /// <summary>The steps taken.</summary>
    public IReadOnlyList<UpdateStep> Steps { get; set; } = Array.Empty<UpdateStep>();

    /// <summary>CVEs that stay open on that build.</summary>
    public IReadOnlyList<string> StillOpen { get; set; } = Array.Empty<string>();

    /// <summary>What a person has to know afterwards: swapped roles, nodes that are not in sync.</summary>
    public IReadOnlyList<string> Notes { get; set; } = Array.Empty<string>();

    /// <summary>What stopped it, or null.</summary>
    public Errors.Problem? Failure { get; set; }

    /// <summary>The receipt on disk, or null where nothing was changed.</summary>
    public string? ReceiptPath { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"{Gateway}: {To} {Outcome}";
}
