namespace CitrixOps.Receipts;

/// <summary>How far a step is.</summary>
public enum StepState
{
    /// <summary>Not begun.</summary>
    Planned,

    /// <summary>Begun: it is not known whether it was done.</summary>
    Started,

    /// <summary>Done.</summary>
    Done,

    /// <summary>Tried, and not done.</summary>
    Failed,

    /// <summary>Its undoing has begun.</summary>
    Undoing,

    /// <summary>Undone.</summary>
    Undone,

    /// <summary>Left out: the caller said no.</summary>
    Declined,

    /// <summary>Not undone: others changed it or need it.</summary>
    Kept,
}
