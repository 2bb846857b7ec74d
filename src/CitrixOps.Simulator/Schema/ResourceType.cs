using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;

namespace CitrixOps.Simulator.Schema;

/// <summary>One resource type: which operations it has, which arguments they take, what its key is.</summary>
internal sealed class ResourceType
{
    [JsonIgnore]
    public string Name { get; set; } = "";

    [JsonPropertyName("ops")]
    public string[] Operations { get; set; } = [];

    [JsonPropertyName("key")]
    public string? Key { get; set; }

    [JsonPropertyName("keys")]
    public string[] FurtherKeys { get; set; } = [];

    [JsonPropertyName("getArgs")]
    public string[] GetArguments { get; set; } = [];

    [JsonPropertyName("deleteArgs")]
    public string[] DeleteArguments { get; set; } = [];

    [JsonPropertyName("add")]
    public string[] AddArguments { get; set; } = [];

    [JsonPropertyName("update")]
    public string[] UpdateArguments { get; set; } = [];

    [JsonPropertyName("enable")]
    public string[] EnableArguments { get; set; } = [];

    [JsonPropertyName("actions")]
    public Dictionary<string, string[]> Actions { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    [JsonPropertyName("bindings")]
    public string[] Bindings { get; set; } = [];

    [JsonPropertyName("singleton")]
    public bool Singleton { get; set; }

    [JsonPropertyName("fields")]
    public Dictionary<string, ResourceField> Fields { get; set; } = [];

    /// <summary>The property that names an object; for types without one the first argument of their add.</summary>
    public string? NameField => Key ?? (Singleton ? null : AddArguments.FirstOrDefault());

    public bool IsBinding => Name.EndsWith("_binding", StringComparison.Ordinal);

    /// <summary>True for <c>lbvserver_binding</c>, which holds all kinds of bindings of one object.</summary>
    public bool IsAggregate => IsBinding && Name.Count(c => c == '_') == 1;

    /// <summary>The type whose objects a binding is bound to.</summary>
    public string BoundType => Name[..Name.IndexOf('_', StringComparison.Ordinal)];

    public bool Has(string operation) => Operations.Contains(operation, StringComparer.OrdinalIgnoreCase);

    /// <summary>The property of that name, in any case; documents and clients disagree on Interface.</summary>
    public string? FieldName(string name) => Fields.ContainsKey(name) ? name : Fields.Keys.FirstOrDefault(k => string.Equals(k, name, StringComparison.OrdinalIgnoreCase));
}
