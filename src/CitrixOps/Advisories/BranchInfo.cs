using System;
using Newtonsoft.Json;

namespace CitrixOps.Advisories;

/// <summary>What is known of a branch.</summary>
internal sealed class BranchInfo
{
    [JsonProperty("branch", Required = Required.Always)]
    public string Branch { get; set; } = "";

    [JsonProperty("eom")]
    public DateTime? EndOfMaintenance { get; set; }

    [JsonProperty("eol")]
    public DateTime? EndOfLife { get; set; }

    [JsonProperty("first_seen_build_date")]
    public DateTime? FirstSeen { get; set; }
}
