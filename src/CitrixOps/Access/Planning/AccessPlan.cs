using System;
using System.Collections.Generic;
using System.Linq;
using CitrixOps.Access.Inventory;
using CitrixOps.Access.Receipts;
using CitrixOps.Errors;

namespace CitrixOps.Access.Planning;

/// <summary>What a closing will do. Nothing has been done yet.</summary>
public sealed class AccessPlan
{
    /// <summary>The gateway.</summary>
    public string Gateway { get; internal init; } = "";

    /// <summary>The method chosen.</summary>
    public IsolationMethod Method { get; internal init; }

    /// <summary>Why.</summary>
    public string MethodReason { get; internal init; } = "";

    /// <summary>The steps, in their order.</summary>
    public IReadOnlyList<ReceiptStep> Steps { get; internal init; } = Array.Empty<ReceiptStep>();

    /// <summary>The ways in that are closed.</summary>
    public IReadOnlyList<ExternalAccess> Closes { get; internal init; } = Array.Empty<ExternalAccess>();

    /// <summary>Ways that stay open.</summary>
    public IReadOnlyList<string> StillOpen { get; internal init; } = Array.Empty<string>();

    /// <summary>What to know before it is done.</summary>
    public IReadOnlyList<string> Warnings { get; internal init; } = Array.Empty<string>();

    /// <summary>Why it must not be done, or null.</summary>
    public Problem? Refusal { get; internal init; }

    /// <summary>True where the door is open and can be shut.</summary>
    public bool HasWork => Steps.Any(s => s.Verb is not (ChangeVerb.EndSessions or ChangeVerb.Save));
}
