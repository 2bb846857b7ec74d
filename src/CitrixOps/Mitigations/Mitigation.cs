using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Advisories;
using Newtonsoft.Json;

namespace CitrixOps.Mitigations;

/// <summary>A mitigation of the vendor, or a setting that a patched build needs as well: one data file.</summary>
public sealed class Mitigation
{
    /// <summary>Its identifier: the CVE, or the article.</summary>
    public string Id { get; set; } = "";

    /// <summary>What it is, in a line.</summary>
    public string Title { get; set; } = "";

    /// <summary>The CVEs it is about.</summary>
    public IReadOnlyList<string> Cve { get; set; } = Array.Empty<string>();

    /// <summary>The bulletin.</summary>
    public string Bulletin { get; set; } = "";

    /// <summary>What it does and does not do.</summary>
    public string Text { get; set; } = "";

    /// <summary>Where the facts come from.</summary>
    public IReadOnlyList<string> Source { get; set; } = Array.Empty<string>();

    /// <summary>The first build of each branch that knows the setting; empty where all do.</summary>
    public IReadOnlyDictionary<string, string> KnownFrom { get; set; } = new Dictionary<string, string>();

    /// <summary>True where every admin partition has settings of its own.</summary>
    public bool EveryPartition { get; set; }

    /// <summary>Builds on which it has no effect.</summary>
    [JsonProperty]
    internal IReadOnlyList<IneffectiveBuilds> Ineffective { get; set; } = Array.Empty<IneffectiveBuilds>();

    /// <summary>What can be set over the REST API.</summary>
    [JsonProperty]
    internal IReadOnlyList<MitigationSetting> Settings { get; set; } = Array.Empty<MitigationSetting>();

    /// <summary>What a person has to do.</summary>
    [JsonProperty]
    internal IReadOnlyList<ManualStep> Manual { get; set; } = Array.Empty<ManualStep>();

    /// <summary>The identifiers of settings whose value a person has to decide.</summary>
    public IReadOnlyList<string> Decisions => Settings.Where(s => s.CheckOnly).Select(s => s.Id).ToArray();

    /// <summary>Why it has no effect on a build, or null.</summary>
    /// <param name="version">The build.</param>
    public string? WhyIneffective(GatewayVersion? version) => version is null ? null : Ineffective.FirstOrDefault(i => i.Covers(version))?.Text;

    /// <summary>Whether a build knows the setting; null where that is not known.</summary>
    internal bool? IsKnownTo(GatewayVersion? version)
    {
        if (KnownFrom.Count == 0)
        {
            return true;
        }

        var from = version?.CatalogueBranches.Select(b => KnownFrom.TryGetValue(b, out var build) ? build : null).OfType<string>().FirstOrDefault();
        return from is not null && VersionParser.TryParse(from, out var first, out _) ? version! >= first! : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Id;

    /// <summary>Builds of a branch on which a mitigation has no effect.</summary>
    internal sealed class IneffectiveBuilds
    {
        public string Branch { get; set; } = "";

        public string Below { get; set; } = "";

        /// <summary>A train that was mended earlier: its first build that is.</summary>
        public string? ExceptFrom { get; set; }

        public string Text { get; set; } = "";

        public bool Covers(GatewayVersion version) => version.Branch == Branch && Parse(Below) is { } below && version < below
            && !(Parse(ExceptFrom) is { } mended && mended.Train == version.Train && version >= mended);

        private static GatewayVersion? Parse(string? text) => text is not null && VersionParser.TryParse(text, out var version, out _) ? version : null;
    }

    /// <summary>A step that needs a shell, which the REST API does not give, or a decision.</summary>
    internal sealed class ManualStep
    {
        public string Id { get; set; } = "";

        public string Text { get; set; } = "";

        /// <summary>What to type, on each node.</summary>
        public IReadOnlyList<string> Commands { get; set; } = Array.Empty<string>();

        /// <summary>What to type to take it back, on each node.</summary>
        public IReadOnlyList<string> UndoCommands { get; set; } = Array.Empty<string>();

        /// <summary>A file that shows whether it was done, and the line it then holds.</summary>
        public string? File { get; set; }

        public string? Holds { get; set; }
    }
}
