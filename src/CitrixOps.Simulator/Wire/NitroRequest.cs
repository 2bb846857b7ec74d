using System.Text.Json.Nodes;

namespace CitrixOps.Simulator.Wire;

/// <summary>One NITRO request, whatever dialect it came in.</summary>
internal sealed class NitroRequest
{
    public string Method { get; set; } = "GET";

    public bool IsStat { get; set; }

    /// <summary>The resource type; empty for the list of types.</summary>
    public string Type { get; set; } = "";

    public string? Name { get; set; }

    public QueryOptions Options { get; set; } = new();

    /// <summary>The object, or the objects of a bulk request, under the name of the type.</summary>
    public JsonNode? Body { get; set; }

    /// <summary>The error that objects of a bulk request get from <see cref="FailsFrom"/> on; a fault.</summary>
    public int FailsWith { get; set; }

    /// <summary>The first object of a bulk request that fails.</summary>
    public int FailsFrom { get; set; } = int.MaxValue;

    /// <summary>exit, continue or rollback.</summary>
    public string OnError { get; set; } = "exit";

    public string? Token { get; set; }

    public (string User, string Password)? HeaderLogin { get; set; }

    public string ClientAddress { get; set; } = "127.0.0.1";

    public string UserAgent { get; set; } = "-";

    public bool IsLogin => Method == "POST" && Type == "login";
}
