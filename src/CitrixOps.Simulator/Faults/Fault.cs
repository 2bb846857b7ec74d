using System;

namespace CitrixOps.Simulator.Faults;

/// <summary>One fault: which requests it hits, how often, and what it does.</summary>
public sealed class Fault
{
    /// <summary>The type that stands for the login page, which only faults of this type hit.</summary>
    public const string Page = "page";

    /// <summary>What goes wrong.</summary>
    public FaultKind Kind { get; set; }

    /// <summary>The method of the requests it hits, or empty for any.</summary>
    public string Method { get; set; } = "";

    /// <summary>The resource type of the requests it hits, or empty for any; <see cref="Page"/> for what is outside of NITRO.</summary>
    public string Type { get; set; } = "";

    /// <summary>The action of the requests it hits, or empty for any.</summary>
    public string Action { get; set; } = "";

    /// <summary>How many matching requests pass first.</summary>
    public int After { get; set; }

    /// <summary>How many matching requests are hit; 0 for all.</summary>
    public int Times { get; set; } = 1;

    /// <summary>The delay of a slow answer.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The error code.</summary>
    public int Code { get; set; }

    /// <summary>How many matching requests were seen.</summary>
    public int Seen { get; internal set; }

    internal bool Hits(Wire.NitroRequest request)
    {
        if (Kind is FaultKind.HalfBulk or FaultKind.LoseHalfBulk && request.Body is not System.Text.Json.Nodes.JsonArray { Count: > 1 })
        {
            return false;
        }

        if ((Method.Length > 0 && !string.Equals(Method, request.Method, StringComparison.OrdinalIgnoreCase))
            || ((Type.Length > 0 || request.Type == Page) && !string.Equals(Type, request.Type, StringComparison.OrdinalIgnoreCase))
            || (Action.Length > 0 && !string.Equals(Action, request.Options.Action, StringComparison.OrdinalIgnoreCase)))
        {
            return false;
        }

        var number = Seen++;
        return number >= After && (Times == 0 || number < After + Times);
    }
}
