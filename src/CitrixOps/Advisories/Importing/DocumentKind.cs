namespace CitrixOps.Advisories.Importing;

/// <summary>The kinds of documents that can be taken in, in the order in which they are merged.</summary>
public enum DocumentKind
{
    /// <summary>A CVE record, JSON 5.</summary>
    CveRecord,

    /// <summary>A CSAF 2.0 document.</summary>
    Csaf,

    /// <summary>CISA's catalogue of known exploited vulnerabilities.</summary>
    Kev,

    /// <summary>EPSS scores: the daily CSV, or an answer of the API.</summary>
    Epss,
}
