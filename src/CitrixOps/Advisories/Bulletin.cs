using System;
using System.Collections.Generic;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Advisories;

/// <summary>A bulletin as its data file states it. Names follow the data files.</summary>
internal sealed class Bulletin
{
    [JsonProperty("id", Required = Required.Always)]
    public string Id { get; set; } = "";

    [JsonProperty("title")]
    public string Title { get; set; } = "";

    [JsonProperty("published")]
    public DateTime? Published { get; set; }

    [JsonProperty("published_prov")]
    public string? PublishedSource { get; set; }

    [JsonProperty("cve_published")]
    public DateTime? CvePublished { get; set; }

    [JsonProperty("fixed")]
    public Dictionary<string, string?> Fixed { get; set; } = new();

    [JsonProperty("fixed_prov")]
    public string? FixedSource { get; set; }

    [JsonProperty("also_fixed")]
    public Dictionary<string, string[]> AlsoFixed { get; set; } = new();

    [JsonProperty("recommended")]
    public Dictionary<string, string> Recommended { get; set; } = new();

    [JsonProperty("not_affected")]
    public string[] NotAffected { get; set; } = Array.Empty<string>();

    [JsonProperty("affected_no_fix")]
    public string[] AffectedNoFix { get; set; } = Array.Empty<string>();

    [JsonProperty("unlisted")]
    public string[] Unlisted { get; set; } = Array.Empty<string>();

    [JsonProperty("eol_named")]
    public string[] EolNamed { get; set; } = Array.Empty<string>();

    [JsonProperty("eol_assumed")]
    public string[] EolAssumed { get; set; } = Array.Empty<string>();

    [JsonProperty("cond")]
    public JToken? Condition { get; set; }

    [JsonProperty("cves")]
    public BulletinCve[] Cves { get; set; } = Array.Empty<BulletinCve>();

    [JsonProperty("config_required")]
    public RequiredSetting[] Settings { get; set; } = Array.Empty<RequiredSetting>();

    [JsonProperty("post_patch")]
    public Remark[] PostPatch { get; set; } = Array.Empty<Remark>();

    [JsonProperty("mitigation")]
    public Remark[] Mitigations { get; set; } = Array.Empty<Remark>();

    [JsonProperty("notes")]
    public string[] Notes { get; set; } = Array.Empty<string>();

    /// <summary>The file of the user's folder it came from; null for the shipped catalogue.</summary>
    [JsonIgnore]
    public string? ImportedFrom { get; set; }

    /// <summary>What imported documents say otherwise than the catalogue, which stands.</summary>
    [JsonIgnore]
    public List<string> Conflicts { get; } = new();

    [JsonIgnore]
    public bool IsImported => ImportedFrom is not null;

    /// <summary>The day by which bulletins are put in order.</summary>
    [JsonIgnore]
    public DateTime? Day => Published ?? CvePublished;

    internal sealed class BulletinCve
    {
        [JsonProperty("id", Required = Required.Always)]
        public string Id { get; set; } = "";

        [JsonProperty("title")]
        public string Title { get; set; } = "";

        [JsonProperty("cvss")]
        public Score[] Cvss { get; set; } = Array.Empty<Score>();

        [JsonProperty("cond")]
        public JToken? Condition { get; set; }

        [JsonProperty("kev")]
        public Listing? Kev { get; set; }

        [JsonProperty("fixed")]
        public Dictionary<string, string?>? Fixed { get; set; }

        [JsonProperty("last_affected")]
        public Dictionary<string, string>? LastAffected { get; set; }

        [JsonProperty("affected_exact")]
        public string[]? AffectedExact { get; set; }

        [JsonProperty("config_required")]
        public RequiredSetting? Setting { get; set; }

        [JsonProperty("cond_prov")]
        public string? ConditionSource { get; set; }

        /// <summary>The chance of use within thirty days, its rank and its day; from an import.</summary>
        [JsonIgnore]
        public (double Score, double? Percentile, DateTimeOffset? Date)? Epss { get; set; }
    }

    internal sealed class Score
    {
        [JsonProperty("version")]
        public string Version { get; set; } = "";

        [JsonProperty("score")]
        public double Value { get; set; }

        [JsonProperty("source")]
        public string? Source { get; set; }
    }

    internal sealed class Listing
    {
        [JsonProperty("added")]
        public DateTime? Added { get; set; }

        [JsonProperty("ransomware")]
        public string? Ransomware { get; set; }

        [JsonProperty("prov")]
        public string? Source { get; set; }
    }

    internal sealed class RequiredSetting
    {
        [JsonProperty("text")]
        public string Text { get; set; } = "";

        [JsonProperty("cve")]
        public string? Cve { get; set; }

        [JsonProperty("satisfied_by")]
        public JToken? SatisfiedBy { get; set; }

        [JsonProperty("prov")]
        public string? Source { get; set; }
    }

    internal sealed class Remark
    {
        [JsonProperty("text")]
        public string Text { get; set; } = "";

        [JsonProperty("prov")]
        public string? Source { get; set; }
    }
}
