using Newtonsoft.Json;

namespace CitrixOps.Receipts;

/// <summary>
/// What was changed on a gateway and how to take it back, as a file that is on the disk before anything is done. Closings, mitigations and
/// updates each have a kind of their own; how they are written, read and protected is the same for all.
/// </summary>
public abstract class Receipt
{
    /// <summary>What kind of file this is.</summary>
    [JsonProperty(Order = -3)]
    public abstract string Format { get; set; }

    /// <summary>The version of the format.</summary>
    [JsonProperty(Order = -2)]
    public int FormatVersion { get; set; } = 1;

    /// <summary>The file; empty where nothing was changed.</summary>
    [JsonIgnore]
    public string Path { get; set; } = "";

    /// <summary>The command that writes such files.</summary>
    internal abstract string Writer { get; }

    /// <summary>What can be done with one whose content was changed.</summary>
    internal virtual string WhenChanged => "Find out who changed it and what, and use a copy that was not changed.";
}
