using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using CitrixOps.Errors;
using CitrixOps.Polyfills;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace CitrixOps.Mitigations;

/// <summary>
/// What was changed for a mitigation, and what was there before: a JSON file that is on the disk before each step, and is enough to take
/// the changes back from another machine. A hash shows whether somebody altered it.
/// </summary>
public sealed class MitigationReceipt
{
    private const string Format = "CitrixOps mitigation receipt";
    private static readonly JsonSerializerSettings Settings = new() { MaxDepth = 16, DateParseHandling = DateParseHandling.None };

    /// <summary>What the file says it is.</summary>
    [JsonProperty("format")]
    public string FileFormat { get; set; } = Format;

    /// <summary>The gateway.</summary>
    [JsonProperty("gateway")]
    public string Gateway { get; set; } = "";

    /// <summary>Its nodes.</summary>
    [JsonProperty("nodes")]
    public IReadOnlyList<string> Nodes { get; set; } = Array.Empty<string>();

    /// <summary>The mitigation.</summary>
    [JsonProperty("mitigation")]
    public string Mitigation { get; set; } = "";

    /// <summary>The account that made the changes.</summary>
    [JsonProperty("user")]
    public string User { get; set; } = "";

    /// <summary>When it was begun, UTC.</summary>
    [JsonProperty("startedAt")]
    public string StartedAt { get; set; } = "";

    /// <summary>The reason that was given.</summary>
    [JsonProperty("reason")]
    public string Reason { get; set; } = "";

    /// <summary>Where it lies.</summary>
    [JsonIgnore]
    public string FilePath { get; private set; } = "";

    [JsonProperty("steps")]
    internal List<Entry> Steps { get; set; } = new();

    /// <summary>True where nothing is left to take back.</summary>
    [JsonIgnore]
    public bool IsUndone => Steps.All(s => s.State is not ("begun" or "done" or "undoing"));

    /// <summary>Reads a receipt.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CitrixOpsException"><c>ReceiptNotRead</c>, <c>ReceiptAltered</c>.</exception>
    public static MitigationReceipt Read(string path)
    {
        JObject document;
        try
        {
            using var reader = new JsonTextReader(new StringReader(File.ReadAllText(path))) { DateParseHandling = DateParseHandling.None, MaxDepth = 16 };
            document = JObject.Load(reader);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or ArgumentException or NotSupportedException)
        {
            throw new CitrixOpsException(new Problem("ReceiptNotRead", ErrorKind.InvalidData, $"'{path}' cannot be read as a receipt: {e.Message}", path, "Give a file that Enable-GatewayMitigation wrote."), e);
        }

        var hash = (string?)document["sha256"];
        document.Remove("sha256");
        if ((string?)document["format"] != Format || hash is null)
        {
            throw new CitrixOpsException(new Problem("ReceiptNotRead", ErrorKind.InvalidData, $"'{path}' is no receipt of a mitigation.", path, "Give a file that Enable-GatewayMitigation wrote."));
        }

        if (!string.Equals(hash, Hash(document), StringComparison.OrdinalIgnoreCase))
        {
            throw new CitrixOpsException(new Problem("ReceiptAltered", ErrorKind.SecurityRefusal, $"'{path}' was altered after it was written: its hash does not match.", path, "Use a copy that was not altered, or take the changes back by hand; the receipt names the commands."));
        }

        var receipt = document.ToObject<MitigationReceipt>(JsonSerializer.Create(Settings))!;
        receipt.FilePath = path;
        return receipt;
    }

    /// <summary>The receipts of a gateway and a mitigation that are not taken back, newest first. Files that are none are passed over.</summary>
    /// <param name="folder">Where they lie.</param>
    /// <param name="gateway">The gateway.</param>
    /// <param name="mitigation">The mitigation.</param>
    /// <param name="problems">Where receipts that were altered are reported.</param>
    public static IReadOnlyList<MitigationReceipt> Open(string folder, string gateway, string mitigation, IProblemSink problems)
    {
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

        return found.Where(r => r.Gateway == gateway && r.Mitigation == mitigation && !r.IsUndone).OrderByDescending(r => r.StartedAt, StringComparer.Ordinal).ToArray();
    }

    internal static MitigationReceipt Begin(string folder, string gateway, IReadOnlyList<string> nodes, string mitigation, string user, string reason, IEnumerable<MitigationChange> changes)
    {
        var now = DateTimeOffset.UtcNow;
        static string Bare(string text) => new(text.Select(c => (c < 128 && char.IsLetterOrDigit(c)) || c is '-' ? c : '_').Take(60).ToArray());
        return new MitigationReceipt
        {
            Gateway = gateway,
            Nodes = nodes,
            Mitigation = mitigation,
            User = user,
            Reason = reason,
            StartedAt = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            Steps = changes.Select(c => new Entry { Change = c }).ToList(),
            FilePath = Path.Combine(folder, Bare(gateway) + "-" + now.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture) + "-mitigation-" + Bare(mitigation) + ".json"),
        };
    }

    /// <summary>Puts a step's state on the disk.</summary>
    /// <exception cref="CitrixOpsException"><c>ReceiptNotWritten</c>.</exception>
    internal void Write(Entry? step, string state)
    {
        if (step is not null)
        {
            step.State = state;
            step.At = DateTimeOffset.UtcNow.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        }

        var document = JObject.FromObject(this, JsonSerializer.Create(Settings));
        document["sha256"] = Hash(document);
        try
        {
            DurableFile.Write(FilePath, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(document.ToString(Formatting.Indented) + "\n"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CitrixOpsException(new Problem("ReceiptNotWritten", ErrorKind.ReadFailed, $"The receipt '{FilePath}' cannot be written: {e.Message}", FilePath, "Nothing further was changed. Give a folder that can be written to with -ReceiptPath."), e);
        }
    }

    private static string Hash(JObject document)
    {
        using var sha = SHA256.Create();
        return string.Concat(sha.ComputeHash(Encoding.UTF8.GetBytes(document.ToString(Formatting.None))).Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
    }

    /// <summary>One change, and how far it came: planned, begun, done, failed, undoing, undone, kept.</summary>
    internal sealed class Entry
    {
        [JsonProperty("change")]
        public MitigationChange Change { get; set; } = new();

        [JsonProperty("state")]
        public string State { get; set; } = "planned";

        [JsonProperty("at")]
        public string? At { get; set; }
    }
}
