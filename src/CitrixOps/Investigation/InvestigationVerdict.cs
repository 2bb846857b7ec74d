namespace CitrixOps.Investigation;

/// <summary>The answer of an investigation for one gateway and window.</summary>
public enum InvestigationVerdict
{
    /// <summary>One strong finding of success, or two independent supporting ones.</summary>
    Compromised,

    /// <summary>Somebody tried; the logs cover the window and show no success.</summary>
    Attempted,

    /// <summary>It cannot be told: the logs do not cover the window, or a finding needs a person's judgement.</summary>
    Inconclusive,

    /// <summary>No attempt and no trace in logs that cover the whole window.</summary>
    NoTrace,
}
