using System;
using System.Collections.Generic;
using CitrixOps.Receipts;

namespace CitrixOps.Access.Receipts;

/// <summary>One step of a receipt: what is done, in words and exactly, and how far it is.</summary>
public sealed class ReceiptStep : JournalStep
{
    /// <summary>Its number, from 1.</summary>
    public int Number { get; set; }

    /// <summary>What it does, in words.</summary>
    public string Title { get; set; } = "";

    /// <summary>What kind of change.</summary>
    public ChangeVerb Verb { get; set; }

    /// <summary>The appliance's resource type.</summary>
    public string Type { get; set; } = "";

    /// <summary>The admin partition.</summary>
    public string Partition { get; set; } = "default";

    /// <summary>The objects, with the properties that are set.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, object>> Objects { get; set; } = Array.Empty<IReadOnlyDictionary<string, object>>();

    /// <summary>For <see cref="ChangeVerb.Set"/>: the same objects with the properties as they were.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, object>> Before { get; set; } = Array.Empty<IReadOnlyDictionary<string, object>>();

    /// <inheritdoc/>
    public override string ToString() => $"{Number}. {Title}";
}
