namespace CitrixOps.Access.Receipts;

/// <summary>What a step does. Each has an inverse that the receipt's objects suffice for.</summary>
public enum ChangeVerb
{
    /// <summary>Adds objects; undone by removing those.</summary>
    Add,

    /// <summary>Binds objects to each other; undone by unbinding.</summary>
    Bind,

    /// <summary>Disables objects that were enabled; undone by enabling those.</summary>
    Disable,

    /// <summary>Enables objects that were disabled; undone by disabling those.</summary>
    Enable,

    /// <summary>Changes properties; undone by putting back what they were.</summary>
    Set,

    /// <summary>Puts access lists in force; undone by doing so again when ours are gone.</summary>
    Apply,

    /// <summary>Ends users' sessions; cannot be undone.</summary>
    EndSessions,

    /// <summary>Saves the running configuration; undone by saving again.</summary>
    Save,
}
