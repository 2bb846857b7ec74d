using System;
using System.Collections.Generic;

namespace CitrixOps.Advisories;

/// <summary>One step of the checklist around an update.</summary>
public sealed class PatchStep
{
    /// <summary>What kind of step it is.</summary>
    public PatchStepKind Kind { get; set; }

    /// <summary>What to do.</summary>
    public string Step { get; set; } = "";

    /// <summary>Whether it can be seen to be done.</summary>
    public PatchStepState State { get; set; }

    /// <summary>What that rests on.</summary>
    public string Because { get; set; } = "";

    /// <summary>The bulletins or CVEs that ask for it.</summary>
    public IReadOnlyList<string> For { get; set; } = Array.Empty<string>();

    /// <summary>The lines of the configuration concerned.</summary>
    public IReadOnlyList<string> Lines { get; set; } = Array.Empty<string>();

    /// <inheritdoc/>
    public override string ToString() => $"{State}: {Step}";
}
