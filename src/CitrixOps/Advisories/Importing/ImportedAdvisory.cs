using System;
using System.Collections.Generic;
using Newtonsoft.Json;

namespace CitrixOps.Advisories.Importing;

/// <summary>A document reduced to what it says about gateways, as it is kept in the user's folder.</summary>
internal sealed class ImportedAdvisory
{
    public const string SchemaName = "citrixops-imported-advisory/1";

    [JsonProperty("schema", Required = Required.Always)]
    public string Schema { get; set; } = SchemaName;

    [JsonProperty("kind", Required = Required.Always)]
    [JsonConverter(typeof(Newtonsoft.Json.Converters.StringEnumConverter))]
    public DocumentKind Kind { get; set; }

    [JsonProperty("id", Required = Required.Always)]
    public string Id { get; set; } = "";

    [JsonProperty("title")]
    public string Title { get; set; } = "";

    [JsonProperty("date")]
    public DateTimeOffset? Date { get; set; }

    [JsonProperty("source")]
    public string Source { get; set; } = "";

    [JsonProperty("sha256")]
    public string Sha256 { get; set; } = "";

    [JsonProperty("imported_at")]
    public DateTimeOffset ImportedAt { get; set; }

    [JsonProperty("cves", Required = Required.Always)]
    public List<Entry> Cves { get; set; } = new();

    [JsonProperty("skipped")]
    public List<string> Skipped { get; set; } = new();

    internal sealed class Entry
    {
        [JsonProperty("id", Required = Required.Always)]
        public string Id { get; set; } = "";

        [JsonProperty("title")]
        public string Title { get; set; } = "";

        [JsonProperty("cvss")]
        public List<Bulletin.Score> Cvss { get; set; } = new();

        [JsonProperty("fixed")]
        public SortedDictionary<string, string> Fixed { get; set; } = new(StringComparer.Ordinal);

        [JsonProperty("last_affected")]
        public SortedDictionary<string, string> LastAffected { get; set; } = new(StringComparer.Ordinal);

        [JsonProperty("kev_added")]
        public DateTime? ExploitedSince { get; set; }

        [JsonProperty("kev_ransomware")]
        public string? Ransomware { get; set; }

        [JsonProperty("epss")]
        public double? Epss { get; set; }

        [JsonProperty("epss_percentile")]
        public double? Percentile { get; set; }
    }
}
