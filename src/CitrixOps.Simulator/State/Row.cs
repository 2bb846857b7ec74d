using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace CitrixOps.Simulator.State;

/// <summary>One configured object: its properties as text, flags and lists, whatever the wire makes of them.</summary>
internal sealed class Row
{
    private readonly Dictionary<string, JsonNode> _values = new(StringComparer.Ordinal);

    /// <summary>The rows it belongs to, which keep an index of names; null while it belongs to none.</summary>
    internal RowList? Owner { get; set; }

    public IEnumerable<KeyValuePair<string, JsonNode>> Values => _values;

    public string? Text(string name) => _values.TryGetValue(name, out var value) ? Plain(value) : null;

    public bool Is(string name, string value) => string.Equals(Text(name), value, StringComparison.OrdinalIgnoreCase);

    public bool Flag(string name) => Is(name, "true");

    public IEnumerable<string> List(string name) => _values.TryGetValue(name, out var value) ? value is JsonArray array ? array.Select(a => Plain(a!)) : [Plain(value)] : [];

    public bool Has(string name) => _values.ContainsKey(name);

    public Row Set(string name, JsonNode? value)
    {
        if (value is null)
        {
            _values.Remove(name);
        }
        else
        {
            _values[name] = value.Parent is null ? value : value.DeepClone();
        }

        Owner?.Changed(name);
        return this;
    }

    public Row Clone()
    {
        var copy = new Row();
        foreach (var (name, value) in _values)
        {
            copy._values[name] = value.DeepClone();
        }

        return copy;
    }

    public static Row From(JsonObject values)
    {
        var row = new Row();
        foreach (var (name, value) in values)
        {
            row.Set(name, value);
        }

        return row;
    }

    /// <summary>The text of a value, without the quotes of a string.</summary>
    public static string Plain(JsonNode value) => value is JsonValue scalar && scalar.TryGetValue<string>(out var text) ? text : value.ToJsonString();
}
