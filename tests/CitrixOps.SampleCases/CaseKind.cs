namespace CitrixOps.SampleCases;

/// <summary>What happened on the gateway of a sample case.</summary>
public enum CaseKind
{
    /// <summary>Ordinary use only.</summary>
    Clean,

    /// <summary>Scans and attempts for CVE-2019-19781, all refused by the vendor's responder policy.</summary>
    Attempted,

    /// <summary>The same, and one that worked: template rendered, shell commands, a job in cron, files left behind.</summary>
    Compromised,

    /// <summary>Memory leaked through the login page, then the sessions of everybody replayed from one address.</summary>
    Bleed,
}
