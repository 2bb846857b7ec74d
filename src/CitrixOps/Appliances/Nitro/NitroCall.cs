using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Appliances.Nitro;

/// <summary>One call of the REST API, independent of the connection it goes over.</summary>
public sealed record NitroCall
{
    /// <summary>The HTTP method.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>The resource type.</summary>
    public string Type { get; init; } = "";

    /// <summary>The object's name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>True for counters (<c>/stat</c>).</summary>
    public bool IsStat { get; init; }

    /// <summary>The action of a POST, in the documented case, or null.</summary>
    public string? Action { get; init; }

    /// <summary>Arguments of the underlying show or remove command.</summary>
    public IReadOnlyList<(string Name, string Value)> Arguments { get; init; } = Array.Empty<(string, string)>();

    /// <summary>Conditions on the rows.</summary>
    public IReadOnlyList<(string Name, string Value)> Filters { get; init; } = Array.Empty<(string, string)>();

    /// <summary>The properties wanted; empty for all.</summary>
    public IReadOnlyList<string> Attributes { get; init; } = Array.Empty<string>();

    /// <summary>Further options, such as <c>count=yes</c> or <c>bulkbindings=yes</c>.</summary>
    public string? Options { get; init; }

    /// <summary>The object, or the objects of a bulk request.</summary>
    public JToken? Body { get; init; }

    /// <summary>What a bulk request does at the first failure: exit, continue, rollback.</summary>
    public string? OnError { get; init; }

    /// <summary>How long the call may take; null for the connection's own limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Codes that count as success here, such as 258 for "already gone".</summary>
    public IReadOnlyList<int> Accepts { get; init; } = Array.Empty<int>();

    /// <summary>True where the call changes nothing and may be repeated.</summary>
    public bool IsRead => Method == "GET";

    /// <summary>True where sending it twice comes to the same as once: reads, and the way into a partition.</summary>
    public bool MayRepeat => IsRead || Type == "nspartition" && Action == "Switch";

    /// <summary>True where several objects go in one request.</summary>
    public bool IsBulk => Body is JArray;

    /// <summary>A read of all objects, or of one.</summary>
    public static NitroCall Get(string type, string? name = null, params (string Name, string Value)[] arguments) => new() { Type = type, Name = name, Arguments = arguments };

    /// <summary>An action on an object or a list of them.</summary>
    public static NitroCall Do(string type, string action, JToken body) => new() { Method = "POST", Type = type, Action = action, Body = body };

    /// <summary>An addition.</summary>
    public static NitroCall Add(string type, JToken body) => new() { Method = "POST", Type = type, Body = body };

    /// <summary>A change, or a binding.</summary>
    public static NitroCall Put(string type, JToken body) => new() { Method = "PUT", Type = type, Body = body };

    /// <summary>A removal.</summary>
    public static NitroCall Delete(string type, string name, params (string Name, string Value)[] arguments) => new() { Method = "DELETE", Type = type, Name = name, Arguments = arguments };

    /// <summary>
    /// Path and query. Names in the path are encoded twice; in the query values are encoded once, and the separators <c>:</c> and
    /// <c>,</c> not at all: late builds refuse an encoded colon.
    /// </summary>
    public string PathAndQuery()
    {
        var text = new StringBuilder(IsStat ? "nitro/v1/stat/" : "nitro/v1/config/").Append(Type);
        if (Name is not null)
        {
            text.Append('/').Append(Uri.EscapeDataString(Uri.EscapeDataString(Name)));
        }

        var query = new List<string>();
        if (Action is not null)
        {
            query.Add("action=" + Action);
        }

        Pairs(query, "args", Arguments);
        Pairs(query, "filter", Filters);
        if (Attributes.Count > 0)
        {
            query.Add("attrs=" + string.Join(",", Attributes.Select(Uri.EscapeDataString)));
        }

        if (Options is not null)
        {
            query.Add(Options);
        }

        if (!IsRead && Type is not ("login" or "logout"))
        {
            query.Add("warning=yes");
        }

        return query.Count == 0 ? text.ToString() : text.Append('?').Append(string.Join("&", query)).ToString();
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Method} {Type}{(Name is null ? "" : " " + Investigation.SafeText.FromText(Name, 60))}{(Action is null ? "" : " " + Action)}";

    private static void Pairs(List<string> query, string option, IReadOnlyList<(string Name, string Value)> pairs)
    {
        if (pairs.Count > 0)
        {
            query.Add(option + "=" + string.Join(",", pairs.Select(p => Uri.EscapeDataString(p.Name) + ":" + Uri.EscapeDataString(p.Value))));
        }
    }
}
