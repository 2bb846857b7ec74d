namespace CitrixOps.Advisories;

/// <summary>What can be seen of a step.</summary>
public enum PatchStepState
{
    /// <summary>It can be seen that it is not done.</summary>
    Open,

    /// <summary>Whether it is done cannot be seen from what was given.</summary>
    CannotBeSeen,

    /// <summary>It can be seen that it is done.</summary>
    Done,
}
