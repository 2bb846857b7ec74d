using System;
using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.Indicators.Files;

/// <summary>
/// What a file of the appliance gives away: where it lies, what is in it, whose it is, which rights it has. Everything that is stated
/// must hold. What asks for content is never fulfilled by a file that is only known from a listing.
/// </summary>
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

    /// <summary>Texts of which one must be missing from it.</summary>
    public IReadOnlyList<string> Lacks { get; set; } = Array.Empty<string>();

    /// <summary>SHA-256 of the whole content, lower-case hexadecimal; one must be its own.</summary>
    public IReadOnlyList<string> Sha256 { get; set; } = Array.Empty<string>();

    /// <summary>First bytes, of which one sequence must be its own.</summary>
    public IReadOnlyList<byte[]> StartsWith { get; set; } = Array.Empty<byte[]>();

    /// <summary>First bytes, of which none may be its own. An empty file fulfils nothing here.</summary>
    public IReadOnlyList<byte[]> StartsNotWith { get; set; } = Array.Empty<byte[]>();

    /// <summary>What one line of a text must be, or null.</summary>
    public LineCriterion? Lines { get; set; }

    /// <summary>A byte that must stand in it <see cref="RunAtLeast"/> times on end, or null.</summary>
    public byte? RunOf { get; set; }

    /// <summary>How often that byte must be repeated.</summary>
    public int RunAtLeast { get; set; }

    /// <summary>The least size in bytes.</summary>
    public long SizeAtLeast { get; set; }

    /// <summary>Permission bits that must all be set (for example 0x800, SUID); 0 means any.</summary>
    public int ModeBits { get; set; }

    /// <summary>The exact permission bits, of which one must be its own; empty means any.</summary>
    public IReadOnlyList<int> Modes { get; set; } = Array.Empty<int>();

    /// <summary>The permission bits that it must not have, or null.</summary>
    public int? ModeOtherThan { get; set; }

    /// <summary>The owner it must have, or null.</summary>
    public string? Owner { get; set; }

    /// <summary>True when it is about folders, false when it is about files.</summary>
    public bool Folders { get; set; }

    /// <summary>The group it must have, or null.</summary>
    public string? Group { get; set; }

    /// <summary>False when it is too much to ask of a running appliance: every file it reads there adds lines to the very logs.</summary>
    public bool Live { get; set; } = true;

    /// <summary>True when the content has to be read.</summary>
    public bool NeedsContent => Content.Count + Lacks.Count + Sha256.Count + StartsWith.Count + StartsNotWith.Count > 0 || Lines is not null || RunOf is not null;

    /// <summary>Whether place, size and rights fit.</summary>
    internal bool Fits(string path, Appliances.ApplianceFile file) =>
        Folders == file.IsFolder
        && Paths.Any(p => p.IsMatch(path))
        && !Except.Any(p => p.IsMatch(path))
        && (SizeAtLeast == 0 || file.Length >= SizeAtLeast)
        && (ModeBits == 0 || (file.Mode is { } mode && (mode & ModeBits) == ModeBits))
        && (Modes.Count == 0 || (file.Mode is { } bits && Modes.Contains(bits & 0xfff)))
        && (ModeOtherThan is not { } other || (file.Mode is { } known && (known & 0xfff) != other))
        && (Owner is not { } owner || Is(file.Owner, owner))
        && (Group is not { } group || Is(file.Group, group));

    // archives keep names or numbers
    private static bool Is(string? stated, string name) => stated == name || (name is "root" or "wheel" && stated == "0") || (name == "nobody" && stated == "65534");
}
