using System;
using System.Collections.Generic;

namespace CitrixOps.Indicators.Files;

/// <summary>What a file of the appliance gives away: where it lies, what is in it, whose it is, which rights it has.</summary>
public sealed class FileIndicator : Indicator
{
    /// <summary>Where it lies; one must match.</summary>
    public IReadOnlyList<GlobPattern> Paths { get; set; } = Array.Empty<GlobPattern>();

    /// <summary>Where it may lie without being a finding.</summary>
    public IReadOnlyList<GlobPattern> Except { get; set; } = Array.Empty<GlobPattern>();

    /// <summary>Texts of which <see cref="ContentAtLeast"/> different ones must stand in it; empty means that its place is enough.</summary>
    public IReadOnlyList<string> Content { get; set; } = Array.Empty<string>();

    /// <summary>How many different texts are needed.</summary>
    public int ContentAtLeast { get; set; } = 1;

    /// <summary>Permission bits that must all be set (for example 0x800, SUID); 0 means any.</summary>
    public int ModeBits { get; set; }

    /// <summary>The exact permission bits, or null.</summary>
    public int? ModeExactly { get; set; }

    /// <summary>The owner it must have, or null.</summary>
    public string? Owner { get; set; }
}
