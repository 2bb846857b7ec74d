using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using CitrixOps.Errors;
using CitrixOps.Polyfills;
using Newtonsoft.Json;

namespace CitrixOps.Appliances.Updating;

/// <summary>
/// What an update did so far: on the disk before each step. What is still to be done is read from the appliance itself, so that a receipt
/// that was lost with this machine costs the record and not the update.
/// </summary>
internal sealed class UpdateReceipt
{
    private readonly object _gate = new();

    [JsonProperty("format")]
    public string Format { get; set; } = "CitrixOps update receipt";

    [JsonProperty("gateway")]
    public string Gateway { get; set; } = "";

    [JsonProperty("from")]
    public Dictionary<string, string> From { get; set; } = new();

    [JsonProperty("to")]
    public string To { get; set; } = "";

    [JsonProperty("package")]
    public string Package { get; set; } = "";

    [JsonProperty("evidence")]
    public string? Evidence { get; set; }

    [JsonProperty("steps")]
    public List<UpdateStep> Steps { get; set; } = new();

    [JsonIgnore]
    public string FilePath { get; set; } = "";

    /// <summary>The receipt of this gateway and build that is not finished, or a new one.</summary>
    public static UpdateReceipt Continue(string folder, string gateway, string build)
    {
        static string Bare(string text) => new(text.Select(c => (c < 128 && char.IsLetterOrDigit(c)) || c is '-' ? c : '_').Take(60).ToArray());
        var path = Path.Combine(folder, Bare(gateway) + "-update-" + Bare(build) + ".json");
        try
        {
            if (File.Exists(path) && JsonConvert.DeserializeObject<UpdateReceipt>(File.ReadAllText(path)) is { } receipt && receipt.To == build)
            {
                receipt.FilePath = path;
                return receipt;
            }
        }
        catch (JsonException)
        {
            // the record of an earlier run is not needed to go on; it is kept beside
            File.Move(path, path + DateTimeOffset.UtcNow.ToString("'.'yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture) + ".broken");
        }

        return new UpdateReceipt { Gateway = gateway, To = build, FilePath = path };
    }

    /// <summary>Writes a step down. Nothing is done that is not written before.</summary>
    public UpdateStep Begin(string node, string action, string text)
    {
        lock (_gate)
        {
            var step = new UpdateStep { Node = node, Action = action, Text = text };
            Steps.Add(step);
            Write(step, "begun", text);
            return step;
        }
    }

    /// <summary>Writes down how a step ended.</summary>
    public void Write(UpdateStep step, string state, string text)
    {
        step.State = state;
        step.Text = text;
        step.At = DateTimeOffset.UtcNow;
        try
        {
            DurableFile.Write(FilePath, new UTF8Encoding(false).GetBytes(JsonConvert.SerializeObject(this, Formatting.Indented) + "\n"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CitrixOpsException(new Problem("ReceiptNotWritten", ErrorKind.ReadFailed, $"The receipt '{FilePath}' cannot be written: {e.Message}", FilePath, "Nothing further was changed. Give a folder that can be written to with -ReceiptPath."), e);
        }
    }
}
