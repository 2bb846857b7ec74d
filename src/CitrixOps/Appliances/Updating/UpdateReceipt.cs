using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using CitrixOps.Errors;
using CitrixOps.Receipts;
using Newtonsoft.Json;

namespace CitrixOps.Appliances.Updating;

/// <summary>
/// What an update did so far. What is still to be done is read from the appliance itself, so that a receipt that was lost with this machine
/// costs the record and not the update.
/// </summary>
internal sealed class UpdateReceipt : Receipt
{
    private ReceiptJournal? _journal;

    [JsonProperty(Order = -3)]
    public override string Format { get; set; } = "CitrixOps update receipt";

    public string Gateway { get; set; } = "";

    public Dictionary<string, string> From { get; set; } = new();

    public string To { get; set; } = "";

    public string Package { get; set; } = "";

    public string? Evidence { get; set; }

    public List<UpdateStep> Steps { get; set; } = new();

    internal override string Writer => "Install-GatewayUpdate";

    private ReceiptJournal Journal => _journal ??= new ReceiptJournal(this);

    /// <summary>The receipt of this gateway and build that is not finished, or a new one.</summary>
    public static UpdateReceipt Continue(string folder, string gateway, string build)
    {
        var path = ReceiptFile.PathFor(folder, gateway, null, "update-" + build);
        try
        {
            if (File.Exists(path) && ReceiptFile.Read<UpdateReceipt>(path) is var receipt && receipt.To == build)
            {
                return receipt;
            }
        }
        catch (CitrixOpsException e) when (e.Problem.Id is "ReceiptNotRecognised" or "ReceiptChanged")
        {
            // the record of an earlier run is not needed to go on; it is kept beside
            File.Move(path, path + DateTimeOffset.UtcNow.ToString("'.'yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture) + ".broken");
        }

        return new UpdateReceipt { Gateway = gateway, To = build, Path = path };
    }

    /// <summary>Writes a step down. Nothing is done that is not written before.</summary>
    public UpdateStep Begin(string node, string action, string text)
    {
        var step = new UpdateStep { Node = node, Action = action, Text = text };
        Steps.Add(step);
        Journal.Begin(step);
        return step;
    }

    /// <summary>Writes down how a step ended.</summary>
    public void End(UpdateStep step, StepState state, string note = "") => Journal.End(step, state, note);
}
