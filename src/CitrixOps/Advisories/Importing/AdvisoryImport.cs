using System;
using System.Collections.Generic;

namespace CitrixOps.Advisories.Importing;

/// <summary>What came of taking in one document.</summary>
public sealed class AdvisoryImport
{
    /// <summary>The path or address it came from.</summary>
    public string Source { get; set; } = "";

    /// <summary>The kind of document.</summary>
    public DocumentKind Kind { get; set; }

    /// <summary>Its own identifier: the tracking id, the CVE, the catalogue's version, the day of the scores.</summary>
    public string Id { get; set; } = "";

    /// <summary>Its title.</summary>
    public string Title { get; set; } = "";

    /// <summary>The day it states, or null.</summary>
    public DateTimeOffset? Date { get; set; }

    /// <summary>SHA-256 of what was read.</summary>
    public string Sha256 { get; set; } = "";

    /// <summary>What became of it.</summary>
    public ImportOutcome Outcome { get; set; }

    /// <summary>CVEs of it that the catalogue knows.</summary>
    public IReadOnlyList<string> Known { get; set; } = Array.Empty<string>();

    /// <summary>CVEs of it that the catalogue did not know.</summary>
    public IReadOnlyList<string> Added { get; set; } = Array.Empty<string>();

    /// <summary>Where it says otherwise than the catalogue. The catalogue stands.</summary>
    public IReadOnlyList<string> Conflicts { get; set; } = Array.Empty<string>();

    /// <summary>What of it could not be used, and why.</summary>
    public IReadOnlyList<string> Skipped { get; set; } = Array.Empty<string>();

    /// <summary>Where it is kept, or null.</summary>
    public string? StoredAs { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Id}: {Outcome}";
}
