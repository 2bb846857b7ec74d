namespace CitrixOps.Access.Receipts;

/// <summary>A node of the gateway a receipt is about.</summary>
public sealed class ReceiptNode
{
    /// <summary>The NSIP.</summary>
    public string Nsip { get; set; } = "";

    /// <summary>The address it was connected to.</summary>
    public string Address { get; set; } = "";

    /// <summary>The host name.</summary>
    public string HostName { get; set; } = "";

    /// <summary>The serial number where it was known.</summary>
    public string SerialNumber { get; set; } = "";
}
