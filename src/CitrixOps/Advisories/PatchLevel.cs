using System;
using System.Collections.Generic;
using System.Linq;

namespace CitrixOps.Advisories;

/// <summary>The patch level of one node. The property names are part of the public interface.</summary>
public sealed class PatchLevel
{
    /// <summary>The gateway.</summary>
    public string Gateway { get; set; } = "";

    /// <summary>The node.</summary>
    public string Node { get; set; } = "";

    /// <summary>The worse state of the nodes of the pair; the node's own where it is alone.</summary>
    public PatchStatus PairStatus { get; set; }

    /// <summary>The version the verdicts are about, normalised; empty when none was found.</summary>
    public string Version { get; set; } = "";

    /// <summary>The branch.</summary>
    public string Branch { get; set; } = "";

    /// <summary>The build.</summary>
    public string Build { get; set; } = "";

    /// <summary>The edition.</summary>
    public GatewayEdition Edition { get; set; }

    /// <summary>Where the version was read.</summary>
    public string VersionSource { get; set; } = "";

    /// <summary>How far it can be relied on.</summary>
    public VersionTrust VersionTrust { get; set; }

    /// <summary>The build in memory, or null.</summary>
    public string? RunningVersion { get; set; }

    /// <summary>The build that last saved the configuration, or null.</summary>
    public string? SavedByVersion { get; set; }

    /// <summary>The build that would boot next, or null.</summary>
    public string? NextBootVersion { get; set; }

    /// <summary>The state of the node.</summary>
    public PatchStatus Status { get; set; }

    /// <summary>Remarks: sources that contradict each other, special builds, uncertain editions.</summary>
    public IReadOnlyList<string> Notes { get; set; } = Array.Empty<string>();

    /// <summary>When fixes for anything but security end, or null.</summary>
    public DateTimeOffset? EndOfMaintenance { get; set; }

    /// <summary>When all fixes end, or null.</summary>
    public DateTimeOffset? EndOfLife { get; set; }

    /// <summary>The lowest build that fixes everything known, or null where none is needed or known.</summary>
    public string? RecommendedBuild { get; set; }

    /// <summary>The branch of that build: another one where the node's own gets no more fixes.</summary>
    public string? RecommendedBranch { get; set; }

    /// <summary>What is still to be done around the update, and what of it can be seen to be done.</summary>
    public IReadOnlyList<PatchStep> Checklist { get; set; } = Array.Empty<PatchStep>();

    /// <summary>Up to which day the catalogue knows.</summary>
    public DateTimeOffset CatalogueDate { get; set; }

    /// <summary>One row per bulletin and CVE.</summary>
    public IReadOnlyList<Vulnerability> Vulnerabilities { get; set; } = Array.Empty<Vulnerability>();

    /// <summary>How many rows are open.</summary>
    public int Open => Vulnerabilities.Count(v => v.IsOpen);

    /// <summary>How many open rows are exploited in the wild.</summary>
    public int OpenExploited => Vulnerabilities.Count(v => v.IsOpen && v.KnownExploited);

    /// <inheritdoc/>
    public override string ToString() => $"{Gateway}: {Version} {Status}";
}
