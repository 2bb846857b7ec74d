using System;
using System.Collections.Generic;
using CitrixOps.Receipts;
using Newtonsoft.Json;

namespace CitrixOps.Access.Receipts;

/// <summary>
/// What was changed on a gateway, step by step, and how to take it back. One row per gateway. The property names are part of the public
/// interface and of the file.
/// </summary>
public sealed class AccessReceipt : Receipt
{
    /// <inheritdoc/>
    [JsonProperty(Order = -3)]
    public override string Format { get; set; } = "CitrixOps access receipt";

    /// <summary>The id; the names of what was added carry it.</summary>
    public string Id { get; set; } = "";

    /// <summary>The gateway.</summary>
    public string Gateway { get; set; } = "";

    /// <summary>Its nodes.</summary>
    public IReadOnlyList<ReceiptNode> Nodes { get; set; } = Array.Empty<ReceiptNode>();

    /// <summary>How it stands.</summary>
    public AccessStatus Status { get; set; }

    /// <summary>The method.</summary>
    public string Method { get; set; } = "";

    /// <summary>Why this method.</summary>
    public string MethodReason { get; set; } = "";

    /// <summary>Why it was closed, as the caller said.</summary>
    public string Reason { get; set; } = "";

    /// <summary>Why it was reopened, as the caller said.</summary>
    public string ReopenReason { get; set; } = "";

    /// <summary>What had to agree to the reopening, and whether it did or was overruled.</summary>
    public string ReopenGate { get; set; } = "";

    /// <summary>The account on the gateway.</summary>
    public string UserName { get; set; } = "";

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>When the door was shut, UTC.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>When it was open again, UTC.</summary>
    public DateTimeOffset? ReopenedAt { get; set; }

    /// <summary>When it opens by itself, UTC; null where it does not.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>True where the closed state was saved: it outlives a restart.</summary>
    public bool Saved { get; set; }

    /// <summary>The networks that stay in.</summary>
    public IReadOnlyList<string> AllowNetwork { get; set; } = Array.Empty<string>();

    /// <summary>What to know.</summary>
    public IReadOnlyList<string> Warnings { get; set; } = Array.Empty<string>();

    /// <summary>Ways that this closing leaves open.</summary>
    public IReadOnlyList<string> StillOpen { get; set; } = Array.Empty<string>();

    /// <summary>What others changed since, as seen at the reopening.</summary>
    public IReadOnlyList<string> Drift { get; set; } = Array.Empty<string>();

    /// <summary>What went wrong, or empty.</summary>
    public string Problem { get; set; } = "";

    /// <summary>Users' sessions that were ended.</summary>
    public int SessionsEnded { get; set; }

    /// <summary>The file that lists the sessions there were.</summary>
    public string SessionsFile { get; set; } = "";

    /// <summary>SHA-256 of that file.</summary>
    public string SessionsSha256 { get; set; } = "";

    /// <summary>The ways in before the closing.</summary>
    public IReadOnlyList<ReceiptWay> Before { get; set; } = Array.Empty<ReceiptWay>();

    /// <summary>The steps.</summary>
    public IReadOnlyList<ReceiptStep> Steps { get; set; } = Array.Empty<ReceiptStep>();

    internal override string Writer => "Disable-ExternalAccess";

    internal override string WhenChanged => "Find out who changed it and what. With -Force it is taken as it is.";

    /// <inheritdoc/>
    public override string ToString() => $"{Gateway} {Status}";
}
