using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CitrixOps.Appliances.Live;
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

    /// <summary>Their serial numbers, where they are known.</summary>
    public IReadOnlyList<string> SerialNumbers { get; set; } = Array.Empty<string>();

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

    /// <summary>What a person has to do, and how far it was when it was last looked at.</summary>
    public IReadOnlyList<ManualRecord> Manual { get; set; } = Array.Empty<ManualRecord>();

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
    public static IReadOnlyList<MitigationReceipt> Open(string folder, Gateway gateway, string mitigation, IProblemSink problems)
    {
        _ = gateway ?? throw new ArgumentNullException(nameof(gateway));
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

        return found.Where(r => r.IsFor(gateway) && r.Mitigation == mitigation && !r.IsUndone).OrderByDescending(r => r.StartedAt).ToArray();
    }

    /// <summary>
    /// True where it is about a gateway: by the addresses of its nodes, and by serial numbers where both know them. The name is that of the
    /// primary, and changes with a failover.
    /// </summary>
    /// <param name="gateway">The gateway.</param>
    public bool IsFor(Gateway gateway)
    {
        _ = gateway ?? throw new ArgumentNullException(nameof(gateway));
        var serials = gateway.SerialNumber.Where(s => s.Length > 0).ToArray();
        return Nodes.Intersect(gateway.Nodes.Select(n => n.Nsip)).Any() && (serials.Length == 0 || SerialNumbers.Count == 0 || serials.Intersect(SerialNumbers).Any());
    }

    internal static MitigationReceipt Begin(string folder, Gateway gateway, string mitigation, string reason, IEnumerable<MitigationChange> changes)
    {
        var now = DateTimeOffset.UtcNow;
        return new MitigationReceipt
        {
            Gateway = gateway.Name,
            Nodes = gateway.Nodes.Select(n => n.Nsip).ToArray(),
            SerialNumbers = gateway.SerialNumber.Where(s => s.Length > 0).ToArray(),
            Mitigation = mitigation,
            User = gateway.UserName,
            Reason = reason,
            StartedAt = now,
            Steps = changes.Select(c => new Entry { Change = c }).ToList(),
            Path = ReceiptFile.PathFor(folder, gateway.Name, now, "mitigation-" + mitigation + "-" + Guid.NewGuid().ToString("N").Substring(0, 6)),
        };
    }

    /// <summary>Keeps what a person has to do.</summary>
    /// <param name="steps">The steps as they were just looked at.</param>
    internal void KeepManual(IReadOnlyList<MitigationStep> steps) => Manual = steps.Where(s => s.IsManual)
        .Select(s => new ManualRecord { Id = s.Id, Where = s.Where, Target = s.Target, Text = s.Text, Commands = s.Command.Split('\n'), UndoCommands = s.UndoCommand.Split('\n').Where(c => c.Length > 0).ToArray(), State = s.State, Detail = s.Detail, CheckedAt = DateTimeOffset.UtcNow }).ToArray();

    /// <summary>A step that a person has to do.</summary>
    public sealed class ManualRecord
    {
        /// <summary>Its identifier.</summary>
        public string Id { get; set; } = "";

        /// <summary>The node or partition.</summary>
        public string Where { get; set; } = "";

        /// <summary>The object or file it is about.</summary>
        public string Target { get; set; } = "";

        /// <summary>What it does.</summary>
        public string Text { get; set; } = "";

        /// <summary>What to type.</summary>
        public IReadOnlyList<string> Commands { get; set; } = Array.Empty<string>();

        /// <summary>What to type to take it back.</summary>
        public IReadOnlyList<string> UndoCommands { get; set; } = Array.Empty<string>();

        /// <summary>How it stood.</summary>
        public MitigationStepState State { get; set; }

        /// <summary>What was found.</summary>
        public string Detail { get; set; } = "";

        /// <summary>When, UTC.</summary>
        public DateTimeOffset CheckedAt { get; set; }
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
