using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CitrixOps.Errors;
using CitrixOps.Receipts;
using Newtonsoft.Json;

namespace CitrixOps.Mitigations;

/// <summary>
/// What was changed for a mitigation, and what was there before: enough to take the changes back from another machine.
/// </summary>
public sealed class MitigationReceipt : Receipt
{
    /// <inheritdoc/>
    [JsonProperty(Order = -3)]
    public override string Format { get; set; } = "CitrixOps mitigation receipt";

    /// <summary>The gateway.</summary>
    public string Gateway { get; set; } = "";

    /// <summary>Its nodes.</summary>
    public IReadOnlyList<string> Nodes { get; set; } = Array.Empty<string>();

    /// <summary>The mitigation.</summary>
    public string Mitigation { get; set; } = "";

    /// <summary>The account that made the changes.</summary>
    public string User { get; set; } = "";

    /// <summary>When it was begun, UTC.</summary>
    public DateTimeOffset StartedAt { get; set; }

    /// <summary>The reason that was given.</summary>
    public string Reason { get; set; } = "";

    [JsonProperty("steps")]
    internal List<Entry> Steps { get; set; } = new();

    /// <summary>True where nothing is left to take back.</summary>
    [JsonIgnore]
    public bool IsUndone => !Steps.Any(s => s.IsInEffect);

    internal override string Writer => "Enable-GatewayMitigation";

    internal override string WhenChanged => "Use a copy that was not changed, or take the changes back by hand; the receipt names the commands.";

    /// <summary>Reads a receipt.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CitrixOpsException"><c>ReceiptNotFound</c>, <c>ReceiptNotRecognised</c>, <c>ReceiptChanged</c>.</exception>
    public static MitigationReceipt Read(string path) => ReceiptFile.Read<MitigationReceipt>(path);

    /// <summary>The receipts of a gateway and a mitigation that are not taken back, newest first. Files that are none are passed over.</summary>
    /// <param name="folder">Where they lie.</param>
    /// <param name="gateway">The gateway.</param>
    /// <param name="mitigation">The mitigation.</param>
    /// <param name="problems">Where receipts that were changed are reported.</param>
    public static IReadOnlyList<MitigationReceipt> Open(string folder, string gateway, string mitigation, IProblemSink problems)
    {
        _ = problems ?? throw new ArgumentNullException(nameof(problems));
        var found = new List<MitigationReceipt>();
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, "*-mitigation-*.json") : Array.Empty<string>())
        {
            try
            {
                found.Add(Read(file));
            }
            catch (CitrixOpsException e)
            {
                problems.Report(e.Problem);
            }
        }

        return found.Where(r => r.Gateway == gateway && r.Mitigation == mitigation && !r.IsUndone).OrderByDescending(r => r.StartedAt).ToArray();
    }

    internal static MitigationReceipt Begin(string folder, string gateway, IReadOnlyList<string> nodes, string mitigation, string user, string reason, IEnumerable<MitigationChange> changes)
    {
        var now = DateTimeOffset.UtcNow;
        return new MitigationReceipt
        {
            Gateway = gateway,
            Nodes = nodes,
            Mitigation = mitigation,
            User = user,
            Reason = reason,
            StartedAt = now,
            Steps = changes.Select(c => new Entry { Change = c }).ToList(),
            Path = ReceiptFile.PathFor(folder, gateway, now, FormattableString.Invariant($"mitigation-{mitigation}-{now.Millisecond:000}")),
        };
    }

    /// <summary>One change, and how far it came.</summary>
    internal sealed class Entry : JournalStep
    {
        [JsonProperty(Order = -2)]
        public MitigationChange Change { get; set; } = new();

        /// <summary>True where it was done, or may have been.</summary>
        [JsonIgnore]
        public bool IsInEffect => State is StepState.Started or StepState.Done or StepState.Undoing;
    }
}
