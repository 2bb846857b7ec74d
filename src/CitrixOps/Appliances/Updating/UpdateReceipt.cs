using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
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

    /// <summary>The nodes, by NSIP and host name: one name alone is not unique, and the gateway's own is that of whichever node is primary.</summary>
    public SortedDictionary<string, string> Nodes { get; set; } = new(StringComparer.Ordinal);

    /// <summary>The node that was primary before the first change.</summary>
    public string Primary { get; set; } = "";

    /// <summary>What each node ran before.</summary>
    public Dictionary<string, string> From { get; set; } = new();

    public string To { get; set; } = "";

    public string Package { get; set; } = "";

    public string PackageSha256 { get; set; } = "";

    public string? Evidence { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When every node ran the build, UTC; null until then.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    public List<UpdateStep> Steps { get; set; } = new();

    internal override string Writer => "Install-GatewayUpdate";

    private ReceiptJournal Journal => _journal ??= new ReceiptJournal(this);

    /// <summary>The newest receipt of this gateway and build that is not finished, or a new one. One that was changed or is broken is left where it is.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="gateway">The gateway.</param>
    /// <param name="build">The build.</param>
    /// <param name="evenIfFinished">True to go on with a finished one: the roles are still to be swapped back.</param>
    /// <param name="now">The time, UTC.</param>
    public static UpdateReceipt Continue(string folder, Live.Gateway gateway, string build, bool evenIfFinished, DateTimeOffset now)
    {
        var nodes = new SortedDictionary<string, string>(gateway.Nodes.ToDictionary(n => n.Nsip, n => n.HostName), StringComparer.Ordinal);
        var known = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*-update-*.json").Select(TryRead).OfType<UpdateReceipt>() : Enumerable.Empty<UpdateReceipt>();
        return known.Where(r => r.To == build && r.Nodes.SequenceEqual(nodes) && (evenIfFinished || r.FinishedAt is null)).OrderByDescending(r => r.CreatedAt).FirstOrDefault()
            ?? new UpdateReceipt { Gateway = gateway.Name, Nodes = nodes, To = build, CreatedAt = now, Path = Free(i => ReceiptFile.PathFor(folder, gateway.Name, now, "update-" + build + "-" + nodes.Keys.First() + (i > 0 ? "-" + i.ToString(CultureInfo.InvariantCulture) : ""))) };
    }

    /// <summary>The last step of a kind on a node, or null.</summary>
    public UpdateStep? Last(string action, string? node = null) => Steps.LastOrDefault(s => s.Action == action && (node is null || s.Node == node));

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

    /// <summary>Writes down that every node runs the build.</summary>
    public void Finish(DateTimeOffset now)
    {
        FinishedAt ??= now;
        Journal.Write();
    }

    // two of one second are two files
    private static string Free(Func<int, string> path)
    {
        var i = 0;
        while (File.Exists(path(i)))
        {
            i++;
        }

        return path(i);
    }

    private static UpdateReceipt? TryRead(string path)
    {
        try
        {
            return ReceiptFile.Read<UpdateReceipt>(path);
        }
        catch (CitrixOpsException e) when (e.Problem.Id is "ReceiptNotRecognised" or "ReceiptChanged" or "ReceiptNotFound")
        {
            // the record of an earlier run is not needed to go on
            return null;
        }
    }
}
