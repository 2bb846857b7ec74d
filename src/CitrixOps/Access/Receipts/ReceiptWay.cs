using System;
using System.Collections.Generic;

namespace CitrixOps.Access.Receipts;

/// <summary>A way in as it was before the closing.</summary>
public sealed class ReceiptWay
{
    /// <summary>The admin partition.</summary>
    public string Partition { get; set; } = "default";

    /// <summary>What kind.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its addresses.</summary>
    public IReadOnlyList<string> Address { get; set; } = Array.Empty<string>();

    /// <summary>Its port.</summary>
    public int Port { get; set; }

    /// <summary>Its state.</summary>
    public string State { get; set; } = "";

    /// <summary>Who it was for.</summary>
    public string Scope { get; set; } = "";
}
