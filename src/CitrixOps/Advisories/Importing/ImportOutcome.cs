namespace CitrixOps.Advisories.Importing;

/// <summary>What became of a document.</summary>
public enum ImportOutcome
{
    /// <summary>It was checked and kept.</summary>
    Stored,

    /// <summary>It was checked; nothing was written (-WhatIf, or not confirmed).</summary>
    Checked,

    /// <summary>It says nothing about NetScaler ADC or Gateway; it was not kept.</summary>
    NothingForGateways,

    /// <summary>A newer one of the same name is there already; it was not kept.</summary>
    OlderThanStored,
}
