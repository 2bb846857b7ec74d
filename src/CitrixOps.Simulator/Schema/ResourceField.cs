using System.Text.Json.Serialization;

namespace CitrixOps.Simulator.Schema;

/// <summary>One property of a resource type.</summary>
internal sealed class ResourceField
{
    /// <summary>String, Double (a string on the wire), Integer (a number), Boolean, or an array of one of these.</summary>
    [JsonPropertyName("t")]
    public string Type { get; set; } = "String";

    [JsonPropertyName("ro")]
    public bool ReadOnly { get; set; }

    [JsonPropertyName("enum")]
    public string[] Values { get; set; } = [];

    [JsonPropertyName("min")]
    public string? Minimum { get; set; }

    [JsonPropertyName("max")]
    public string? Maximum { get; set; }

    [JsonPropertyName("len")]
    public int? MaximumLength { get; set; }

    [JsonPropertyName("def")]
    public string? Default { get; set; }

    public bool IsArray => Type.EndsWith("[]", System.StringComparison.Ordinal);
}
