namespace CitrixOps.Mitigations;

/// <summary>How changes of a mitigation are made.</summary>
public sealed record MitigationOptions
{
    /// <summary>The folder of receipts.</summary>
    public string ReceiptFolder { get; init; } = Receipts.ReceiptFolder.Default;

    /// <summary>True to save the configuration afterwards.</summary>
    public bool Save { get; init; }

    /// <summary>True to save also changes that others made and did not save.</summary>
    public bool Force { get; init; }

    /// <summary>The reason, kept in the receipt.</summary>
    public string Reason { get; init; } = "";
}
